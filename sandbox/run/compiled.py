"""What Python has compiled of packages, lent to the next environment on this computer.

uv installs a package by linking its files from its cache, so a file in two environments is one
file, and what Python has made of it in the first is good for the second. Compiling takes most of
an app's first start otherwise. Python checks what it is given against the source by itself.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sandbox.paths import cache_folder

_CACHE = "__pycache__"


def lend(packages: Path, store: Path | None = None) -> int:
    """Link what was compiled before into a folder of packages; return how many files that were."""
    store = store or _store()
    count = 0
    for path in _compiled(store) if store else ():
        target = packages / path.relative_to(store or path)
        with suppress(OSError):  # no such package here, or it is compiled already
            # The time of the source, to the nanosecond, tells that it is the very file.
            if path.stat().st_mtime_ns == _source(target).stat().st_mtime_ns:
                target.parent.mkdir(exist_ok=True)
                target.hardlink_to(path)
                count += 1
    return count


def keep(packages: Path, store: Path | None = None) -> int:
    """Link what was compiled anew in a folder of packages to the store; return how many files."""
    store = store or _store()
    count = 0
    for path in _compiled(packages) if store else ():
        with suppress(OSError):  # on another disk, say: then it is compiled again next time
            if path.stat().st_nlink == 1:
                count += _link(path, (store or path) / path.relative_to(packages))
    return count


def _link(path: Path, target: Path) -> bool:
    source = _source(path).stat()
    if source.st_nlink == 1:  # not from uv's cache: nobody else will have this very file
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    os.utime(path, ns=(source.st_mtime_ns, source.st_mtime_ns))
    target.hardlink_to(path)
    return True


def _store() -> Path | None:
    folder = cache_folder()
    return folder / "compiled" if folder else None


def _compiled(folder: Path) -> Iterator[Path]:
    """Yield the files that this version of Python has compiled."""
    ending = f".{sys.implementation.cache_tag}.pyc"
    for current, _, names in os.walk(folder):
        if current.endswith(_CACHE):
            yield from (Path(current, name) for name in names if name.endswith(ending))


def _source(compiled: Path) -> Path:
    """Return the file that was compiled."""
    return compiled.parents[1] / f"{compiled.name.partition('.')[0]}.py"
