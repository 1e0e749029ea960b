"""The console's page: it fills in, asks for a prediction, sends on a press of the button only."""

import html
import json
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from sandbox.workshop import Workshop
from tests.run.consoled import running
from tests.support.recorded import put_state


@pytest.fixture
def apps(workshop: Workshop) -> Iterator[dict[str, str]]:
    """Two projects whose addresses are those of the small apps `a` and `b`."""
    made = workshop.create(workshop.requests(["flask", "django"], features=["routes"]))
    with running("a", "b") as addresses:
        for project, address in zip(made, addresses.values(), strict=True):
            put_state(project, "running", address=address)
        yield {each.folder.name: each.framework for each in made}


def said(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def form(apps: dict[str, str], **fields: str) -> dict[str, object]:
    return {"method": "GET", "path": "/", "kind": "none", "app": list(apps), **fields}


def test_a_link_fills_the_form_in_and_sends_nothing(
    friend: FlaskClient, workshop: Workshop, apps: dict[str, str]
) -> None:
    query = urlencode({"method": "PATCH", "path": "/api/books/1", "kind": "json", "text": "{}"})
    page = friend.get(f"/lab/console?{query}").text
    assert "<option selected>PATCH</option>" in page
    assert 'value="/api/books/1"' in page
    assert ">\n{}</textarea>" in page
    assert workshop.console.history().sent == ()


def test_examples_are_links_that_fill_in_what_a_running_app_can_answer(
    friend: FlaskClient, apps: dict[str, str]
) -> None:
    page = friend.get("/lab/console").text
    links = [html.unescape(each) for each in re.findall(r'href="(/lab/console\?[^"]+)"', page)]
    assert "/lab/console?method=GET&path=%2Fapi%2Fbooks" in links
    assert all(friend.get(each).status_code == 200 for each in links)
    assert not any("login" in each for each in links)


def test_the_answers_stand_side_by_side_with_what_differs(
    friend: FlaskClient, apps: dict[str, str]
) -> None:
    page = friend.post("/lab/console", data=form(apps, path="/book")).text
    text = said(page)
    assert text.count("200 OK") >= 2
    assert '<span class="line other">  "pages": 3' in html.unescape(page)
    assert "differ between the answers" in text
    assert "curl -i http://127.0.0.1:" in text
    bodies = re.findall(r'<pre class="code body"[^>]*><code>(.*?)</code>', page, re.DOTALL)
    told = [html.unescape(re.sub(r"<[^>]+>", "", each)).strip() for each in bodies]
    same = {"title": "Sea", "tags": ["x", "a"]}
    other = {"title": "Sea", "tags": ["x", "b"], "pages": 3}
    assert told == [json.dumps(each, indent=2) for each in (same, other)]


def test_predictions_are_told_right_and_wrong_and_counted(
    friend: FlaskClient, apps: dict[str, str]
) -> None:
    flask, django = apps
    guesses = {f"guess:{flask}": "200", f"guess:{django}": "404"}
    page = friend.post("/lab/console", data=form(apps, path="/status/200", **guesses)).text
    assert "You predicted 1 of 2." in said(page)
    assert "You said 200." in said(page)
    assert "You said 404: not this time." in said(page)
    again = said(friend.get("/lab/console").text)
    assert "1 of 2 right" in again
    assert "GET /status/200" in again


def test_only_the_apps_that_are_ticked_are_asked(
    friend: FlaskClient, workshop: Workshop, apps: dict[str, str]
) -> None:
    friend.post("/lab/console", data={**form(apps), "app": ["shelf-flask"]})
    (sent,) = workshop.console.history().sent
    assert list(sent.answered) == ["shelf-flask"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"path": "api"}, "path"),
        ({"method": "TRACE"}, "method"),
        ({"headers": "no colon"}, "headers"),
        ({"method": "POST", "kind": "form", "text": "title"}, "body"),
    ],
)
def test_what_cannot_be_sent_is_said_at_its_field_and_kept(
    friend: FlaskClient,
    workshop: Workshop,
    apps: dict[str, str],
    fields: dict[str, str],
    field: str,
) -> None:
    answer = friend.post("/lab/console", data=form(apps, **fields))
    assert answer.status_code == 400
    assert f'id="fault-{field}" role="alert"' in answer.text
    assert f'aria-describedby="fault-{field}"' in answer.text
    assert html.escape(next(reversed(fields.values()))) in answer.text
    assert workshop.console.history().sent == ()


def test_without_a_running_app_the_console_says_where_to_start_one(friend: FlaskClient) -> None:
    page = friend.get("/lab/console").text
    assert "No app is running" in said(page)
    assert "Send to" not in page


def test_the_console_needs_the_token(client: FlaskClient) -> None:
    assert client.get("/lab/console?path=/").status_code == 403
    own = {"Sec-Fetch-Site": "same-origin"}
    assert client.post("/lab/console", data={"path": "/"}, headers=own).status_code == 403
