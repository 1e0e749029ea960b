"""Compare: projects side by side, concept by concept, as the rooms say it."""

import html
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sandbox.workshop import Workshop
from tests.web.test_pages import KNOWLEDGE, MOST, said

CHOSEN = MOST.split(",")


def concept_of(page: str, concept: str) -> str:
    """Return the part of a page that shows one concept."""
    return page.split(f'id="{concept}"', 1)[1].split("</section>", 1)[0]


def test_every_concept_shows_its_code_who_does_the_work_and_why(
    client: FlaskClient, workshop: Workshop
) -> None:
    page = client.get(f"/compare?features={MOST}").text
    requests = [workshop.request(name, features=CHOSEN) for name in workshop.scaffolds]
    for row in workshop.comparison(requests).rows:
        part = concept_of(page, row.concept.id)
        for cell in row.cells.values():
            assert f'data-who="{cell.who}"' in part
            assert html.escape(cell.docs) in part
            assert cell.excerpt is not None
            first = cell.excerpt.text.split("\n")[0].split()[0]
            assert first in said(part).replace(" ", "") or cell.excerpt.path == "/"
            assert part.count(f'id="more-{row.concept.id}-') == sum(
                bool(each.more) for each in row.cells.values()
            )


def test_the_map_names_who_does_the_work_for_every_concept_and_framework(
    client: FlaskClient, workshop: Workshop
) -> None:
    page = client.get(f"/compare?features={MOST}").text
    table = page.split('<table class="map">', 1)[1].split("</table>", 1)[0]
    requests = [workshop.request(name, features=CHOSEN) for name in workshop.scaffolds]
    for row in workshop.comparison(requests).rows:
        line = table.split(f'data-entry="{row.concept.id}"', 1)[1].split("</tr>", 1)[0]
        assert re.findall(r'data-who="([^"]+)"', line) == [each.who for each in row.cells.values()]
        assert f'href="#{row.concept.id}"' in line


def test_concepts_stand_under_the_feature_that_brings_them(client: FlaskClient) -> None:
    page = client.get(f"/compare?features={MOST}").text
    table = page.split('<table class="map">', 1)[1].split("</table>", 1)[0]
    at = 0
    for name in ("hello", *CHOSEN):
        at = table.index(html.escape(KNOWLEDGE.features[name].label), at)
        for each in (each for each in KNOWLEDGE.concepts.values() if each.feature == name):
            at = table.index(f'data-entry="{each.id}"', at)


def test_the_hello_apps_are_shown_whole(client: FlaskClient, workshop: Workshop) -> None:
    page = client.get("/compare").text
    for name in workshop.scaffolds:
        for path, text in workshop.tree(workshop.request(name)).items():
            file = page.split(f'id="{name}/{path}"', 1)[1].split("</details>", 1)[0]
            code = html.unescape(re.sub(r"<[^>]+>", "", file.partition("<code>")[2]))
            assert code.rstrip().rstrip("\n") == text.rstrip(), path


def test_of_a_hello_app_the_file_that_answers_comes_first(
    client: FlaskClient, workshop: Workshop
) -> None:
    page = client.get("/compare").text
    for name in workshop.scaffolds:
        first = page.split(f'<details class="file" id="{name}/', 1)[1].split("</details>", 1)[0]
        assert "health" in html.unescape(re.sub(r"<[^>]+>", "", first))


def test_all_answer_the_same_address_where_the_question_is_one(
    client: FlaskClient, workshop: Workshop
) -> None:
    part = concept_of(client.get("/compare").text, "hello_route")
    assert part.count("health") >= len(workshop.scaffolds)


def test_a_long_excerpt_is_folded_and_nothing_of_it_is_lost(
    client: FlaskClient, workshop: Workshop
) -> None:
    page = client.get(f"/compare/migrations?features={MOST}").text
    (row,) = workshop.comparison([workshop.request("django", features=CHOSEN)], "migrations").rows
    excerpt = row.cells["django"].excerpt
    assert excerpt is not None
    cell = page.split('data-column="django"', 1)[1].split("</article>", 1)[0]
    shown = cell.split('<div class="file', 1)[1].split('class="note"', 1)[0]
    numbers = [int(each) for each in re.findall(r'data-nr="(\d+)"', shown)]
    assert numbers == list(range(excerpt.first_line, excerpt.last_line + 1))
    assert "more lines</summary>" in shown


def test_a_concept_on_its_own_page_brings_the_feature_it_needs(client: FlaskClient) -> None:
    page = client.get("/compare/data_model").text
    assert len(re.findall(r"<article ", page)) == len(re.findall(r"data-column-tab", page))
    assert 'id="migrations"' not in page
    assert "not in it" not in said(page)
    assert re.search(r'href="/compare/migrations\?[^"]*features=database', page)


def test_only_concepts_where_it_differs_are_left_on_wish(
    client: FlaskClient, workshop: Workshop
) -> None:
    page = client.get(f"/compare?only=who&features={MOST}").text
    requests = [workshop.request(name, features=CHOSEN) for name in workshop.scaffolds]
    for row in workshop.comparison(requests).rows:
        differs = len({each.who for each in row.cells.values()}) > 1
        assert (f'<section class="concept" id="{row.concept.id}"' in page) == differs


def test_what_came_along_is_ticked_and_said(client: FlaskClient) -> None:
    page = client.get("/compare?features=validation").text
    assert "Routes and parameters came along: Checked JSON input needs it." in said(page)
    assert re.search(r'id="with-routes" checked data-along', page)


def test_an_own_project_is_held_against_the_same_features_of_ours(
    friend: FlaskClient, workspace: Path
) -> None:
    friend.post("/build", data={"framework": "flask", "name": "Mine", "features": "database"})
    page = friend.get("/compare?project=mine&framework=flask").text
    counts = re.findall(r'<dt>files</dt><dd class="number">(\d+)', page)
    assert len(counts) == 2
    assert counts[0] == counts[1]
    assert "Ours have the same features as yours" in said(page)
    assert "/code/mine?file=app/models.py" in html.unescape(page)


@pytest.mark.parametrize("path", ["/compare", "/compare/data_model"])
def test_a_file_leads_to_its_lines_with_the_other_columns_a_tab_away(
    client: FlaskClient, path: str
) -> None:
    page = html.unescape(client.get(path).text)
    links = re.findall(r'<p class="path"><a href="([^"]+)"', page)
    assert links
    for link in links:
        assert "framework=django,flask,fastapi" in link
        target = client.get(link)
        assert 'class="line marked' in target.text


@pytest.mark.parametrize("room", ["/compare", "/build"])
def test_frameworks_stand_as_usual_unless_the_reader_chose_another_order(
    client: FlaskClient, workshop: Workshop, room: str
) -> None:
    usual = list(workshop.scaffolds)
    for query, order in (
        ("", usual),
        (f"framework={usual[1]}", usual),
        (f"framework={usual[2]},{usual[0]}", [usual[2], usual[0], usual[1]]),
    ):
        page = client.get(f"{room}?{query}").text
        boxes = re.findall(r'type="checkbox"[^>]* name="framework" value="(\w+)"', page)
        assert boxes == order
