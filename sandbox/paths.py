"""Where the parts that are not Python live: in the checkout, or inside the installed wheel."""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHARED = _PACKAGE / "_shared"
_ROOT = _SHARED if _SHARED.is_dir() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"
SCAFFOLDS = _ROOT / "scaffolds"
KNOWLEDGE = _PACKAGE / "knowledge" / "data"


def default_workspace() -> Path | None:
    """Return the learner's folder: `SANDBOX_WORKSPACE`, or `framework-sandbox` in the home.

    None where the variable is unset and the system knows no home folder.
    """
    if named := os.environ.get("SANDBOX_WORKSPACE"):
        return in_home(Path(named))
    try:
        return Path.home() / "framework-sandbox"
    except RuntimeError:
        return None


def cache_folder() -> Path | None:
    """Return where this user's programs keep what can be made again; None without a home."""
    named = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
    if named and Path(named).is_absolute():
        return Path(named) / "framework-sandbox"
    usual = "Library/Caches" if sys.platform == "darwin" else ".cache"
    try:
        return Path.home() / usual / "framework-sandbox"
    except RuntimeError:
        return None


def in_home(path: Path) -> Path:
    """Return a path with `~` at its start read as a shell does, where there is such a home."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path
