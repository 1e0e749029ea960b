"""The command line as a person uses it: words in, exit code, output and complaints out."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sandbox.cli import main


@dataclass(frozen=True)
class Ran:
    """What one command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def run(workspace: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `sandbox` with these words on a workspace of the test's own."""

    def run_words(*words: str) -> Ran:
        capsys.readouterr()
        code = main(["--workspace", str(workspace), *words])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run_words
