"""Lessons: one feature each, taught as the difference between two generated projects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sandbox.compare import Excerpt, TreeDiff, diff, locate
from sandbox.errors import LessonError, RequestError
from sandbox.generate import FileTree, ProjectRequest, Scaffold, create_request, render
from sandbox.knowledge import ALWAYS, Knowledge
from sandbox.learn.passages import Passage, Prose, Reference, parse
from sandbox.learn.step import feature_of, lessons_folder, own_names, shown_place

_NOTHING = FileTree({})


@dataclass(frozen=True, eq=False)
class Course:
    """Hold what lessons are made of; `checks` says per feature what its check looks at."""

    knowledge: Knowledge
    scaffolds: Mapping[str, Scaffold]
    checks: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Snippet:
    """Show some lines of a generated project; `framework` says of whose."""

    framework: str
    excerpt: Excerpt


@dataclass(frozen=True)
class Section:
    """A part of a lesson: a heading as plain text, then Markdown and code in order."""

    title: str
    parts: tuple[Prose | Snippet, ...]


@dataclass(frozen=True)
class Lesson:
    """One step of a framework's ladder, counted from 1.

    `changes` leads from the project `before` (None for the first step, which starts with nothing)
    to the project `after`; `checks` are sentences.
    """

    framework: str
    feature: str
    number: int
    title: str
    intro: tuple[Prose | Snippet, ...]
    sections: tuple[Section, ...]
    before: ProjectRequest | None
    after: ProjectRequest
    changes: TreeDiff
    checks: tuple[str, ...]


def steps(course: Course, framework: str) -> tuple[str, ...]:
    """Return a framework's lessons in the order to learn them: features, and a teacher's own.

    A teacher's own lesson comes after the one of the feature that it works with.
    """
    scaffold = _scaffold(course, framework)
    offered = (ALWAYS, *scaffold.offers)
    found: list[str] = []
    for feature in course.knowledge.features:
        if feature in offered and lesson_path(scaffold, feature).is_file():
            found.append(feature)
            found += (each for each in own_names(scaffold) if feature_of(scaffold, each) == feature)
    return tuple(found)


def steps_up_to(course: Course, framework: str, feature: str) -> tuple[str, ...]:
    """Return the steps that end with this one; raises `LessonError` if it is none."""
    names = steps(course, framework)
    if feature not in names:
        raise LessonError(
            f"There is no {framework} lesson called {feature[:60]!a}.",
            f"There are: {', '.join(names) or 'none yet'}.",
        )
    return names[: names.index(feature) + 1]


def ladder(course: Course, framework: str) -> tuple[Lesson, ...]:
    """Return all lessons of a framework in order."""
    return tuple(lesson(course, framework, feature) for feature in steps(course, framework))


def lesson(course: Course, framework: str, feature: str) -> Lesson:
    """Return one lesson; raises `LessonError` if there is none, or its text or code is broken."""
    names = steps_up_to(course, framework, feature)
    scaffold = course.scaffolds[framework]
    number = len(names)
    known = course.knowledge.features
    features = [feature_of(scaffold, each) for each in names]
    before = create_request(scaffold, known, features=features[:-1]) if number > 1 else None
    after = create_request(scaffold, known, features=features)
    (title, intro), *sections = _resolved(course, scaffold, feature, after)
    return Lesson(
        framework=framework,
        feature=feature,
        number=number,
        title=title,
        intro=intro,
        sections=tuple(Section(heading, parts) for heading, parts in sections),
        before=before,
        after=after,
        changes=diff(render(scaffold, before) if before else _NOTHING, render(scaffold, after)),
        checks=tuple(course.checks.get(features[-1], ())),
    )


def lesson_path(scaffold: Scaffold, feature: str) -> Path:
    """Return where a feature's lesson is kept, whether or not it is there."""
    return lessons_folder(scaffold, feature) / f"{feature}.md"


def read_passages(scaffold: Scaffold, feature: str) -> tuple[Passage, ...]:
    """Read and cut a lesson's text; raises `LessonError`."""
    place = shown_place(scaffold, lesson_path(scaffold, feature))
    try:
        text = lesson_path(scaffold, feature).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise LessonError(f"{place} cannot be read.", "Restore it as UTF-8 text.") from None
    return parse(text, place)


def excerpt_of(
    course: Course, reference: Reference, framework: str, after: ProjectRequest
) -> Excerpt:
    """Return the code that a reference in `framework`'s lesson means; raises `LessonError`."""
    scaffold = _scaffold(course, reference.framework or framework)
    try:
        request = create_request(scaffold, course.knowledge.features, features=after.features)
    except RequestError as error:
        raise LessonError(error.message, error.hint) from None
    found = locate(reference.anchor, render(scaffold, request))
    if not isinstance(found, Excerpt):
        raise LessonError(
            f"The snippet {reference.anchor} shows nothing: {found.reason}",
            "Correct the anchor in the lesson.",
        )
    return found


def _resolved(
    course: Course, scaffold: Scaffold, feature: str, after: ProjectRequest
) -> list[tuple[str, tuple[Prose | Snippet, ...]]]:
    own = scaffold.framework

    def shown(part: Prose | Reference) -> Prose | Snippet:
        if isinstance(part, Prose):
            return part
        return Snippet(part.framework or own, excerpt_of(course, part, own, after))

    passages = read_passages(scaffold, feature)
    return [(each.title, tuple(shown(part) for part in each.parts)) for each in passages]


def _scaffold(course: Course, framework: str) -> Scaffold:
    if framework not in course.scaffolds:
        raise LessonError(
            f"There are no lessons for {framework[:60]!a}.",
            f"There are lessons for {', '.join(course.scaffolds)}.",
        )
    return course.scaffolds[framework]
