"""The Lab with the real frameworks: from nothing to an answer, a broken line, the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from sandbox.run.state import AppState
from sandbox.workshop import Workshop
from sandbox.workspace import Project
from tests.run.labs import until
from tests.support.variants import EVERY_FRAMEWORK, workshop_in

pytestmark = pytest.mark.slow
START_PAGE = {"django": "shelf/views.py", "flask": "app/hello.py", "fastapi": "app/main.py"}


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    """Return a workshop of an empty workspace, whose apps are ended afterwards."""
    made = workshop_in(tmp_path / "work")
    yield made
    made.lab.close()


def made(workshop: Workshop, framework: str, *features: str) -> Project:
    """Make a project called after its features."""
    slug = "_".join(["shelf", *features])
    return workshop.create([workshop.request(framework, features=features, slug=slug)])[0]


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_a_new_app_answers_with_its_books_and_tells_of_a_broken_line_until_it_is_mended(
    workshop: Workshop, framework: str
) -> None:
    project = made(workshop, framework, "database", "deploy")

    def state(true: Callable[[AppState], bool]) -> AppState:
        until(lambda: true(workshop.lab.state(project)))
        return workshop.lab.state(project)

    address = workshop.lab.start(project).address
    assert "Persepolis" in httpx2.get(f"{address}/api/books", trust_env=False).text
    file = project.folder / START_PAGE[framework]
    good = file.read_text(encoding="utf-8")
    file.write_text(f"import nobody_has_this\n{good}", encoding="utf-8")
    broken = state(lambda state: state.phase == "crashed")
    assert broken.problem == "ModuleNotFoundError: No module named 'nobody_has_this'"
    assert broken.place == (START_PAGE[framework], 1)
    assert broken.hint.startswith("A package is imported that")
    file.write_text(good, encoding="utf-8")
    mended = state(lambda state: state.phase == "running")
    assert (mended.address, mended.problem) == (address, "")
    assert mended.reloaded is not None


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_the_contract_is_checked_with_everything_at_hand(
    workshop: Workshop, framework: str
) -> None:
    checked = workshop.lab.check(made(workshop, framework, "deploy"))
    assert [each for each in checked.results if each.outcome != "passed"] == []
    assert checked.hardened
    assert framework in checked.versions
    with workshop.lab.trial(made(workshop, framework, "admin")) as trial:
        assert trial.means.staff is not None
        assert trial.means.production is None  # this one was made without
