"""What is seen leads to the one sentence that a learner must read first."""

from pathlib import Path

import pytest

from sandbox.learn.diagnosis import Symptoms, diagnose, load_diagnoses
from tests.support.variants import FRAMEWORKS, WORKSHOP

KINDS = load_diagnoses(WORKSHOP.knowledge.folder)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_example_leads_to_its_own_diagnosis(name: str, framework: str) -> None:
    kind = KINDS[name]
    check = kind.checks[0].replace("*", "x") if kind.checks else "routes.books-can-be-listed"
    log = kind.example if kind.log else ""
    told = kind.example if kind.told else "GET /api/books answered 500: the app crashed."
    found = diagnose(WORKSHOP.knowledge, WORKSHOP.scaffold(framework), Symptoms(log, told, check))
    assert found is not None
    assert found.id == name
    assert "{" not in found.says + found.do
    assert len(found.says.split()) <= 25


def test_there_are_at_least_ninety_kinds() -> None:
    assert len(KINDS) >= 90


def test_the_command_is_the_one_of_the_framework() -> None:
    symptoms = Symptoms(log="sqlite3.OperationalError: no such table: book")
    told = {
        name: diagnose(WORKSHOP.knowledge, WORKSHOP.scaffold(name), symptoms) for name in FRAMEWORKS
    }
    said = {name: each.do for name, each in told.items() if each}
    assert said["flask"] == "`uv run flask db upgrade` makes it."
    assert "manage.py migrate" in said["django"]
    assert "alembic upgrade head" in said["fastapi"]


def test_the_place_is_the_last_of_the_learners_own_lines(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app/books.py").write_text("", encoding="utf-8")
    library = tmp_path / ".venv/lib/flask/app.py"
    library.parent.mkdir(parents=True)
    library.write_text("", encoding="utf-8")
    log = (
        f'  File "{tmp_path}/app/books.py", line 7, in read\n'
        f'  File "{library}", line 900, in dispatch\n'
        f"NameError: name 'Book' is not defined"
    )
    scaffold = WORKSHOP.scaffold("flask")
    found = diagnose(WORKSHOP.knowledge, scaffold, Symptoms(log=log), tmp_path)
    assert found is not None
    assert found.place == ("app/books.py", 7)
    assert (
        found.says
        == "The name Book is used and was never made: an import or a definition is missing."
    )


def test_what_fits_nothing_has_no_diagnosis() -> None:
    scaffold = WORKSHOP.scaffold("flask")
    told = Symptoms(told="GET / answered 200: expected the project's name.")
    assert diagnose(WORKSHOP.knowledge, scaffold, told) is None
