"""Two changes of one text are both kept, or neither: nothing is lost in between."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.learn.merge import merge

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=12).map("\n".join)


def test_changes_in_different_places_are_both_kept() -> None:
    base = "one\ntwo\nthree\nfour\nfive"
    assert merge(base, "ONE\ntwo\nthree\nfour\nfive", "one\ntwo\nthree\nfour") == (
        "ONE\ntwo\nthree\nfour"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("x\ntwo", "y\ntwo"), ("x\ntwo", "two"), ("one\nx", "ONE\ntwo"), ("one", "x\ntwo")],
)
def test_changes_that_touch_are_a_conflict(one: str, other: str) -> None:
    assert merge("one\ntwo", one, other) is None
    assert merge("one\ntwo", other, one) is None


def test_lines_that_are_only_added_go_beside_what_the_first_has_rewritten() -> None:
    assert merge("a\nb\nc", "a\nB\nc", "a\nb\nx\nc") == "a\nB\nx\nc"
    assert merge("a\nb\nc", "a\nB\nc", "a\nx\nb\nc") == "a\nx\nB\nc"


def test_the_same_change_on_both_sides_is_made_once() -> None:
    assert merge("a\nb\nc", "a\nx\nc", "a\nx\nc\nd") == "a\nx\nc\nd"


@given(base=TEXTS, text=TEXTS)
def test_where_one_side_changed_nothing_the_other_wins(base: str, text: str) -> None:
    assert merge(base, base, text) == text
    assert merge(base, text, base) == text
    assert merge(base, text, text) == text


@given(base=TEXTS, one=TEXTS, other=TEXTS)
def test_what_is_merged_holds_every_line_that_a_side_has_added(
    base: str, one: str, other: str
) -> None:
    merged = merge(base, one, other)
    if merged is not None:
        lines = set(merged.split("\n"))
        new = ({*one.split("\n")} | {*other.split("\n")}) - {*base.split("\n")}
        assert new <= lines
