"""The start page: three ways in, and what was made last for whoever showed the token."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web.test_pages import said

WAYS = ("Show me the same app in all three", "Help me choose", "I know what I want")


def test_it_says_what_this_is_and_leads_three_ways(client: FlaskClient) -> None:
    text = client.get("/").text
    main = text.split("<main", 1)[1].split("</main>", 1)[0]
    assert len(re.findall(r"<h1>[^.]+\.</h1>", main)) == 1
    for way in WAYS:
        assert main.count(way) == 1
    for address in set(re.findall(r'href="(/[^"#]*)"', main)):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("query", ["product=web_app&builtins=admin,auth&important=product", "x=1"])
def test_an_old_link_with_answers_leads_to_the_advisor(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/?{query}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/choose?{query}")


def test_a_terminal_gets_the_result_without_being_sent_elsewhere(client: FlaskClient) -> None:
    answer = client.get("/?product=web_app", headers={"User-Agent": "curl/8"})
    assert answer.status_code == 200
    assert answer.text.startswith("SO FAR: DJANGO, FROM 1 ANSWER")


def test_what_was_made_last_is_shown_to_whoever_has_the_token(
    client: FlaskClient, friend: FlaskClient
) -> None:
    assert "What you made last" not in friend.get("/").text
    for name in ("One", "Two", "Three"):
        friend.post("/build", data={"framework": "flask", "name": name})
    text = said(friend.get("/").text)
    assert "What you made last" in text
    assert "three Flask" in text
    assert "What you made last" not in client.get("/").text
