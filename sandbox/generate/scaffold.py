"""A scaffold: one cookiecutter template folder, read once and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from msgspec import Meta

from sandbox.datafile import Names, Text, WebAddress
from sandbox.errors import ScaffoldError

TEMPLATE_FOLDER = "{{cookiecutter.project_slug}}"

# What tools and runs leave behind where a template is worked on; the plain command's
# hooks are generated with the same list.
IGNORED = (
    "*.db",
    "*.egg-info",
    "*.pyc",
    "*.sqlite3",
    ".DS_Store",
    ".coverage",
    ".git",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".venv",
    "__pycache__",
    "build",
    "dist",
    "node_modules",
    "uv.lock",
)


NOT_A_FIT = "not a fit"
Worker = Literal["built in", "official add-on", "third party", "own code", "not a fit"]


@dataclass(frozen=True)
class ConceptEntry:
    """What a scaffold says about one concept: where it stands, who does the work and why.

    `note` is what everybody reads; `more` may say the rest for who asks.
    """

    anchors: Names
    who: Worker
    note: Text
    docs: WebAddress
    more: str = ""


@dataclass(frozen=True)
class FrontNotes:
    """What is otherwise where a server in front shows the app below a path.

    `words` maps words of the start command to those in their place; `environment` is for that
    command alone and may hold `{host}`, `{origin}`, and `{front}` for the scaffold's folder of
    that name.
    """

    words: Mapping[str, str] = field(default_factory=dict[str, str])
    environment: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class LabNotes:
    """What the Lab adds to the commands, so that they take its port and ask nothing.

    `run` and `serve` stand after those commands, with `{port}` in them; `staff` is the whole
    command, with `{name}` and `{password}`; `environment` is for all of them and may hold each.
    `reloads` is what the development server prints when it has noticed a change, `once` what keeps
    it from looking for any, or `watches` the word without which it does not look. A scaffold that
    says nothing has its projects run one at a time, at its `address`.
    """

    run: str = ""
    serve: str = ""
    staff: str = ""
    reloads: str = ""
    once: str = ""
    watches: str = ""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    front: FrontNotes = field(default_factory=FrontNotes)


@dataclass(frozen=True)
class ScaffoldNotes:
    """What only a person can say about a scaffold (`scaffold.toml`).

    `address` is where a project answers once it was started as its README says.
    """

    address: Annotated[str, Meta(pattern=r"^http://127\.0\.0\.1:[0-9]+$")]
    files: Mapping[str, str]
    concepts: Mapping[str, ConceptEntry]
    commands: Mapping[str, Names]
    by_hand: Names
    installed: Mapping[str, Names]
    lab: LabNotes


@dataclass(frozen=True, eq=False)
class Scaffold:
    """Hold one framework's template files and notes; compared by identity, read-only.

    `template` maps each template file to its text; `feature_paths` maps a feature to the files or
    folders (ending in a slash) that it owns; `offers` lists the optional features in order.
    `own_lessons` is a folder of a teacher's lessons, beside the scaffold's.
    """

    framework: str
    folder: Path
    template: Mapping[str, str]
    offers: tuple[str, ...]
    feature_paths: Mapping[str, tuple[str, ...]]
    copy_only: tuple[str, ...]
    jinja_options: Mapping[str, Any]
    notes: ScaffoldNotes
    own_lessons: Path | None = None

    def owner(self, path: str) -> str:
        """Return the feature that owns a template file: the longest claim wins.

        A `name.without-feature.ext` belongs to the owner of `name.ext` unless claimed by name.
        Raises `ScaffoldError` for a file that no feature claims.
        """
        owners = self._owners
        if path not in owners:
            raise ScaffoldError(
                f"scaffolds/{self.framework}: no feature owns {path}.",
                "Name it in _feature_paths of cookiecutter.json.",
            )
        return owners[path]

    @cached_property
    def _owners(self) -> Mapping[str, str]:
        found = {path: self._claimed(path) for path in self.template}
        return MappingProxyType({path: owner for path, owner in found.items() if owner})

    def _claimed(self, path: str) -> str | None:
        variant = without(path)
        names = (path, variant[0]) if variant else (path,)
        claims = [
            (len(claim), feature)
            for feature, claimed in self.feature_paths.items()
            for claim in claimed
            if claim in names or (claim.endswith("/") and path.startswith(claim))
        ]
        return max(claims)[1] if claims else None

    def is_copied(self, path: str) -> bool:
        """Tell whether a file is copied as it stands, as cookiecutter decides it."""
        return any(fnmatch(path, pattern) for pattern in self.copy_only)


def without(path: str) -> tuple[str, str] | None:
    """Split `books.without-database.py` into `("books.py", "database")`; None for other names."""
    folder, slash, name = path.rpartition("/")
    stem, mark, rest = name.partition(".without-")
    feature, dot, ending = rest.partition(".")
    if not mark:
        return None
    return f"{folder}{slash}{stem}{dot}{ending}", feature
