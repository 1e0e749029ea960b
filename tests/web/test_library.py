"""The Library and the search: every claim is found, by whoever looks for it in plain words."""

import html
import re

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup

from sandbox.knowledge import load_knowledge
from sandbox.web import create_app
from sandbox.web.terms import link_terms
from sandbox.workshop import Workshop
from tests.web.test_pages import said

KNOWLEDGE = load_knowledge()


def shown_claims(client: FlaskClient, query: str) -> set[str]:
    return set(re.findall(r'<tr id="(\w+)">', client.get(f"/claims?{query}").text))


def test_claims_are_filtered_by_framework_criterion_source_and_disagreement(
    client: FlaskClient,
) -> None:
    assert shown_claims(client, "") == set(KNOWLEDGE.claims)
    for key in ("framework", "criterion", "source"):
        for value in {str(getattr(claim, key)) for claim in KNOWLEDGE.claims.values()}:
            assert shown_claims(client, f"{key}={value}") == {
                claim.id for claim in KNOWLEDGE.claims.values() if getattr(claim, key) == value
            }
    disputed = {
        claim for each in KNOWLEDGE.disagreements for claim in (*each.claims_1, *each.claims_2)
    }
    assert shown_claims(client, "disagreement=yes") == disputed
    both = shown_claims(client, "framework=flask&source=B")
    assert both == shown_claims(client, "framework=flask") & shown_claims(client, "source=B")
    assert shown_claims(client, "criterion=nonsense") == set()


def test_a_filter_stays_chosen_in_the_form(client: FlaskClient) -> None:
    text = client.get("/claims?framework=flask&source=B").text
    assert '<option value="flask" selected>' in text
    assert '<option value="B" selected>' in text


@pytest.mark.parametrize("path", ["/frameworks", "/claims", "/points", "/glossary"])
def test_sources_are_named_and_no_id_stands_in_the_way(client: FlaskClient, path: str) -> None:
    assert not re.search(r"\b[ABD]\d{2,3}\b", said(client.get(path).text))


def test_each_rating_stands_beside_what_the_sandbox_counted(
    client: FlaskClient, workshop: Workshop
) -> None:
    text = client.get("/frameworks").text
    rows = text.split('<table class="ratings">')[1].split("</table>")[0].split("<tr>")[2:]
    assert len(rows) == len(KNOWLEDGE.criteria)
    first, *others = map(said, rows)
    for name in workshop.scaffolds:
        cost = workshop.cost(workshop.request(name))
        assert f"{cost.all_files} files, {cost.all_lines} lines" in first
    assert "Easy (easiest of the three)" in first
    assert "A back office: built in" in " ".join(others)
    quoted = {name for each in KNOWLEDGE.frameworks.values() for name in each.ratings}
    assert set(re.findall(r"/claims#(\w+)", "".join(rows))) == quoted


def test_a_line_of_a_profile_leads_to_exactly_the_claims_it_rests_on(client: FlaskClient) -> None:
    profiles = client.get("/frameworks").text
    for framework in KNOWLEDGE.frameworks.values():
        for point in (*framework.strengths, *framework.cautions, *framework.best_for):
            query = f"claim={','.join(point.claims)}"
            assert f'href="/claims?{query}#all"' in profiles
            assert shown_claims(client, query) == set(point.claims)
    assert "Guide and Opinion post" in said(profiles)


def test_each_scenario_opens_the_advisor_filled_in(client: FlaskClient) -> None:
    text = client.get("/frameworks").text.split('id="scenarios"')[1]
    links = {html.unescape(each) for each in re.findall(r'href="(/choose\?[^"]+)"', text)}
    assert len(links) == len([each for each in KNOWLEDGE.scenarios if each.answers])
    for link in links:
        assert client.get(link).status_code == 200


# What is looked for, and what must be among the finds.
SEARCHES = [
    ("orm", ["Object-relational mapper"]),
    ("Session", ["What an app remembers", "Signing in and staying signed in"]),
    ("back office", ["A back office"]),
    ("websocket", ["A connection between browser and server"]),
    ("flask easy", ["learning curve easy", "Flask · Guide"]),
]


@pytest.mark.parametrize(("words", "finds"), SEARCHES)
def test_the_search_finds_what_holds_all_the_words(
    client: FlaskClient, words: str, finds: list[str]
) -> None:
    text = said(client.get("/search", query_string={"q": words}).text)
    for find in finds:
        assert find in text


def test_every_find_leads_somewhere(client: FlaskClient) -> None:
    text = client.get("/search?q=validation").text.split("<main", 1)[1].split("</main>", 1)[0]
    links = {html.unescape(each) for each in re.findall(r'href="([^"]+)"', text)}
    assert {link.split("/")[1].split("#")[0] for link in links} >= {"glossary", "learn", "claims"}
    for link in links:
        path, _, anchor = link.partition("#")
        answer = client.get(path)
        assert answer.status_code == 200
        assert not anchor or f'id="{anchor}"' in answer.text


@pytest.mark.parametrize("words", ["", "   ", "zzzz", "<script>alert(1)</script>", "a" * 5000])
def test_a_search_for_nothing_or_nonsense_says_so(client: FlaskClient, words: str) -> None:
    answer = client.get("/search", query_string={"q": words})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert words.strip() == "" or "0 found for" in said(answer.text)


@pytest.mark.parametrize("path", ["/", "/choose", "/build", "/learn", "/frameworks", "/search"])
def test_every_page_has_one_search(client: FlaskClient, path: str) -> None:
    assert client.get(path).text.count('action="/search"') == 1


def test_terms_lead_to_their_sentence_where_they_stand(client: FlaskClient) -> None:
    profiles = client.get("/frameworks").text
    linked = re.findall(r'<a class="term" href="/glossary#(\w+)"', profiles)
    assert {"migration", "admin_panel", "type_hint", "async"} <= set(linked)
    glossary = client.get("/glossary").text
    for term in KNOWLEDGE.glossary.values():
        assert f'<div id="{term.id}">' in glossary
    assert set(linked) <= set(KNOWLEDGE.glossary)


PAGES_WITH_TERMS = [
    ("/compare/sessions", {"session"}),
    ("/build?framework=flask&features=database&file=app/models.py", {"migration", "json"}),
    ("/compare?features=admin", {"csrf", "admin_panel", "model"}),
]


@pytest.mark.parametrize(("path", "terms"), PAGES_WITH_TERMS)
def test_compare_and_builder_explain_the_words_they_use(
    client: FlaskClient, path: str, terms: set[str]
) -> None:
    main = client.get(path).text.split("<main", 1)[1]
    assert terms <= set(re.findall(r'href="/glossary#(\w+)"', main))


def test_code_headings_and_links_keep_their_words_when_terms_are_linked(
    client: FlaskClient, workshop: Workshop
) -> None:
    text = Markup("<h3>API</h3><code>orm</code> <a href='x'>API</a> &amp; an <b>orm</b>, an ORM.")
    linked: set[str] = set()
    with create_app(workshop).test_request_context("/"):
        shown = link_terms(text, linked)
        again = link_terms("The orm.", linked)
    assert shown.startswith(
        "<h3>API</h3><code>orm</code> <a href='x'>API</a> &amp; an <b><a class="
    )
    assert shown.count('class="term"') == 1
    assert again == "The orm."


def test_a_text_with_markup_stays_a_text_when_its_terms_are_linked(
    client: FlaskClient, workshop: Workshop
) -> None:
    with create_app(workshop).test_request_context("/"):
        linked = link_terms("An <b>API</b> & an API, an orm.")
    assert linked.startswith("An &lt;b&gt;<a class=")
    assert linked.count("<a ") == 2
    assert "&amp; an API, an" in linked
