"""The text of a step: what is read before the work, and what is kept for after the check."""

import re
from dataclasses import dataclass

from sandbox.errors import LessonError
from sandbox.learn.lesson import Lesson, Section, Snippet
from sandbox.learn.passages import Prose
from sandbox.learn.step import Step

_HEADING = re.compile(r"(?m)^### (.+)$\n*")


@dataclass(frozen=True)
class StepText:
    """A step's section: its parts before the work, then Why, Break it and the like, in order."""

    before: tuple[Prose | Snippet, ...]
    after: tuple[Section, ...]


def step_text(lesson: Lesson, step: Step) -> StepText:
    """Return the text of a step; raises `LessonError` for a lesson without a section for it."""
    section = next((each for each in lesson.sections if each.title == step.title), None)
    if section is None:
        raise LessonError(
            f"The lesson {lesson.feature} has no section “{step.title}”.", "Run `sandbox lint`."
        )
    before: list[Prose | Snippet] = []
    after: list[tuple[str, list[Prose | Snippet]]] = []
    for part in section.parts:
        if isinstance(part, Snippet):
            (after[-1][1] if after else before).append(part)
            continue
        first, *rest = _HEADING.split(part.text)
        if first.strip():
            (after[-1][1] if after else before).append(Prose(first))
        for title, text in zip(rest[::2], rest[1::2], strict=True):
            after.append((title, [Prose(text)] if text.strip() else []))
    return StepText(tuple(before), tuple(Section(title, tuple(parts)) for title, parts in after))


def other_sections(lesson: Lesson, steps: tuple[Step, ...]) -> tuple[Section, ...]:
    """Return the sections of a lesson that are of no step."""
    titles = {each.title for each in steps}
    return tuple(each for each in lesson.sections if each.title not in titles)
