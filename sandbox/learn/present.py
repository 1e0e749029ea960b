"""What a project has when one of its steps is checked: its record tells, the app is not asked."""

from sandbox.knowledge import close_features
from sandbox.learn.lesson import Course, steps_up_to
from sandbox.learn.progress import read_progress
from sandbox.learn.step import feature_of
from sandbox.workspace import Project


def features_present(course: Course, project: Project, step: str) -> tuple[str, ...]:
    """Return the features that a project has once `step` is written; raises `LessonError`.

    These are the ones it was made with, the steps that were done in it, and this one. Where what
    the step needs is among none of them, somebody has followed the lessons up to here unchecked.
    """
    known = course.knowledge.features
    scaffold = course.scaffolds[project.framework]
    path = [feature_of(scaffold, each) for each in steps_up_to(course, project.framework, step)]
    step = feature_of(scaffold, step)
    recorded = {*project.features, *read_progress(project.folder).done} & known.keys()
    needed = set(close_features(known, [step])) - {step}
    return close_features(known, [*recorded, *([step] if needed <= recorded else path)])
