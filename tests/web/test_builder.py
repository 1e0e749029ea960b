"""The Builder: what is chosen stays chosen, and what is wrong is said at its field."""

import html
import io
import re
import zipfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sandbox.workshop import Workshop
from tests.web.test_pages import said


def control(page: str, name: str) -> str:
    """Return the tag of the form's control with this id."""
    found = re.search(rf'<input[^>]*\sid="{name}"[^>]*>', page)
    assert found is not None, name
    return found[0]


def test_what_comes_along_is_ticked_and_says_who_needs_it(client: FlaskClient) -> None:
    page = client.get("/build?framework=flask&features=database").text
    assert " checked" in control(page, "feature-routes")
    assert 'name="features"' not in control(page, "feature-routes")
    assert "Database and migrations needs this" in said(page)
    assert 'name="features" checked' in control(page, "feature-database")
    assert " checked" not in control(page, "feature-auth")


def test_no_framework_means_all_of_them(client: FlaskClient, workshop: Workshop) -> None:
    page = client.get("/build").text
    for name in workshop.scaffolds:
        assert " checked" in control(page, f"framework-{name}")
        assert f'id="tab-{name}"' in page


@pytest.mark.parametrize(
    ("query", "field", "word"),
    [
        ("name=a/b", "name", "cannot contain"),
        ("name=123", "slug", "Call it shelf"),
        ("name=Django", "slug", "Call it django_app"),
        ("slug=9lives", "slug", "Call it lives"),
    ],
)
def test_a_bad_name_is_said_at_its_field_and_choices_stay(
    client: FlaskClient, query: str, field: str, word: str
) -> None:
    answer = client.get(f"/build?framework=flask&features=routes&{query}")
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in control(answer.text, field)
    assert f'aria-describedby="{field}-said"' in control(answer.text, field)
    told = answer.text.split(f'id="{field}-said"', 1)[1].split("</div>", 1)[0]
    assert word in said(told)
    assert " checked" in control(answer.text, "feature-routes")
    assert " checked" not in control(answer.text, "framework-django")
    typed, _, value = query.partition("=")
    assert f'value="{value}"' in control(answer.text, typed)


def test_a_bad_name_that_is_sent_makes_nothing_and_is_said_at_its_field(
    friend: FlaskClient, workspace: Path
) -> None:
    answer = friend.post("/build", data={"framework": "flask", "name": "a/b"})
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in control(answer.text, "name")
    assert not workspace.exists()


def test_nothing_is_offered_to_take_along_under_a_bad_name(client: FlaskClient) -> None:
    page = client.get("/build?name=a/b").text
    assert "/build/zip" not in page
    assert len(re.findall(r"<button[^>]* disabled>(?:Create|Download)", page)) == 3


@pytest.mark.parametrize("name", ["Мой сайт", "日本の本", "Ünï cödé"])
def test_a_name_in_any_script_gets_a_folder(client: FlaskClient, name: str) -> None:
    answer = client.get("/build", query_string={"framework": "flask", "name": name})
    assert answer.status_code == 200
    assert re.search(r'placeholder="[a-z][a-z_]+"', control(answer.text, "slug"))


def test_an_existing_project_is_left_alone_and_a_way_on_is_offered(
    friend: FlaskClient, workspace: Path
) -> None:
    form = {"framework": "flask", "features": "routes", "name": "Once"}
    friend.post("/build", data=form)
    kept = workspace / "once" / "README.md"
    kept.write_text("mine", encoding="utf-8")
    answer = friend.post("/build", data=form)
    assert answer.status_code == 409
    told = answer.text.split('id="slug-said"', 1)[1].split("</div>", 1)[0]
    assert "once exists: open it , or call this one once_2" in said(told)
    assert " checked" in control(answer.text, "feature-routes")
    assert kept.read_text(encoding="utf-8") == "mine"
    link = html.unescape(re.findall(r'href="([^"]+)"', told)[1])
    assert "slug=once_2" in link
    assert "exists" not in said(friend.get(link).text)
    friend.post("/build", data=form | {"slug": "once_2"})
    assert (workspace / "once_2" / "README.md").exists()


def test_a_stranger_does_not_learn_which_folders_are_there(
    client: FlaskClient, friend: FlaskClient
) -> None:
    friend.post("/build", data={"framework": "flask", "name": "Once"})
    assert "once exists" in said(friend.get("/build?framework=flask&name=Once").text)
    assert "once exists" not in said(client.get("/build?framework=flask&name=Once").text)


def test_the_zip_of_the_page_holds_the_bytes_of_the_project(
    client: FlaskClient, workshop: Workshop
) -> None:
    answer = client.get("/build/zip?framework=fastapi&features=routes&name=My%20Shelf")
    tree = workshop.tree(workshop.request("fastapi", features=["routes"], name="My Shelf"))
    with zipfile.ZipFile(io.BytesIO(answer.data)) as zipped:
        found = {name: zipped.read(name).decode() for name in zipped.namelist()}
    assert found == {f"my_shelf/{path}": text for path, text in tree.items()}
    assert 'filename="my_shelf.zip"' in answer.headers["Content-Disposition"]
