"""A scaffold: one cookiecutter template folder, read once and checked."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from sandbox.errors import ScaffoldError

TEMPLATE_FOLDER = "{{cookiecutter.project_slug}}"

# What tools and runs leave behind where a template is worked on. The same list stands in each
# cookiecutter.json as `_ignored` for the plain command's hook; a test holds the two equal.
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


@dataclass(frozen=True)
class ConceptEntry:
    """What a scaffold says about one concept: where it stands, who does the work and why.

    `note` is what everybody reads; `more` may say the rest for who asks.
    """

    anchors: tuple[str, ...]
    who: str
    note: str
    docs: str
    more: str = ""


@dataclass(frozen=True)
class ScaffoldNotes:
    """What only a person can say about a scaffold (`scaffold.toml`).

    `address` is where a project answers once it was started as its README says.
    """

    address: str
    files: Mapping[str, str]
    concepts: Mapping[str, ConceptEntry]
    commands: Mapping[str, tuple[str, ...]]
    by_hand: tuple[str, ...]
    installed: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Scaffold:
    """Hold one framework's template files and notes; compared by identity, read-only.

    `template` maps each template file to its text; `feature_paths` maps a feature to the files or
    folders (ending in a slash) that it owns; `offers` lists the optional features in order.
    """

    framework: str
    folder: Path
    template: Mapping[str, str]
    offers: tuple[str, ...]
    feature_paths: Mapping[str, tuple[str, ...]]
    copy_only: tuple[str, ...]
    jinja_options: Mapping[str, Any]
    notes: ScaffoldNotes

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


def load_scaffold(folder: Path) -> Scaffold:
    """Read a scaffold folder; raises `ScaffoldError` naming the file and the fix."""
    settings = _read_json(folder / "cookiecutter.json")
    notes = _read_toml(folder / "scaffold.toml")
    try:
        return Scaffold(
            framework=str(notes["framework"]),
            folder=folder,
            template=MappingProxyType(dict(_template_files(folder / TEMPLATE_FOLDER))),
            offers=tuple(key for key, value in settings.items() if isinstance(value, bool)),
            feature_paths={key: tuple(value) for key, value in settings["_feature_paths"].items()},
            copy_only=tuple(settings.get("_copy_without_render", ())),
            jinja_options=settings["_jinja2_env_vars"],
            notes=_notes(notes),
        )
    except KeyError as missing:
        raise ScaffoldError(
            f"scaffolds/{folder.name}: the entry {missing} is missing.",
            "Add it to cookiecutter.json or scaffold.toml.",
        ) from None


def _notes(data: Mapping[str, Any]) -> ScaffoldNotes:
    concepts = {
        name: ConceptEntry(
            anchors=tuple(entry["anchors"]),
            who=entry["who"],
            note=entry["note"],
            docs=entry["docs"],
            more=entry.get("more", ""),
        )
        for name, entry in data["concepts"].items()
    }
    return ScaffoldNotes(
        address=data["address"],
        files=data["files"],
        concepts=concepts,
        commands={name: tuple(lines) for name, lines in data["commands"].items()},
        by_hand=tuple(data["by_hand"]),
        installed={name: tuple(packages) for name, packages in data["installed"].items()},
    )


def _template_files(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.iterdir()):
        if any(fnmatch(path.name, pattern) for pattern in IGNORED) or path.is_symlink():
            continue
        if path.is_dir():
            for inner, text in _template_files(path):
                yield f"{path.name}/{inner}", text
        else:
            yield path.name, _read_text(path)


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ScaffoldError(
            f"{_short(path)} cannot be read: {reason}.", "Restore the file as UTF-8 text."
        ) from None


def _read_json(path: Path) -> dict[str, Any]:
    try:
        return cast("dict[str, Any]", json.loads(_read_text(path)))
    except ValueError as error:
        raise ScaffoldError(f"{_short(path)} is not JSON: {error}.", "Mend that line.") from None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_read_text(path))
    except ValueError as error:
        raise ScaffoldError(f"{_short(path)} is not TOML: {error}.", "Mend that line.") from None


def _short(path: Path) -> str:
    return f"scaffolds/{path.parent.name}/{path.name}"
