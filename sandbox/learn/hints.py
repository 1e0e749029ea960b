"""Hints come in order: some words, then the solution's lines to put in order, then the solution."""

import random
from dataclasses import dataclass
from typing import Literal

from sandbox.generate import FileTree
from sandbox.learn.begin import begun
from sandbox.learn.lesson import Course
from sandbox.learn.progress import read_progress, record_hint
from sandbox.learn.step import Step, step_of
from sandbox.learn.stubs import Cut
from sandbox.workspace import Project


@dataclass(frozen=True)
class Piece:
    """Some lines of code of a hint, and the file that they belong into."""

    path: str
    text: str


@dataclass(frozen=True)
class Hint:
    """One hint of a step, `number` of `of`: words, lines in a wrong order, or the solution."""

    number: int
    of: int
    kind: Literal["words", "lines", "solution"]
    text: str
    pieces: tuple[Piece, ...] = ()


def hints(course: Course, framework: str, key: str) -> tuple[Hint, ...]:
    """Return every hint of a step, from the first to the solution; raises `LessonError`."""
    step = step_of(course.scaffolds[framework], key)
    whole, cuts = begun(course, framework, key)
    own = [each for each in cuts if each.step == key]
    count = len(step.hints) + (2 if own else 1 if step.types or step.makes else 0)
    found = [Hint(place, count, "words", text) for place, text in enumerate(step.hints, start=1)]
    if own:
        mixed = tuple(Piece(cut.path, _mixed(cut)) for cut in own)
        text = "These are the lines, in a wrong order:"
        found.append(Hint(count - 1, count, "lines", text, mixed))
    if len(found) < count:
        found.append(_solution(step, whole, own, count))
    return tuple(found)


def take_hint(course: Course, project: Project, key: str) -> Hint:
    """Return the next hint of a step and note that it was taken; the last one comes again."""
    found = hints(course, project.framework, key)
    known = read_progress(project.folder).steps.get(key)
    taken = known.hints if known else 0
    if taken < len(found):
        taken = record_hint(project.folder, key)
    return found[min(taken, len(found)) - 1]


def _solution(step: Step, whole: FileTree, own: list[Cut], count: int) -> Hint:
    if own:
        pieces = tuple(Piece(cut.path, cut.solution) for cut in own)
        return Hint(count, count, "solution", "This is one solution:", pieces)
    typed = "\n".join(step.types)
    made = tuple(Piece(path, whole[path]) for path in step.makes)
    return Hint(count, count, "solution", f"Type this:\n{typed}" if typed else "", made)


def _mixed(cut: Cut) -> str:
    """Return the lines to type in an order that is always the same, and never the right one."""
    given = set(cut.stub.split("\n"))
    lines = [line for line in cut.solution.split("\n") if line.strip() and line not in given]
    mixed = list(lines)
    random.Random(cut.anchor).shuffle(mixed)
    return "\n".join(mixed if mixed != lines else mixed[1:] + mixed[:1])
