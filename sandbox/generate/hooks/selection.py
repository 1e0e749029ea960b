"""Which files a project has, told from the answers: the part that both hooks begin with."""

import json
import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

ANSWERS: dict[str, Any] = json.loads(r"""{{ cookiecutter | jsonify }}""")
OFFERS: list[str] = []  # generated
CHOSEN = {"hello", *(feature for feature in OFFERS if ANSWERS[feature] is True)}
CLAIMS: list[tuple[int, str, str]] = [
    (len(claim), claim, feature)
    for feature, claims in ANSWERS["_feature_paths"].items()
    for claim in claims
]
# Copies of what stood in the folder before, from the first hook to the end of the last one.
BEFORE = Path(".before-cookiecutter")


def owner(path: Path) -> str | None:
    other = variant(path)
    names = {path.as_posix(), (other[0] if other else path).as_posix()}
    found = [
        (length, feature)
        for length, claim, feature in CLAIMS
        if claim in names or (claim.endswith("/") and path.as_posix().startswith(claim))
    ]
    return max(found)[1] if found else None


def variant(path: Path) -> tuple[Path, str] | None:
    stem, mark, rest = path.name.partition(".without-")
    feature, dot, ending = rest.partition(".")
    return (path.with_name(stem + dot + ending), feature) if mark else None


def is_copied(path: Path) -> bool:
    return any(fnmatch(path.as_posix(), each) for each in ANSWERS.get("_copy_without_render", []))


def concerns(folder: Path) -> bool:
    """Tell whether a file of the template can stand in this folder."""
    here = f"{folder.as_posix()}/"
    return any(
        claim.startswith(here) or (claim.endswith("/") and here.startswith(claim))
        for _, claim, _ in CLAIMS
    )


def folders() -> Iterator[tuple[Path, list[str], list[str]]]:
    """Yield the folders that concern the template, each with its folders and its files."""
    for name, inner, files in os.walk("."):
        inner[:] = sorted(each for each in inner if concerns(Path(name, each)))
        yield Path(name), inner, sorted(files)


def template_files() -> Iterator[Path]:
    """Yield what stands where a file of the template belongs."""
    for folder, _, names in folders():
        for path in (folder / name for name in names):
            if owner(path) and (path.is_file() or path.is_symlink()):
                yield path
