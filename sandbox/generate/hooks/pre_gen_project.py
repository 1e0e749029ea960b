"""Refuse what `sandbox new` refuses, and copy what stands where this template will write."""

import os
import shutil
import sys
from pathlib import Path

import cookiecutter  # pyright: ignore[reportMissingTypeStubs]

from sandbox.generate.hooks.selection import (
    ANSWERS,
    BEFORE,
    CHOSEN,
    CLAIMS,
    OFFERS,
    folders,
    template_files,
)
from sandbox.generate.naming import RefusedNameError, check_name, check_slug

NEEDS: dict[str, list[str]] = {}  # generated
PACKAGES: list[str] = []  # generated
LEAST = (2, 4)
SAFE = "Move it away first; nothing was written."


def check_answers() -> None:
    try:
        check_name(ANSWERS["project_name"])
        check_slug(ANSWERS["project_slug"], PACKAGES)
    except RefusedNameError as refused:
        sys.exit(str(refused))
    for feature in [each for each in OFFERS if each in CHOSEN]:
        for need in NEEDS.get(feature, []):
            if need not in CHOSEN:
                sys.exit(f"The feature {feature} needs {need}: switch it on, or {feature} off.")


def refuse_what_is_in_the_way() -> None:
    for claimed in (Path(claim) for _, claim, _ in CLAIMS if not claim.endswith("/")):
        for folder in list(claimed.parents)[:-1]:
            if os.path.lexists(folder) and not folder.is_dir():
                sys.exit(f"{folder} is no folder, but one of this template belongs there. {SAFE}")
        if os.path.lexists(claimed) and not claimed.is_file():
            sys.exit(f"{claimed} is no file, but one of this template belongs there. {SAFE}")


def copy_what_stands() -> None:
    if os.path.lexists(BEFORE):
        sys.exit(
            f"{BEFORE.resolve()} holds files as they were before an interrupted run. "
            "Move back what you miss, remove the folder, and run this again."
        )
    inner = [folder / name for folder, names, _ in folders() for name in names]
    standing = list(template_files())
    for path in [*inner, *standing]:
        if path.is_symlink():
            sys.exit(f"{path} is a link. Nothing was written, because it would be elsewhere.")
    refuse_what_is_in_the_way()
    for folder in inner:
        (BEFORE / folder).mkdir(parents=True, exist_ok=True)
    for path in standing:
        (BEFORE / path).parent.mkdir(exist_ok=True)
        shutil.copy2(path, BEFORE / path)


version = tuple(int(part) for part in cookiecutter.__version__.split(".")[:2])
if version < LEAST:
    sys.exit(
        f"This template needs cookiecutter {LEAST[0]}.{LEAST[1]} or newer; this is "
        f"{cookiecutter.__version__}. Use a newer one, as in `uvx cookiecutter`."
    )
check_answers()
try:
    copy_what_stands()
except OSError as error:
    shutil.rmtree(BEFORE, ignore_errors=True)  # only copies, of which nothing is needed
    sys.exit(f"{error.filename} cannot be kept as it is: {error.strerror}. Nothing was written.")
