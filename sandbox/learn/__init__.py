"""Learn: lessons cut from generated projects, and a learner's progress in a project's own folder.

A lesson shows no code of its own. Its steps cut out of a project what the learner shall write.
"""

from sandbox.learn.begin import Conflict, Rewritten, begin, begun
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
from sandbox.learn.redo import Side, redo, sides
from sandbox.learn.step import Step, step_of, steps_of
from sandbox.learn.stubs import Cut, emptied

__all__ = [
    "Attempt",
    "Conflict",
    "Course",
    "Cut",
    "Lesson",
    "Progress",
    "Prose",
    "Rewritten",
    "Section",
    "Side",
    "Snippet",
    "Step",
    "begin",
    "begun",
    "emptied",
    "features_present",
    "ladder",
    "lesson",
    "look_up_progress",
    "markdown",
    "read_progress",
    "record",
    "redo",
    "sides",
    "step_of",
    "steps",
    "steps_of",
    "steps_up_to",
]
