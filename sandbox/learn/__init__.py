"""Learn: lessons cut from generated projects, and a learner's progress in a project's own folder.

A lesson shows no code of its own and runs nothing: whoever runs its check hands the outcome in.
"""

from sandbox.learn.lesson import (
    Course,
    Lesson,
    Section,
    Snippet,
    ladder,
    lesson,
    steps,
    steps_up_to,
)
from sandbox.learn.passages import Prose, markdown
from sandbox.learn.present import features_present
from sandbox.learn.progress import Attempt, Progress, look_up_progress, read_progress, record

__all__ = [
    "Attempt",
    "Course",
    "Lesson",
    "Progress",
    "Prose",
    "Section",
    "Snippet",
    "features_present",
    "ladder",
    "lesson",
    "look_up_progress",
    "markdown",
    "read_progress",
    "record",
    "steps",
    "steps_up_to",
]
