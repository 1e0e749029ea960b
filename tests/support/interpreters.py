"""Find the Python versions that generated projects promise to run on."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def interpreter(version: str) -> Path:
    """Return an interpreter of this version; skips where there is none, but fails in CI."""
    for candidate in _candidates(version):
        done = subprocess.run([candidate, "-V"], capture_output=True, text=True, check=False)
        if done.returncode == 0 and f"Python {version}." in done.stdout:
            return candidate
    reason = f"Python {version} is not installed on this machine"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _candidates(version: str) -> list[Path]:
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = [Path(sys.base_prefix) / "bin" / f"python{version}"]
    found += [path / "bin" / "python" for path in (pyenv / "versions").glob(f"{version}.*")]
    on_path = shutil.which(f"python{version}")
    return [path for path in [*found, *([Path(on_path)] if on_path else [])] if path.exists()]
