"""Pyright reads each project with every feature, in an environment that has its packages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.workspace import Workspace
from tests.support.environments import python_for
from tests.support.variants import EVERY_FRAMEWORK, WORKSHOP, tree

STANDARD = {"typeCheckingMode": "standard"}
# Django ships no types, and its models are made of what no checker sees without a plug-in. What is
# left to ask: does every import, every name and every variable exist?
UNTYPED = {
    "typeCheckingMode": "off",
    "reportMissingImports": "error",
    "reportUndefinedVariable": "error",
    "reportUnboundVariable": "error",
    "reportPossiblyUnbound": "error",
    "reportSelfClsParameterName": "error",
    "reportUnusedCoroutine": "error",
    "reportRedeclaration": "error",
}
RULES = {"django": UNTYPED, "flask": STANDARD, "fastapi": STANDARD}
# Tests subscript what may be None, as tests do: they fail there, which is their purpose. The two
# others fill in classes of servers, whose own types are narrower than what they take.
NOT_READ = ["**/tests", "**/tests.py", "**/test_*.py", "bookshop.py", "gunicorn.conf.py"]


@pytest.mark.slow
@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_the_code_is_clean_for_pyright(framework: str, tmp_path: Path) -> None:
    files = tree(framework, WORKSHOP.scaffold(framework).offers)
    project = Workspace(tmp_path).write(files, "shelf").folder
    settings = {**RULES.get(framework, STANDARD), "exclude": NOT_READ}
    (project / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [sys.executable, "-m", "pyright", "--pythonpath", str(python_for(framework))]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "0 errors" in done.stdout
