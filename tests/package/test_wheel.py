"""The wheel carries templates and scaffolds, and works away from the checkout."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.environments import run_uv

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_wheel_generates_a_project_away_from_the_checkout(tmp_path: Path) -> None:
    run_uv("build", "--wheel", "--out-dir", str(tmp_path / "dist"), str(ROOT))
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    environment = tmp_path / "environment"
    run_uv("venv", "--python", sys.executable, str(environment))
    python = environment / "bin" / "python"
    run_uv("pip", "install", "--python", str(python), str(wheel))
    away = tmp_path / "away"
    away.mkdir()

    def sandbox(*arguments: str) -> str:
        done = subprocess.run(
            [str(environment / "bin" / "sandbox"), *arguments],
            cwd=away,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "Usage" in sandbox("--help")
    sandbox("lint")
    result = json.loads(sandbox("recommend", "--answer", "builtins=admin", "--json"))
    assert result["leaders"] == ["django"]
    sandbox("new", "all", "--all-features", "--into", "projects")
    made = sorted(path.name for path in (away / "projects").iterdir())
    assert made == ["shelf-django", "shelf-fastapi", "shelf-flask"]
    page = subprocess.run(
        [str(python), "-c", PAGE], cwd=away, capture_output=True, text=True, check=False
    )
    assert page.returncode == 0, page.stderr
    assert "200 OK" in page.stdout


PAGE = """
from sandbox.web import create_app
from sandbox.workshop import open_workshop
print(create_app(open_workshop()).test_client().get("/", headers={"Host": "127.0.0.1"}).status)
"""
