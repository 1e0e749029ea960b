"""Where the parts that are not Python live: in the checkout, or inside the installed wheel."""

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHARED = _PACKAGE / "_shared"
_ROOT = _SHARED if _SHARED.is_dir() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"
SCAFFOLDS = _ROOT / "scaffolds"
KNOWLEDGE = _PACKAGE / "knowledge" / "data"


def default_workspace() -> Path:
    """Return the learner's folder: `SANDBOX_WORKSPACE`, or `framework-sandbox` in the home.

    Raises `RuntimeError` where the system knows no home folder and the variable is unset.
    """
    named = os.environ.get("SANDBOX_WORKSPACE")
    return Path(named).expanduser() if named else Path.home() / "framework-sandbox"
