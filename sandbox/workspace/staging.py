"""A hidden folder beside the target, in which things are made whole before they get their name."""

import shutil
import tempfile
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from sandbox.workspace.lock import held

PREFIX = ".sandbox-staging-"
_LOCK = ".lock"


@contextmanager
def staging(folder: Path) -> Generator[Path]:
    """Yield a new folder in `folder` that is gone afterwards; sweep those of killed programs."""
    sweep(folder)
    with ExitStack() as stack:
        made = _make(folder, stack)
        try:
            yield made
        finally:
            _clear(made)
            stack.close()
            with suppress(OSError):
                made.rmdir()


def sweep(folder: Path) -> None:
    """Remove the staging folders in `folder` that nobody holds any more."""
    for left in folder.glob(f"{PREFIX}*"):
        if left.is_symlink() or not left.is_dir():
            continue
        # Held by a program at work, or not ours to read: it stays. Only what is empty goes
        # without its lock, so that nothing is taken from a program that is about to lock it.
        with suppress(OSError):
            with suppress(FileNotFoundError), held(left / _LOCK, create=False):
                _clear(left)
            left.rmdir()


def _make(folder: Path, stack: ExitStack) -> Path:
    while True:
        made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
        try:
            stack.enter_context(held(made / _LOCK, wait=1.0))
        except FileNotFoundError:  # swept in the moment between the two lines above
            continue
        return made


def _clear(folder: Path) -> None:
    """Remove all but the lock, which goes last, so that a kill leaves what can be swept."""
    for path in folder.iterdir():
        if path.name == _LOCK:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
