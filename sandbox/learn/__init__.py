"""Learn: lessons cut from generated projects, and a learner's progress in a project's own folder.

A lesson shows no code of its own. Its steps cut out of a project what the learner shall write.
"""

from sandbox.learn.athand import read_at_hand
from sandbox.learn.begin import Conflict, Rewritten, begin, begun
from sandbox.learn.checking import (
    App,
    NotRunningError,
    RunningApp,
    Seen,
    StepReport,
    check_step,
    is_done,
    next_step,
)
from sandbox.learn.diagnosis import Diagnosis, Symptoms, diagnose, load_diagnoses
from sandbox.learn.hints import Hint, hints, take_hint
from sandbox.learn.lesson import (
    Course,
    Lesson,
    Section,
    Snippet,
    ladder,
    lesson,
    read_passages,
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
    "App",
    "Attempt",
    "Conflict",
    "Course",
    "Cut",
    "Diagnosis",
    "Hint",
    "Lesson",
    "NotRunningError",
    "Progress",
    "Prose",
    "Rewritten",
    "RunningApp",
    "Section",
    "Seen",
    "Side",
    "Snippet",
    "Step",
    "StepReport",
    "Symptoms",
    "begin",
    "begun",
    "check_step",
    "diagnose",
    "emptied",
    "features_present",
    "hints",
    "is_done",
    "ladder",
    "lesson",
    "load_diagnoses",
    "look_up_progress",
    "markdown",
    "next_step",
    "read_at_hand",
    "read_passages",
    "read_progress",
    "record",
    "redo",
    "sides",
    "step_of",
    "steps",
    "steps_of",
    "steps_up_to",
    "take_hint",
]
