"""Keep the files that the chosen features need, and nothing of what stood here before less.

Only files that cookiecutter has written in this very run are moved or removed. Where a file of
the template is not part of the project, what stood in its place before comes back.
"""

import shutil
from pathlib import Path

from sandbox.generate.hooks.selection import (
    BEFORE,
    CHOSEN,
    OFFERS,
    is_copied,
    owner,
    template_files,
    variant,
)


def stood(path: Path) -> bool:
    return (BEFORE / path).is_file()


def was_written(path: Path) -> bool:
    return not stood(path) or (BEFORE / path).stat().st_mtime_ns != path.stat().st_mtime_ns


def put_back(path: Path) -> None:
    """Let a place be as it was before cookiecutter wrote there."""
    if stood(path):
        (BEFORE / path).replace(path)
        return
    path.unlink(missing_ok=True)
    for folder in list(path.parents)[:-1]:
        if (BEFORE / folder).is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()


written = [path for path in template_files() if was_written(path)]
# `--skip-if-file-exists` leaves rendered files alone but not copied ones, so those are put back,
# unless it is plain that this run was to overwrite.
overwrites = any(stood(path) and not is_copied(path) for path in written)
standing_in: dict[Path, list[tuple[int, Path]]] = {}
for path in written:
    other = variant(path)
    if owner(path) not in CHOSEN or (other and other[1] in CHOSEN):
        put_back(path)
    elif other:
        standing_in.setdefault(other[0], []).append((OFFERS.index(other[1]), path))
    elif stood(path) and is_copied(path) and not overwrites:
        put_back(path)
for plain, candidates in standing_in.items():
    first, *rest = [path for _, path in sorted(candidates)]
    if overwrites or not stood(plain):
        first.replace(plain)
    for path in [first, *rest]:
        put_back(path)
if BEFORE.is_dir():
    shutil.rmtree(BEFORE)
