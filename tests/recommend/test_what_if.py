"""Property 9 and the order in which changes are looked for."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings

from sandbox.knowledge import Question
from sandbox.recommend import Answers, Edit, apply_edits, recommend
from sandbox.recommend.answer_sets import answer_sets
from sandbox.recommend.edit import list_edits
from sandbox.recommend.standing import stand
from tests.recommend.possible_answers import KNOWLEDGE, Picks, ask, possible_answers

LEVELS = {"easy": ("easy",), "project": ("easy", "project")}


def one_edit_away(question: Question, picks: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the answers that one dropped, swapped or added pick makes of `picks`."""
    now = set(picks)
    return [
        other
        for other in answer_sets(question)
        if set(other) != now and len(now - set(other)) <= 1 and len(set(other) - now) <= 1
    ]


def within(answers: Answers, changes: tuple[str, ...], edits: int) -> Iterator[Answers]:
    """Yield all answers that are exactly `edits` edits away, one a question."""
    questions = [each for each in KNOWLEDGE.questions.values() if each.change in changes]
    for chosen in combinations(questions, edits):
        others = [one_edit_away(each, answers.given.get(each.id, ())) for each in chosen]
        for changed in product(*others):
            picks: Picks = dict(answers.given)
            picks.update(zip((each.id for each in chosen), changed, strict=True))
            yield ask(picks, answers.important)


def winners(answers: Answers, changes: tuple[str, ...], edits: int) -> set[tuple[str, ...]]:
    return {
        found.leaders
        for each in within(answers, changes, edits)
        if (found := stand(KNOWLEDGE, each)).status in ("lean", "clear")
    }


@given(possible_answers())
def test_9_a_what_if_makes_its_target_win(answers: Answers) -> None:
    for what_if in recommend(KNOWLEDGE, answers).what_ifs:
        if what_if.edits:
            changed = apply_edits(KNOWLEDGE, answers, what_if.edits)
            after = recommend(KNOWLEDGE, changed)
            assert replace(changed, unsure=()) == ask(dict(changed.given), changed.important)
            assert changed.unsure == tuple(
                key for key in answers.unsure if key not in changed.given
            )
            assert after.leaders == (what_if.framework,)
            assert after.query == what_if.query


@given(possible_answers())
def test_9_every_framework_but_the_one_leader_has_a_what_if(answers: Answers) -> None:
    result = recommend(KNOWLEDGE, answers)
    named = sorted(what_if.framework for what_if in result.what_ifs)
    assert named == [name for name in sorted(KNOWLEDGE.frameworks) if result.leaders != (name,)]


@settings(max_examples=12)
@given(possible_answers())
def test_9_no_shorter_what_if_exists_at_its_level(answers: Answers) -> None:
    tried = {
        (level, edits): winners(answers, changes, edits)
        for level, changes in LEVELS.items()
        for edits in (1, 2)
    }
    for what_if in recommend(KNOWLEDGE, answers).what_ifs:
        first = next(
            (place for place, found in tried.items() if (what_if.framework,) in found), ("none", 0)
        )
        assert (what_if.level, len(what_if.edits)) == first


@given(possible_answers())
def test_9_no_what_if_touches_what_nobody_can_change(answers: Answers) -> None:
    for what_if in recommend(KNOWLEDGE, answers).what_ifs:
        changes = {KNOWLEDGE.questions[edit.question].change for edit in what_if.edits}
        assert "never" not in changes
        assert ("project" in changes) == (what_if.level == "project")
        assert len({edit.question for edit in what_if.edits}) == len(what_if.edits)


# Answers, the framework wished for, the level and the sentence of its what-if.
SENTENCES = [
    (
        {"style": ("own_parts",)},
        "django",
        "easy",
        "Style: Own parts → Conventions makes it Django.",
    ),
    ({"product": ("web_app",)}, "fastapi", "easy", "Built-in: open → Async makes it FastAPI."),
    (
        {"builtins": ("async", "admin")},
        "flask",
        "easy",
        "Size: open → Small and Async: open → Not yet make it Flask.",
    ),
    (
        {"builtins": ("api_docs",)},
        "flask",
        "easy",
        "Built-in: API docs → Small core makes it Flask.",
    ),
    (
        {"goal": ("prototype",), "product": ("internal_tool",)},
        "fastapi",
        "project",
        "Aim: Try idea → Quick launch and Product: Internal tool → Real-time app make it FastAPI, "
        "as a different project.",
    ),
]


@pytest.mark.parametrize(("picks", "framework", "level", "sentence"), SENTENCES)
def test_sentence_says_what_to_change(
    picks: Picks, framework: str, level: str, sentence: str
) -> None:
    found = {each.framework: each for each in recommend(KNOWLEDGE, ask(picks)).what_ifs}
    assert (found[framework].level, found[framework].sentence) == (level, sentence)


@given(possible_answers())
def test_sentences_have_at_most_20_words(answers: Answers) -> None:
    for what_if in recommend(KNOWLEDGE, answers).what_ifs:
        assert len(what_if.sentence.split()) <= 20


def kinds(answers: Answers, edits: Iterable[Edit]) -> list[str]:
    """Return what kinds of change these are, as the order of preference tells them apart."""
    return [
        f"{edit.kind} one of many"
        if edit.kind == "swap" and KNOWLEDGE.questions[edit.question].max > 1
        else edit.kind
        for edit in edits
    ]


PREFERRED = ("swap", "add", "swap one of many", "drop")


@settings(max_examples=30)
@given(possible_answers())
def test_one_change_is_of_the_most_natural_kind_that_works(answers: Answers) -> None:
    """Over all single edits; one that another what-if has used may be passed over."""
    result = recommend(KNOWLEDGE, answers)
    for what_if in result.what_ifs:
        if len(what_if.edits) != 1:
            continue
        used = {
            edit.question for other in result.what_ifs if other != what_if for edit in other.edits
        }
        possible = [
            edit
            for edit in list_edits(KNOWLEDGE, answers, LEVELS[what_if.level])
            if edit.question not in used
            and stand(KNOWLEDGE, apply_edits(KNOWLEDGE, answers, (edit,))).leaders
            == (what_if.framework,)
        ]
        if what_if.edits[0].question not in used:
            best = min(map(PREFERRED.index, kinds(answers, possible)))
            assert PREFERRED.index(*kinds(answers, what_if.edits)) == best


@settings(max_examples=30)
@given(possible_answers())
def test_no_question_is_used_twice_unless_nothing_else_is_as_small(answers: Answers) -> None:
    found = [each for each in recommend(KNOWLEDGE, answers).what_ifs if each.edits]
    used = Counter(edit.question for each in found for edit in each.edits)
    if max(used.values(), default=0) < 2 or any(len(each.edits) > 1 for each in found):
        return
    ways = [
        [
            edit.question
            for edit in list_edits(KNOWLEDGE, answers, LEVELS[each.level])
            if stand(KNOWLEDGE, apply_edits(KNOWLEDGE, answers, (edit,))).leaders
            == (each.framework,)
        ]
        for each in found
    ]
    assert not any(len(set(chosen)) == len(chosen) for chosen in product(*ways))


def test_the_best_change_comes_first() -> None:
    picks: Picks = {"size": ("large",), "interface": ("programs",), "style": ("conventions",)}
    found = recommend(KNOWLEDGE, ask(picks)).what_ifs
    assert [len(each.edits) for each in found] == sorted(len(each.edits) for each in found)
    levels = [("easy", "project", "none").index(each.level) for each in found]
    assert levels == sorted(levels)


def test_no_part_is_added_beside_none() -> None:
    answers = ask({"builtins": ("none",)})
    changed = [
        apply_edits(KNOWLEDGE, answers, (edit,)).given.get("builtins", ())
        for edit in list_edits(KNOWLEDGE, answers, ("easy",))
        if edit.question == "builtins"
    ]
    assert all(len(picks) < 2 for picks in changed)


def test_where_nothing_helps_it_says_so() -> None:
    picks = {
        "goal": ("launch_mvp",),
        "product": ("web_app",),
        "builtins": ("admin", "auth"),
        "experience": ("new",),
        "style": ("conventions",),
        "size": ("large",),
        "deadline": ("market_soon",),
    }
    for what_if in recommend(KNOWLEDGE, ask(picks)).what_ifs:
        assert (what_if.level, what_if.edits) == ("none", ())
        assert what_if.sentence.startswith("No change of one or two answers")
        assert what_if.query == ask(picks).query
