"""The code viewer over HTTP: every file, its lines, its changes, and what is found."""

import html
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sandbox.workshop import Workshop
from tests.support.variants import WORKSHOP
from tests.web.test_pages import said

FLASK = "/build?framework=flask&features=database"


def shown_code(page: str) -> str:
    """Return the open file's text as a reader sees it."""
    found = re.search(r'id="open-file">.*?<code>(.*?)</code>', page, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", found[1])) if found else ""


def marked_lines(page: str) -> list[int]:
    return [int(each) for each in re.findall(r'class="line marked[^"]*" id="L(\d+)"', page)]


def test_every_file_can_be_opened_and_shows_its_text_and_why(
    client: FlaskClient, workshop: Workshop
) -> None:
    request = workshop.request("flask", features=["database"])
    reasons = workshop.reasons(request)
    for path, content in workshop.tree(request).items():
        page = client.get(f"{FLASK}&file={path}").text
        assert shown_code(page).rstrip("\n") == content.rstrip("\n"), path
        said = html.unescape(re.sub(r"</?a\b[^>]*>", "", page))  # terms lead to the glossary
        assert reasons[path] in said
        assert re.search(
            rf'<a href="[^"]*file={re.escape(path)}[^"]*" data-open aria-current', page
        )


def test_the_viewer_shows_the_reason_of_the_file_that_stands_in(client: FlaskClient) -> None:
    files = WORKSHOP.scaffold("django").notes.files
    shown = said(client.get("/build?framework=django&features=routes&file=shelf/models.py").text)
    assert files["shelf/models.without-database.py"] in shown
    assert files["shelf/models.py"] not in shown


def test_a_small_tree_is_unfolded_and_of_a_large_one_the_way_to_the_open_file(
    client: FlaskClient,
) -> None:
    folder = re.compile(r'<details( open)? data-path="([^"]+)"')
    small = folder.findall(client.get("/build?framework=django&file=manage.py").text)
    assert small
    assert all(opened for opened, _ in small)
    every = "/build?framework=django&features=admin,api_docs&file=shelf/api/views.py"
    large = folder.findall(client.get(every).text)
    assert {path for opened, path in large if opened} == {"shelf", "shelf/api"}
    assert {"config", "shelf/templates"} <= {path for _, path in large}


def test_the_largest_project_is_a_short_page(client: FlaskClient, workshop: Workshop) -> None:
    for name in workshop.scaffolds:
        every = ",".join(workshop.request(name, features=None).features[1:])
        page = client.get(
            f"/build?framework={name}&features={every}", headers={"Accept-Encoding": "gzip"}
        )
        assert len(page.data) <= 30_000


@pytest.mark.parametrize(
    ("line", "marked"), [("3", [3]), ("3-5", [3, 4, 5]), ("L5-L3", [3, 4, 5]), ("x", []), ("", [])]
)
def test_lines_of_an_address_are_marked(client: FlaskClient, line: str, marked: list[int]) -> None:
    assert marked_lines(client.get(f"{FLASK}&file=app/models.py&line={line}").text) == marked


def test_a_file_that_is_not_there_gives_way_to_the_first_with_a_word(client: FlaskClient) -> None:
    answer = client.get("/build?framework=flask&file=app/models.py&line=3")
    assert answer.status_code == 200
    assert "app/models.py is not in this project" in said(answer.text)
    assert "def index" in shown_code(answer.text)
    assert marked_lines(answer.text) == []


def test_the_search_names_file_and_line_of_what_it_finds(
    client: FlaskClient, workshop: Workshop
) -> None:
    page = client.get(f"{FLASK}&search=GREET").text
    tree = workshop.tree(workshop.request("flask", features=["database"]))
    meant = [
        (path, number)
        for path, text in tree.items()
        for number, line in enumerate(text.split("\n"), 1)
        if "greet" in line.lower()
    ]
    found = re.findall(r"file=([^&]+)&amp;search=GREET&amp;line=(\d+)", page)
    assert [(path, int(number)) for path, number in found] == meant
    assert len(meant) >= 1
    assert "0 lines found" in said(client.get(f"{FLASK}&search=nonsensical").text)


def test_markup_that_is_searched_for_is_text(client: FlaskClient) -> None:
    page = client.get(f"{FLASK}&search=<b>").text
    assert "<b>" not in page


def test_a_feature_marks_the_files_it_changes_and_shows_each_change(client: FlaskClient) -> None:
    page = client.get(f"{FLASK}&feature=database&view=changes").text
    assert re.search(r'file=app/models.py[^>]*data-status="changed"', page)
    assert re.search(r'file=app/db.py[^>]*data-status="added"', page)
    change = client.get(f"{FLASK}&feature=database&view=changes&file=app/models.py").text
    assert 'data-sign="+"' in change
    assert 'data-sign="−"' in change
    same = client.get(f"{FLASK}&feature=database&view=changes&file=.gitignore").text
    assert "changes nothing in this file" in said(same) or 'data-sign="+"' in same


def test_a_part_of_the_page_comes_alone(client: FlaskClient) -> None:
    page = client.get(f"{FLASK}&file=app/models.py&part=file").text
    assert page.lstrip().startswith("<section")
    assert "class Book" in html.unescape(re.sub(r"<[^>]+>", "", page))
    assert "<html" not in client.get(f"{FLASK}&search=book&part=hits").text


def test_an_own_project_shows_its_files_and_what_the_learner_changed(
    friend: FlaskClient, workspace: Path
) -> None:
    friend.post("/build", data={"framework": "flask", "name": "Mine really"})
    folder = workspace / "mine_really"
    assert "Every file is as it was made" in said(friend.get("/code/mine_really").text)
    (folder / "app" / "hello.py").write_text("MINE = 1\n", encoding="utf-8")
    (folder / "app" / "new.py").write_text("<b>", encoding="utf-8")
    (folder / "README.md").unlink()
    page = friend.get("/code/mine_really?file=app/hello.py&line=1").text
    assert shown_code(page) == "MINE = 1\n"
    assert marked_lines(page) == [1]
    for path, status in [("app/hello", "changed"), ("app/new", "added"), ("README", "removed")]:
        assert re.search(rf'file={path}[^>]*data-status="{status}"', page), path
    assert "3 files differ" in said(page)
    assert 'data-sign="−"' in friend.get("/code/mine_really?file=README.md&view=changes").text
    assert "<b>" not in friend.get("/code/mine_really?file=app/new.py").text


@pytest.mark.security
def test_an_own_project_needs_the_token(client: FlaskClient, friend: FlaskClient) -> None:
    friend.post("/build", data={"framework": "flask", "name": "Mine"})
    assert client.get("/code/mine").status_code == 403
    assert client.get("/code/mine?part=file").status_code == 403
    for name in ("nothing", "..", "%2e%2e"):
        assert friend.get(f"/code/{name}").status_code == 404


@pytest.mark.security
def test_no_address_leads_out_of_the_project(friend: FlaskClient, workspace: Path) -> None:
    friend.post("/build", data={"framework": "flask", "name": "Mine"})
    (workspace / "secret.txt").write_text("the secret", encoding="utf-8")
    for path in ("../secret.txt", str(workspace / "secret.txt"), "app/../../secret.txt"):
        assert "the secret" not in friend.get("/code/mine", query_string={"file": path}).text
