"""Steps: what of a lesson a learner writes at a time, as `lessons/<feature>.toml` tells it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, TypeVar

from msgspec import Meta

from sandbox.datafile import Entry, Identifier, Names, Text, by_id, read_toml
from sandbox.errors import LessonError
from sandbox.generate import Scaffold
from sandbox.generate.planted import Edit
from sandbox.knowledge import ALWAYS

_T = TypeVar("_T")
Request = Annotated[str, Meta(pattern=r"^(GET|POST|PUT|PATCH|DELETE) /\S*( .+)?$")]
Option = Annotated[int, Meta(ge=1)]


@dataclass(frozen=True)
class Write:
    """One place that the learner writes: an anchor, and what its TODO says (the goal if empty).

    `stub` stands there instead of what would be made of the code, where that would not do. A place
    that is `optional` is left out where a project does not have it. With `lines` only so many of
    the lines that the anchor finds are cut.
    """

    at: Text
    todo: str = ""
    stub: str | None = None
    optional: bool = False
    lines: Annotated[int, Meta(ge=1)] | None = None


@dataclass(frozen=True)
class Run:
    """A command of the framework that must end well, and the sentence that holds then.

    What stands in `shows` must be in what it prints.
    """

    command: Text
    sentence: Text
    shows: Names = ()


@dataclass(frozen=True)
class Predict:
    """A question before the work; a running app answers its request, or `answer` does."""

    question: Text
    answer: Text
    ask: Request | None = None


@dataclass(frozen=True)
class Recall:
    """A question about an earlier step; `right` counts the answers from 1."""

    question: Text
    answers: Annotated[tuple[Text, ...], Meta(min_length=2)]
    right: Option
    why: Text


@dataclass(frozen=True)
class Slip:
    """A mistake that belongs to one step only: how it is made, and where it must show.

    `check` is the contract check or the command that fails, `says` the diagnosis that names it.
    """

    id: Text
    tells: Text
    edits: tuple[Edit, ...]
    check: Text
    says: str = ""


@dataclass(frozen=True)
class Step:
    """One idea of a lesson: what is written, what shows that it works, and what helps.

    `types` are commands that the learner types, in order, and `makes` the files that come of them.
    `edits` are what the learner changes by hand in what a command has made, its file named as in
    `makes`. `starts` tells whether the app starts before the step is done. `key` names it in its
    framework. `feature` is its lesson, which a teacher may have named; the project that it works in
    has `project_feature`.
    """

    feature: str
    project_feature: str
    id: Identifier
    title: Text
    goal: Text
    write: tuple[Write, ...]
    checks: Names = ()
    runs: tuple[Run, ...] = ()
    types: Names = ()
    makes: Names = ()
    edits: tuple[Edit, ...] = ()
    starts: bool = True
    predict: Predict | None = None
    hints: Names = ()
    mistakes: Names = ()
    slips: tuple[Slip, ...] = ()
    recall: tuple[Recall, ...] = ()

    @property
    def key(self) -> str:
        """Return how a step is called: `database/read`."""
        return f"{self.feature}/{self.id}"


def lessons_folder(scaffold: Scaffold, feature: str) -> Path:
    """Return the folder of a lesson: the teacher's own if its text is there, or the scaffold's."""
    own = scaffold.own_lessons
    return own if own and (own / f"{feature}.md").is_file() else scaffold.folder / "lessons"


def steps_path(scaffold: Scaffold, feature: str) -> Path:
    """Return where the steps of a lesson are kept, whether or not they are there."""
    return lessons_folder(scaffold, feature) / f"{feature}.toml"


def shown_place(scaffold: Scaffold, path: Path) -> str:
    """Return how messages call a file of lessons."""
    own = scaffold.own_lessons is not None and path.parent == scaffold.own_lessons
    folder = scaffold.framework if own else f"scaffolds/{scaffold.framework}/lessons"
    return f"{folder}/{path.name}"


def own_names(scaffold: Scaffold) -> tuple[str, ...]:
    """Return the teacher's lessons that are none of ours, in the order of their names."""
    folder = scaffold.own_lessons
    known = (ALWAYS, *scaffold.offers)
    names = sorted(each.stem for each in folder.glob("*.md")) if folder else []
    return tuple(each for each in names if each not in known and each.isidentifier())


@lru_cache(maxsize=256)
def feature_of(scaffold: Scaffold, lesson: str) -> str:
    """Return the feature that a lesson's project has; raises `DataError` for an unknown one."""
    if lesson not in own_names(scaffold):
        return lesson
    path = steps_path(scaffold, lesson)
    whole = read_toml(path, shown_place(scaffold, path))
    whole.check_names("feature", feature := whole.value("feature", Text), scaffold.offers)
    return feature


def lessons_with(scaffold: Scaffold, features: Iterable[str]) -> tuple[str, ...]:
    """Return the lessons of a project with these features, a teacher's own among them."""
    there = tuple(features)
    own = (each for each in own_names(scaffold) if feature_of(scaffold, each) in there)
    return (*there, *own)


@lru_cache(maxsize=256)
def steps_of(scaffold: Scaffold, feature: str) -> Mapping[str, Step]:
    """Return the steps of a lesson by id, in order; none for a lesson that is not cut yet.

    Raises `DataError` with file, entry and fix.
    """
    path = steps_path(scaffold, feature)
    if not path.is_file():
        return {}
    whole = read_toml(path, shown_place(scaffold, path))
    whole.only("step", *(("feature",) if feature in own_names(scaffold) else ()))
    within = feature_of(scaffold, feature)
    return by_id((entry, _step(entry, feature, within)) for entry in whole.entries("step"))


def step_of(scaffold: Scaffold, key: str) -> Step:
    """Return the step that a key names; raises `LessonError` saying which there are."""
    feature, _, name = key.partition("/")
    steps: Mapping[str, Step] = steps_of(scaffold, feature) if _plain(feature) else {}
    if name in steps:
        return steps[name]
    there = ", ".join(f"{feature}/{each}" for each in steps)
    raise LessonError(
        f"There is no {scaffold.framework} step called {key[:60]!a}.",
        f"There are: {there}." if there else "Name it as FEATURE/STEP, such as database/read.",
    )


def _plain(feature: str) -> bool:
    return feature.replace("_", "").isalnum()


def _step(entry: Entry, feature: str, within: str) -> Step:
    tables = ("write", "runs", "slips", "edits", "predict", "recall")
    step = entry.without(*tables).to(
        Step,
        feature=feature,
        project_feature=within,
        write=tuple(_writes(entry)),
        runs=_many(entry, "runs", Run, "command"),
        edits=_many(entry, "edits", Edit, "at"),
        slips=tuple(_slip(each) for each in _listed(entry, "slips", "id")),
        predict=entry.inner("predict").to(Predict) if "predict" in entry.fields else None,
        recall=_many(entry, "recall", Recall, "question"),
    )
    for each in step.recall:
        if each.right > len(each.answers):
            entry.refuse('"right" counts past the answers.', "Count the right answer from 1.")
    if not step.checks and not step.runs:
        entry.refuse("nothing shows when it is done.", "Name checks, or commands as runs.")
    if not step.write and not step.makes:
        entry.refuse("there is nothing to write.", "Name anchors as write, or files as makes.")
    return step


def _writes(entry: Entry) -> list[Write]:
    found = entry.value("write", tuple[Text | dict[str, object], ...], default=())
    return [
        Write(each) if isinstance(each, str) else _inside(entry, each).to(Write) for each in found
    ]


def _inside(entry: Entry, fields: dict[str, object]) -> Entry:
    return Entry(entry.file, f"{entry.name}, write {fields.get('at', '')}".rstrip(), fields)


def _slip(entry: Entry) -> Slip:
    edits = tuple(each.to(Edit) for each in entry.entries("edits", "at"))
    return entry.without("edits").to(Slip, edits=edits)


def _listed(entry: Entry, key: str, named: str) -> list[Entry]:
    return list(entry.entries(key, named)) if key in entry.fields else []


def _many(entry: Entry, key: str, kind: type[_T], named: str) -> tuple[_T, ...]:
    return tuple(each.to(kind) for each in _listed(entry, key, named))
