"""One prepared environment per framework, with what its all-features project and tests need."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import uv

from tests.support.variants import WORKSHOP, tree

_CACHE = Path(__file__).resolve().parents[2] / ".cache" / "environments"


@cache
def python_for(framework: str) -> Path:
    """Return the interpreter of a framework's environment, built once and kept by content."""
    wanted = tree(framework, WORKSHOP.scaffold(framework).offers)["pyproject.toml"]
    key = hashlib.sha256(f"{sys.version}{wanted}".encode()).hexdigest()[:16]
    ready = _CACHE / f"{framework}-{key}"
    if not ready.is_dir():
        _build(wanted, ready)
    return _interpreter(ready)


def _build(pyproject: str, ready: Path) -> None:
    _CACHE.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=_CACHE))
    run_uv("venv", "--python", sys.executable, "--relocatable", str(staging / "venv"))
    (staging / "pyproject.toml").write_text(pyproject, encoding="utf-8")
    source = str(staging / "pyproject.toml")
    python = str(_interpreter(staging / "venv"))
    groups = ["--group", f"{source}:dev"] if "[dependency-groups]" in pyproject else []
    # Compiled here once: with PYTHONDONTWRITEBYTECODE every start would compile it all anew.
    install = ("pip", "install", "--compile-bytecode")
    run_uv(*install, "--python", python, "-r", source, *groups)
    try:
        (staging / "venv").rename(ready)
    except OSError:  # another test process was first: its environment serves as well
        if not ready.is_dir():
            raise
    shutil.rmtree(staging, ignore_errors=True)


def run_uv(*arguments: str) -> str:
    """Run uv and return its output; a failure shows what it printed."""
    environment = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    done = subprocess.run(
        [uv.find_uv_bin(), "--quiet", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _interpreter(environment: Path) -> Path:
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return environment / folder / name
