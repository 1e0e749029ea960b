"""The Advisor as a conversation: what each address asks, says and leads to, without JavaScript."""

import html
import re

import pytest
from flask.testing import FlaskClient

from sandbox.knowledge import load_knowledge
from sandbox.recommend import Answers, points_rows, recommend
from tests.web.test_pages import said

KNOWLEDGE = load_knowledge()
QUESTIONS = list(KNOWLEDGE.questions)
CORE = [each.id for each in KNOWLEDGE.questions.values() if each.core]
RESULT = "/choose?product=rest_api&builtins=admin,validation&size=large&important=product"


def leads_to(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 302, address
    return answer.headers["Location"]


def test_it_begins_with_one_question_of_the_core_five(client: FlaskClient) -> None:
    text = client.get("/choose").text
    assert f"<h1>{KNOWLEDGE.questions[CORE[0]].label}</h1>" in text
    assert "Question 1 of 5" in said(text)
    assert text.count("<fieldset") == 1
    assert " checked" not in text


def test_continue_leads_through_the_core_and_then_to_the_result(client: FlaskClient) -> None:
    given = ""
    for place, key in enumerate(CORE):
        option = next(iter(KNOWLEDGE.questions[key].options))
        address = f"/choose?{given}&at={key}&{key}={option}&go=on"
        given = f"{given}&{key}={option}".lstrip("&")
        following = f"&at={CORE[place + 1]}" if key != CORE[-1] else ""
        assert leads_to(client, address) == f"/choose?{given}{following}"
    assert "Refine, or stop here" in said(client.get(f"/choose?{given}").text)


def test_skip_leaves_a_question_open_and_goes_on(client: FlaskClient) -> None:
    asked = f"/choose?goal=prototype&product=web_app&at={CORE[1]}&go=skip"
    assert leads_to(client, asked) == f"/choose?goal=prototype&at={CORE[2]}"
    assert leads_to(client, f"/choose?at={CORE[-1]}&go=skip") == "/choose?view=result"
    text = said(client.get("/choose?view=result").text)
    assert "Not enough answers to say" in text


def test_questions_that_are_answered_are_not_asked_again(client: FlaskClient) -> None:
    asked = "/choose?product=web_app&builtins=not_sure&at=goal&goal=prototype&go=on"
    assert leads_to(client, asked).endswith("&at=experience")


def test_a_change_from_the_result_leads_back_to_it(client: FlaskClient) -> None:
    text = html.unescape(client.get("/choose?goal=prototype&size=small").text)
    assert "/choose?goal=prototype&size=small&at=size&then=result" in text
    asked = "/choose?goal=prototype&size=large&at=size&then=result&go=on"
    assert leads_to(client, asked) == "/choose?goal=prototype&size=large"


def test_back_keeps_the_answers_and_the_first_question_has_none(client: FlaskClient) -> None:
    text = html.unescape(client.get("/choose?goal=prototype&at=product").text)
    assert '<a href="/choose?goal=prototype&at=goal">Back</a>' in text
    assert ">Back<" not in client.get("/choose?at=goal").text


def test_the_answers_given_are_listed_and_each_can_be_changed(client: FlaskClient) -> None:
    text = client.get("/choose?goal=prototype&builtins=admin&style=not_sure&at=size").text
    for key in ("goal", "builtins", "style"):
        assert f"at={key}" in text
    shown = said(text)
    assert "Aim Try out an idea (proof of concept) Change" in shown
    assert "Style Not sure, or does not matter Change" in shown


def test_continue_without_an_answer_says_so_at_the_field(client: FlaskClient) -> None:
    answer = client.get("/choose?goal=prototype&at=product&go=on")
    assert answer.status_code == 400
    assert "No answer is chosen. Choose one, or skip this question." in said(answer.text)
    field = re.search(r"<fieldset[^>]+>", answer.text, re.DOTALL)
    assert field is not None
    assert 'aria-invalid="true"' in field[0]
    assert "product-problem" in field[0]
    assert 'name="goal" value="prototype"' in answer.text


# An address, the field that is at fault, what is said there, and picks that are kept.
FAULTS = [
    ("builtins=admin,async,pages&goal=prototype&at=builtins", "builtins", "at most 2", "admin"),
    ("builtins=admin,async,pages&goal=prototype", "builtins", "at most 2", "pages"),
    ("builtins=admin,none&view=all", "builtins", "goes alone", "none"),
    ("goal=nonsense&view=all&size=small", "goal", "nonsense", "small"),
    ("goal=prototype,launch_mvp", "goal", "at most 1", "prototype"),
]


@pytest.mark.parametrize(("query", "field", "sentence", "kept"), FAULTS)
def test_an_answer_that_does_not_hold_is_explained_at_its_field(
    client: FlaskClient, query: str, field: str, sentence: str, kept: str
) -> None:
    answer = client.get(f"/choose?{query}")
    assert answer.status_code == 400
    problem = re.search(rf'id="{field}-problem">(.*?)</p>', answer.text)
    assert problem is not None
    assert sentence in said(problem[1])
    assert re.search(rf'value="{kept}"[^>]* checked', answer.text)
    assert re.search(rf'aria-describedby="[^"]*{field}-problem"', answer.text)


def test_a_third_mark_is_explained_where_it_was_set(client: FlaskClient) -> None:
    marked = "goal=prototype&size=small&style=own_parts&important=goal,size,style"
    answer = client.get(f"/choose?{marked}&view=all")
    assert answer.status_code == 400
    assert 'aria-describedby="style-important-problem"' in answer.text
    assert "2 allowed" in said(answer.text)


@pytest.mark.parametrize("query", ["colour=red", "at=colour", "view=all&colour=red"])
def test_a_question_that_does_not_exist_is_named(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/choose?{query}")
    assert answer.status_code == 400
    assert "colour" in said(answer.text)


def test_words_are_explained_where_they_stand(client: FlaskClient) -> None:
    text = said(client.get("/choose?at=goal").text)
    assert KNOWLEDGE.glossary["backend"].text in text
    assert KNOWLEDGE.glossary["web_framework"].text in text
    assert "MVP is short for minimum viable product" in text
    assert "An ORM lets you handle" in said(client.get("/choose?at=builtins").text)


def test_all_on_one_page_asks_everything_and_leads_to_the_result(client: FlaskClient) -> None:
    text = client.get("/choose?view=all&goal=prototype").text
    assert text.count("<fieldset") == len(QUESTIONS)
    asked = "/choose?view=all&goal=not_sure&builtins=admin&builtins=async&important=size&go=result"
    assert leads_to(client, asked) == "/choose?builtins=admin,async&goal=not_sure"


def test_a_plain_forms_address_is_shortened_to_what_was_answered(client: FlaskClient) -> None:
    asked = "/choose?goal=prototype&style=&builtins=admin&builtins=async&important=size"
    assert leads_to(client, asked) == "/choose?goal=prototype&builtins=admin,async"


def test_the_table_has_a_row_for_each_answer_and_its_columns_add_up(client: FlaskClient) -> None:
    pairs = {key: [value] for key, value in (part.split("=") for part in RESULT[8:].split("&"))}
    answers = Answers.parse(KNOWLEDGE, pairs)
    result = recommend(KNOWLEDGE, answers)
    table = client.get(RESULT).text.split('<table class="ledger">')[1].split("</table>")[0]
    numbers = [
        [int(each.replace("−", "-")) for each in re.findall(r'<td class="number[^>]*>([^<]+)', row)]
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    ]
    *rows, foot = [row for row in numbers if row]
    assert [list(each.points.values()) for each in points_rows(KNOWLEDGE, answers)] == [
        [dict(zip(KNOWLEDGE.frameworks, row, strict=True))[name] for name in each.points]
        for row, each in zip(rows, points_rows(KNOWLEDGE, answers), strict=True)
    ]
    assert foot == [sum(column) for column in zip(*rows, strict=True)]
    points = {rank.framework: rank.points for rank in result.ranking}
    assert foot == [points[name] for name in KNOWLEDGE.frameworks]
    assert "Product: A REST API counts double" in said(table)
    for reason in (each for reasons in result.ledger.values() for each in reasons):
        for claim in reason.claims:
            assert KNOWLEDGE.claims[claim].text in html.unescape(table)


def test_each_change_can_be_seen_made_and_undone(client: FlaskClient) -> None:
    text = client.get("/choose?style=own_parts&builtins=none").text
    found = re.findall(r'href="(/choose\?[^"]+undo=[^"]+)"', text)
    assert 1 <= len(found) <= 3
    for link in map(html.unescape, found):
        changed = client.get(link)
        assert changed.status_code == 200
        assert "You changed " in said(changed.text)
        undo = re.search(r'href="([^"]+)">Undo</a>', changed.text)
        assert undo is not None
        assert html.unescape(undo[1]) == "/choose?builtins=none&style=own_parts"
        headline = re.search(r"<h1>(.+?)</h1>", changed.text)
        assert headline is not None
        assert headline[1] in text  # the preview promised it


def test_only_the_answers_that_differ_are_told_as_changed(client: FlaskClient) -> None:
    page = client.get("/choose?size=large&style=own_parts&undo=style%3Down_parts%26size%3Dsmall")
    size = KNOWLEDGE.questions["size"]
    old, new = (size.options[each].short for each in ("small", "large"))
    assert f"You changed {size.short}: {old} → {new}." in said(page.text)


def test_an_undo_that_makes_no_sense_is_passed_over(client: FlaskClient) -> None:
    for undo in ("colour%3Dred", "goal%3Dnonsense", "%00", "a" * 500):
        answer = client.get(f"/choose?size=small&undo={undo}")
        assert answer.status_code == 200
        assert ">Undo<" not in answer.text


def test_answers_that_pull_apart_are_named(client: FlaskClient) -> None:
    text = said(client.get("/choose?goal=prototype&size=large").text)
    assert "Your answers pull apart. You only want to try out an idea" in text


def test_six_people_can_be_looked_at_and_each_framework_wins_for_one(client: FlaskClient) -> None:
    text = client.get("/choose").text
    people = text.split('class="personas"')[1].split("</section>")[0]
    links = [html.unescape(each) for each in re.findall(r'href="([^"]+)"', people)]
    assert len(links) == 6
    leaders: set[str] = set()
    for link, persona in zip(links, KNOWLEDGE.personas, strict=True):
        assert client.get(link).status_code == 200
        leaders |= set(recommend(KNOWLEDGE, Answers.parse(KNOWLEDGE, persona.answers)).leaders)
    assert leaders == set(KNOWLEDGE.frameworks)


def test_no_internal_id_of_a_claim_is_shown(client: FlaskClient) -> None:
    assert not re.search(r"\b[AB]\d{3}\b", said(client.get(RESULT).text))
