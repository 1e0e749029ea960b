"""Clean cookiecutter's own copy of this template of what tools and runs leave behind."""

import shutil
import sys
from fnmatch import fnmatch
from pathlib import Path

IGNORED: list[str] = []  # generated

copy = Path.cwd()
if not copy.parent.name.startswith("cookiecutter"):
    sys.exit(f"{copy} is not a copy that cookiecutter made, so nothing was touched.")
for path in sorted(copy.rglob("*"), reverse=True):
    if any(fnmatch(path.name, pattern) for pattern in IGNORED):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
