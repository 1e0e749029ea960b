"""Property 9 and the order in which changes are looked for."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest
from hypothesis import given, settings

from sandbox.knowledge import Question
from sandbox.recommend import Answers, apply_edits, recommend
from sandbox.recommend.answer_sets import answer_sets
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
            assert changed == ask(dict(changed.given), changed.important)
            assert after.leaders == (what_if.framework,)
            assert after.query == what_if.query


@given(possible_answers())
def test_9_every_framework_but_the_one_leader_has_a_what_if(answers: Answers) -> None:
    result = recommend(KNOWLEDGE, answers)
    named = [what_if.framework for what_if in result.what_ifs]
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


# Answers, the framework wished for, the level and the words its what-if must use.
SENTENCES = [
    (
        {"style": ("own_parts",)},
        "django",
        "easy",
        ["chose “Follow", "instead of “Choose"],
    ),
    (
        {"builtins": ("async", "admin")},
        "fastapi",
        "easy",
        ["if you took “Admin panel” away from “Which parts must work out of the box?”."],
    ),
    ({"builtins": ("api_docs",)}, "django", "easy", ["chose “Admin panel” instead of “Automatic"]),
    ({"traffic": ("high",)}, "flask", "easy", ["if you left “Are high traffic", " and answered "]),
    (
        {"builtins": ("auth",), "size": ("small",)},
        "django",
        "easy",
        ["if you left “How big", "open."],
    ),
    (
        {"goal": ("prototype",), "product": ("internal_tool",)},
        "fastapi",
        "project",
        ["if you left “What is your main aim right now?” open and chose", "a different project."],
    ),
]


@pytest.mark.parametrize(("picks", "framework", "level", "fragments"), SENTENCES)
def test_sentence_says_what_to_change(
    picks: Picks, framework: str, level: str, fragments: list[str]
) -> None:
    found = {each.framework: each for each in recommend(KNOWLEDGE, ask(picks)).what_ifs}
    what_if = found[framework]
    assert what_if.level == level
    assert KNOWLEDGE.frameworks[framework].name in what_if.sentence
    for fragment in fragments:
        assert fragment in what_if.sentence


def test_no_part_is_added_beside_none() -> None:
    found = {
        each.framework: each.query
        for each in recommend(KNOWLEDGE, ask({"builtins": ("admin",)})).what_ifs
    }
    assert found["flask"] == "builtins=none"


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
