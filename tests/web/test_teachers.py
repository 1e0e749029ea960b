"""The page for teachers makes addresses that show what was chosen."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("framework=flask&lesson=routes", "/learn/flask/routes"),
        ("framework=django&features=auth", "/build?framework=django&features=auth"),
        ("features=database&features=live", "/compare?features=database,live"),
        ("lesson=routes", "/compare"),
    ],
)
def test_the_form_makes_an_address_that_opens(client: FlaskClient, query: str, shown: str) -> None:
    page = client.get(f"/teachers?{query}").text
    found = re.search(r'role="status">.*?<a href="([^"]+)">', page)
    assert found
    assert unescape(found[1]).replace("%2C", ",") == shown
    assert client.get(unescape(found[1])).status_code == 200


@pytest.mark.parametrize("query", ["framework=rails", "lesson=rockets", "features=rockets"])
def test_what_there_is_not_is_named(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/teachers?{query}")
    assert answer.status_code == 400
    assert "There is no" in answer.text


def test_the_page_says_what_a_class_takes(client: FlaskClient) -> None:
    page = client.get("/teachers").text
    for text in ("150 MB", "Only a container for each learner", "spawn limit"):
        assert text in page
