"""One table of cases: the command line and the HTTP API give the same result for the same input."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from sandbox.knowledge import ALWAYS
from sandbox.recommend import Answers
from sandbox.web import create_app
from tests.cli.conftest import Run
from tests.support.variants import WORKSHOP, workshop_in

SCENARIOS = {
    each.id: Answers.parse(WORKSHOP.knowledge, each.answers, each.important).query
    for each in WORKSHOP.knowledge.scenarios
}
ANSWERS = {
    "important": "product=ml_service&builtins=admin,api_docs&important=product",
    "not sure": "product=not_sure",
    **{name: query for name, query in SCENARIOS.items() if query},
}
SAME = [
    ("compare --features routes", "compare?features=routes"),
    (
        "compare flask django --features database",
        "compare?framework=flask,django&features=database",
    ),
    ("compare --concept hello_route", "compare?concept=hello_route"),
    ("list projects", "projects"),
]
REFUSED = [
    ("new rails", "tree?framework=rails"),
    ("new flask --features cooking", "tree?framework=flask&features=cooking"),
    ("new flask --name a/b", "tree?framework=flask&name=a/b"),
    ("new flask --name json", "zip?framework=flask&name=json"),
    ("new flask --slug Up", "zip?framework=flask&slug=Up"),
    ("recommend --answer colour=red", "recommend?colour=red"),
    ("recommend --answer product=shop", "recommend?product=shop"),
    ("recommend --answer builtins=admin,pages,auth", "recommend?builtins=admin,pages,auth"),
    ("recommend --answer builtins=none,auth", "recommend?builtins=none,auth"),
    ("compare --concept routing", "compare?concept=routing"),
    ("compare --concept migrations", "compare?concept=migrations"),
    ("lesson rails", "lessons/rails"),
    ("lesson flask cooking", "lessons/flask/cooking"),
]


@pytest.fixture
def client(workspace: Path) -> FlaskClient:
    return create_app(workshop_in(workspace)).test_client()


def words_for(query: str) -> list[str]:
    """Return the command's words for a query string of answers."""
    words: list[str] = []
    for pair in query.split("&"):
        key, _, values = pair.partition("=")
        words += ["--important", values] if key == "important" else ["--answer", pair]
    return words


@pytest.mark.parametrize("query", ANSWERS.values(), ids=ANSWERS)
def test_the_same_answers_give_the_same_recommendation(
    query: str, run: Run, client: FlaskClient
) -> None:
    told = run("recommend", *words_for(query), "--json").json
    assert told == client.get(f"/api/recommend?{query}").json
    again = client.get(f"/api/recommend?{told['query']}").get_json()
    assert again == told


@pytest.mark.parametrize("query", [query for name, query in ANSWERS.items() if name != "not sure"])
def test_the_page_and_the_text_page_show_the_same_headline(
    query: str, run: Run, client: FlaskClient
) -> None:
    told = run("recommend", *words_for(query), "--json").json
    page = client.get(f"/choose?{told['query']}")
    text = client.get(f"/?{told['query']}", headers={"User-Agent": "curl/8"})
    assert page.mimetype == "text/html"
    assert told["headline"] in page.text
    assert text.text.startswith(told["headline"].upper())


@pytest.mark.parametrize(("typed", "address"), SAME)
def test_the_same_question_gives_the_same_document(
    typed: str, address: str, run: Run, client: FlaskClient
) -> None:
    told = run(*typed.split(), "--json").json
    assert told == client.get(f"/api/{address}").json


@pytest.mark.parametrize("framework", WORKSHOP.scaffolds)
def test_lessons_are_the_same(framework: str, run: Run, client: FlaskClient) -> None:
    told = run("lesson", framework, "--json").json
    assert told == client.get(f"/api/lessons/{framework}").json
    assert told["lessons"]


EVERY_LESSON = [
    # One lesson tells nearly all of the others, which are left to the slow tests.
    pytest.param(framework, feature, marks=[] if feature == "database" else [pytest.mark.slow])
    for framework, scaffold in WORKSHOP.scaffolds.items()
    for feature in (ALWAYS, *scaffold.offers)
]


@pytest.mark.parametrize(("framework", "feature"), EVERY_LESSON)
def test_a_lesson_is_the_same(framework: str, feature: str, run: Run, client: FlaskClient) -> None:
    told = run("lesson", framework, feature, "--json").json
    assert told == client.get(f"/api/lessons/{framework}/{feature}").json


@pytest.mark.parametrize("framework", WORKSHOP.scaffolds)
def test_project_tree_zip_and_post_hold_the_same_bytes(
    framework: str, run: Run, client: FlaskClient, tmp_path: Path, workspace: Path
) -> None:
    asked = f"framework={framework}&features=validation&name=My club"
    shown = client.get(f"/api/tree?{asked}").get_json()
    files = {f"my_club/{each['path']}": each["text"] for each in shown["files"]}
    assert unzipped(client.get(f"/api/zip?{asked}").data) == files

    target = tmp_path / "club.zip"
    words = ("new", framework, "--features", "validation", "--name", "My club")
    assert run(*words, "--zip", str(target)).code == 0
    assert unzipped(target.read_bytes()) == files

    assert run(*words, "--into", str(tmp_path / "typed")).code == 0
    body = {"framework": framework, "features": ["validation"], "name": "My club"}
    headers = {"Sec-Fetch-Site": "same-origin"}
    made = client.post("/api/projects", json=body, headers=headers)
    assert made.status_code == 201
    for folder in (tmp_path / "typed", workspace):
        assert on_disk(folder) == files


def unzipped(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        return {name: zipped.read(name).decode() for name in zipped.namelist()}


def on_disk(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in found}


@pytest.mark.parametrize(("typed", "address"), REFUSED)
def test_the_same_mistake_gives_the_same_sentence(
    typed: str, address: str, run: Run, client: FlaskClient, workspace: Path
) -> None:
    refused = run(*typed.split())
    answer = client.get(f"/api/{address}")
    error: dict[str, Any] = json.loads(answer.data)["error"]
    assert refused.code == 2
    assert 400 <= answer.status_code < 500
    assert refused.err == f"Error: {error['message']}\n{error['hint']}\n"
    assert not workspace.exists()
