"""The pages: what they show is what the rooms say, with and without JavaScript."""

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sandbox.knowledge import Scenario, load_knowledge
from sandbox.recommend import Answers
from sandbox.web import create_app
from sandbox.workshop import Workshop
from tests.support.variants import WORKSHOP, workshop_in

KNOWLEDGE = load_knowledge()
# Every feature that all three scaffolds have: the largest pages there are.
MOST = ",".join(
    name
    for name in WORKSHOP.offered
    if all(name in scaffold.offers for scaffold in WORKSHOP.scaffolds.values())
)
PAGES = [
    f"/build?framework=django&features={MOST}",
    f"/build?framework=fastapi&features={MOST}&view=changes&feature=database",
    f"/compare?features={MOST}",
    "/",
    "/choose",
    "/choose?at=builtins&goal=prototype",
    "/choose?view=all&goal=prototype&important=goal",
    "/choose?view=result",
    "/choose?goal=launch_mvp&product=web_app&builtins=admin,auth&important=product",
    "/build",
    "/build?framework=django,flask&features=database&show=flask",
    "/build?framework=fastapi&features=database&view=changes&feature=validation",
    "/build?framework=django&features=database&search=book&file=shelf/models.py&line=2-4",
    "/compare",
    "/compare?features=database",
    "/compare/diff?before=flask:hello&after=flask:database",
    "/compare/diff?before=flask:hello&after=django:hello",
    "/compare/data_model",
    "/compare?only=who&features=routes&framework=flask,fastapi",
    "/learn",
    "/learn/django/hello",
    "/learn/flask/database",
    "/frameworks",
    "/claims",
    "/claims?framework=flask&disagreement=yes",
    "/glossary",
    "/search?q=session",
    "/points",
]
BAD = [
    ("/choose?nonsense=1", 400, "nonsense"),
    ("/choose?goal=nonsense", 400, "nonsense"),
    ("/choose?builtins=admin,async,pages", 400, "at most 2"),
    ("/build?framework=rails", 400, "rails"),
    ("/build?features=teleport", 400, "teleport"),
    ("/build?name=../../etc", 400, "name"),
    ("/build?view=sideways", 400, "view"),
    ("/build/zip?framework=rails", 400, "rails"),
    ("/compare?framework=rails", 400, "rails"),
    ("/compare?only=nonsense", 400, "only"),
    ("/compare/nonsense", 404, "No page lives here"),
    ("/compare/diff?before=flask", 400, "names no project"),
    ("/learn/flask/teleport", 404, "teleport"),
    ("/learn/rails/hello", 400, "rails"),
    ("/nowhere", 404, "No page lives here"),
]


def said(text: str) -> str:
    """Return a page's text without its tags."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_within_100_kilobytes(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) <= 100_000


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_no_inline_script_style_or_foreign_asset(client: FlaskClient, path: str) -> None:
    text = client.get(path).text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=\"/static/)", text)
    assert not re.search(r"<(?:link|script|img|iframe)[^>]+(?:src|href)=\"(?!/)", text)


@pytest.mark.parametrize("path", PAGES)
def test_ids_are_unique_and_links_within_the_page_arrive(client: FlaskClient, path: str) -> None:
    text = client.get(path).text
    ids = [html.unescape(each) for each in re.findall(r'\sid="([^"]+)"', text)]
    assert len(ids) == len(set(ids))
    targets = {html.unescape(each) for each in re.findall(r'href="#([^"]+)"', text)}
    assert targets <= set(ids)


@pytest.mark.parametrize(("path", "status", "word"), BAD)
def test_bad_input_gets_a_designed_page_that_names_it(
    client: FlaskClient, path: str, status: int, word: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert word in said(answer.text)
    assert "<main" in answer.text


def test_a_wrong_method_says_so_and_names_the_right_ones(friend: FlaskClient) -> None:
    answer = friend.post("/compare")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "<main" in answer.text


def test_a_fault_of_ours_is_a_page_without_a_traceback(workshop: Workshop) -> None:
    app = create_app(workshop)
    app.add_url_rule("/fault", view_func=lambda: 1 / 0)
    answer = app.test_client().get("/fault")
    assert answer.status_code == 500
    assert "<h1>Something broke here</h1>" in answer.text
    assert "fault of its own" in answer.text
    assert "ZeroDivision" not in answer.text


@pytest.mark.parametrize("scenario", KNOWLEDGE.scenarios, ids=lambda each: each.id)
def test_the_advisor_shows_the_result_of_each_scenario(
    client: FlaskClient, workshop: Workshop, scenario: Scenario
) -> None:
    pairs = {key: ",".join(picks) for key, picks in scenario.answers.items()}
    important = {"important": ",".join(scenario.important)} if scenario.important else {}
    text = said(client.get("/choose", query_string=pairs | important, follow_redirects=True).text)
    given = {key: [value] for key, value in pairs.items()}
    result = workshop.recommend(Answers.parse(workshop.knowledge, given, scenario.important))
    if scenario.answers:
        assert result.headline in text
        assert all(what.sentence in text for what in result.what_ifs)
    for winner in scenario.winners:
        assert f"Build it in {KNOWLEDGE.frameworks[winner].name}" in text


def test_a_project_made_from_the_page_appears_and_can_be_compared(
    friend: FlaskClient, workspace: Path
) -> None:
    form = {"framework": "flask,django", "features": "routes", "name": "Two"}
    answer = friend.post("/build", data=form, follow_redirects=True)
    assert "Here are two-flask, two-django" in said(answer.text)
    (workspace / "two-flask" / "app" / "hello.py").write_text("MINE = 1\n", encoding="utf-8")
    assert "two-flask" in friend.get("/compare?project=two-flask&framework=flask").text
    changed = friend.get("/compare/diff?before=flask:routes&after=project:two-flask").text
    assert "MINE" in changed


def test_markup_in_a_learners_file_is_shown_as_text(friend: FlaskClient, workspace: Path) -> None:
    friend.post("/build", data={"framework": "flask", "name": "Odd"})
    evil = "<script>alert(1)</script>"
    (workspace / "odd" / f"{evil[1:7]}.txt").write_text(evil, encoding="utf-8")
    (workspace / "odd" / "app" / "hello.py").write_text(f"def health():\n    '{evil}'", "utf-8")
    for path in ("/compare?project=odd", "/code/odd?file=app/hello.py", "/code/odd?search=alert"):
        text = friend.get(path).text
        assert evil not in text
        assert "&lt;script&gt;" in text


def test_every_lesson_has_a_page_with_its_change_and_its_checks(
    client: FlaskClient, workshop: Workshop
) -> None:
    for name in workshop.scaffolds:
        for lesson in workshop.ladder(name):
            text = client.get(f"/learn/{name}/{lesson.feature}").text
            shown = said(text)
            assert lesson.title in shown
            assert all(sentence in shown for sentence in lesson.checks)
            assert all(f"file={file.path}" in text for file in lesson.changes.changes)


@pytest.mark.parametrize(
    "url", ["http://example.com", "file:///etc/passwd", "http://10.0.0.1:80", "x", "http://[", ""]
)
def test_a_check_asks_only_this_computer(friend: FlaskClient, url: str) -> None:
    friend.post("/build", data={"framework": "flask", "name": "Mine"})
    answer = friend.post("/learn/flask/hello", data={"project": "mine", "url": url})
    assert answer.status_code == 400
    assert "this computer" in answer.text


def test_the_points_page_gives_every_option_its_row(client: FlaskClient) -> None:
    text = said(client.get("/points").text)
    for question in KNOWLEDGE.questions.values():
        for option in question.options.values():
            assert option.id == "not_sure" or option.label in text


def test_pages_live_under_a_base_path(workshop: Workshop) -> None:
    client = create_app(workshop).test_client()
    text = client.get("/", base_url="http://127.0.0.1:8765/sandbox").text
    assert not re.search(r'(?:href|src|action)="/(?!sandbox/)', text)


def test_only_what_was_made_is_called_created(friend: FlaskClient, workspace: Path) -> None:
    friend.post("/build", data={"framework": "flask", "name": "Mine"})
    assert "Here is mine" in said(friend.get("/lab?made=mine,nonsense").text)
    text = said(friend.get("/lab?made=nonsense").text)
    assert "Here is" not in text
    assert "nonsense" not in text


def test_a_project_that_is_not_there_is_not_called_unwritten(friend: FlaskClient) -> None:
    for path in ("/compare?project=nothing", "/compare/diff?before=project:nothing"):
        answer = friend.get(path)
        assert answer.status_code == 404
        assert "no project called" in said(answer.text)
        assert "written" not in answer.text


@pytest.mark.skipif(shutil.which("bash") is None, reason="the commands are for a shell")
def test_the_commands_on_the_pages_work_in_a_shell_as_they_are_shown(tmp_path: Path) -> None:
    odd = tmp_path / 'Ada\'s "own" $(touch evil) & ;; * `touch evil` ünï'
    client = create_app(workshop_in(odd)).test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    client.post("/build", data={"framework": "flask", "name": "Mine"})
    entered = re.search(r"<code>(cd .*)", client.get("/lab/projects/mine").text)
    assert entered is not None
    typed = f"{html.unescape(entered[1])} && pwd -P"
    assert shell(typed, tmp_path).strip() == str((odd / "mine").resolve())
    for path in ("/build?framework=django&name=My own", "/learn/fastapi/routes"):
        found = re.search(r"<code>(.*sandbox.* new .*)</code>", client.get(path).text)
        assert found is not None
        shell(html.unescape(found[1]), tmp_path)
    assert sorted(each.name for each in odd.iterdir()) == ["mine", "my_own", "shelf"]
    assert [each.name for each in tmp_path.iterdir()] == [odd.name]


def shell(typed: str, folder: Path) -> str:
    done = subprocess.run(
        ["bash", "-c", typed], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_visitor_without_the_token_sees_no_folder_of_this_computer(
    client: FlaskClient, workspace: Path
) -> None:
    for path in ("/build", "/learn/fastapi/routes"):
        text = client.get(path).text
        assert "sandbox new" in text
        assert str(workspace) not in text
