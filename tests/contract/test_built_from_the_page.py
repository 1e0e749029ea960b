"""A Shelf that was written from docs/contract.md alone, in a framework that we do not offer."""

import os
import sys
from pathlib import Path

import pytest

from sandbox.contract import Means, run_contract
from sandbox.run.process import Launch, Server
from tests.support.patience import unhurried
from tests.support.ports import free_port

APP = "tests.contract.starlette_shelf.app:app"
FEATURES = ("hello", "routes", "validation", "database", "pages", "auth")


@pytest.mark.slow
def test_an_app_built_from_the_page_passes_every_check(tmp_path: Path) -> None:
    port = free_port()
    launch = Launch(
        (sys.executable, "-m", "uvicorn", APP, "--port", str(port), "--log-level", "warning"),
        f"http://127.0.0.1:{port}",
        Path(__file__).parents[2],
        tmp_path / "app.log",
        environment={**os.environ, "SHELF_DATABASE": str(tmp_path / "shelf.sqlite3")},
        patience_seconds=300,
    )
    with Server(launch) as server:
        report = run_contract(
            launch.url,
            FEATURES,
            means=Means(restart=server.restart),
            project_name="Shelf",
            seed=8,
            clock=unhurried(),
        )
    assert [(each.check.id, each.message) for each in report.of("failed")] == []
    assert report.of("skipped") == ()
