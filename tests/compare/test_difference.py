"""A diff says everything: applied to the first text it gives the second one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.compare import FileDiff, Hunk, diff
from sandbox.generate import FileTree

LINES = st.lists(st.sampled_from(["a", "b", "", "x = 1", "é", "\r", "\x0c", "}"]), max_size=30)
TEXTS = st.one_of(st.text(max_size=40), st.builds("\n".join, LINES))
TREES = st.builds(FileTree, st.dictionaries(st.sampled_from(["a", "b/c", "d.py"]), TEXTS))


def apply(before: str, file: FileDiff) -> str:
    """Apply a diff as a patch program would, checking every line that it says was there."""
    old = split(before)
    new: list[str] = []
    position = 0
    for hunk in file.hunks:
        start = hunk.before_start - (side(hunk, "- ") > 0)
        new += old[position:start]
        position = start
        assert len(new) + (side(hunk, "+ ") > 0) == hunk.after_start
        last = ""
        for sign, text in hunk.lines:
            if sign in "- ":
                assert old[position].removesuffix("\n") == text
                position += 1
            if sign in "+ ":
                new.append(f"{text}\n")
            if sign == "\\" and last in "+ ":
                new[-1] = new[-1].removesuffix("\n")
            last = sign
    return "".join(new + old[position:])


def split(text: str) -> list[str]:
    """Split after each line feed."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + [lines[-1]] * (lines[-1] != "")


def diff_of(before: str, after: str) -> FileDiff:
    (file,) = diff(FileTree({"a": before}), FileTree({"a": after})).files
    return file


def side(hunk: Hunk, signs: str) -> int:
    return sum(line.sign in signs for line in hunk.lines)


@given(before=TEXTS, after=TEXTS)
def test_a_diff_applied_to_the_first_text_gives_the_second(before: str, after: str) -> None:
    assert apply(before, diff_of(before, after)) == after


@given(before=TREES, after=TREES)
def test_a_tree_diff_leads_from_one_tree_to_the_other(before: FileTree, after: FileTree) -> None:
    result = diff(before, after)
    assert [file.path for file in result.files] == sorted({*before, *after})
    rebuilt = {
        file.path: apply(before.get(file.path, ""), file)
        for file in result.files
        if file.status != "removed"
    }
    assert FileTree(rebuilt) == after
    assert (result.changes == ()) == (before == after)


@given(before=TREES, after=TREES)
def test_what_one_direction_adds_the_other_removes(before: FileTree, after: FileTree) -> None:
    forth, back = diff(before, after), diff(after, before)
    assert (forth.added - forth.removed) == -(back.added - back.removed)
    turned = {"added": "removed", "removed": "added", "changed": "changed", "same": "same"}
    assert [turned[file.status] for file in forth.files] == [file.status for file in back.files]


@pytest.mark.parametrize(
    ("before", "after", "status", "added", "removed"),
    [
        ({"a": "1\n"}, {"a": "1\n"}, "same", 0, 0),
        ({"a": "1\n2\n"}, {"a": "1\n3\n4\n"}, "changed", 2, 1),
        ({}, {"a": "1\n2\n"}, "added", 2, 0),
        ({"a": "1\n2\n"}, {}, "removed", 0, 2),
        ({}, {"a": ""}, "added", 0, 0),
        ({"a": ""}, {}, "removed", 0, 0),
    ],
)
def test_each_file_has_a_status_and_is_counted(
    before: dict[str, str], after: dict[str, str], status: str, added: int, removed: int
) -> None:
    (file,) = diff(FileTree(before), FileTree(after)).files
    assert (file.status, file.added, file.removed) == (status, added, removed)


def test_a_hunk_has_three_lines_around_the_change_and_says_where_it_stands() -> None:
    before = "".join(f"{number}\n" for number in range(1, 21))
    (hunk,) = diff_of(before, before.replace("\n10\n", "\nten\n")).hunks
    assert hunk.header == "@@ -7,7 +7,7 @@"
    assert [f"{sign}{text}" for sign, text in hunk.lines] == [
        *(" 7", " 8", " 9", "-10", "+ten", " 11", " 12", " 13"),
    ]


def test_a_file_of_usual_length_is_matched_line_by_line_to_its_end() -> None:
    lines = [f"line {number}\n" for number in range(200)]
    changed = [*lines[:50], "fifty\n", *lines[51:150], *lines[151:]]
    file = diff_of("".join(lines), "".join(changed))
    assert not file.coarse
    assert [hunk.header for hunk in file.hunks] == ["@@ -48,7 +48,7 @@", "@@ -148,7 +148,6 @@"]


@pytest.mark.parametrize(
    ("before", "after", "header"),
    [("", "1\n2\n", "@@ -0,0 +1,2 @@"), ("1\n2\n", "", "@@ -1,2 +0,0 @@")],
)
def test_an_empty_side_begins_at_line_0_as_in_a_patch(before: str, after: str, header: str) -> None:
    (hunk,) = diff_of(before, after).hunks
    assert hunk.header == header


def test_frequent_lines_of_a_long_file_are_not_shown_as_changed() -> None:
    before = "}\nx\n" * 400
    assert diff_of(before, f"new\n{before}").added == 1
    assert diff_of(before, f"new\n{before}").removed == 0


def test_a_lost_final_line_feed_is_said() -> None:
    (hunk,) = diff_of("1\n", "1").hunks
    assert [line.sign for line in hunk.lines] == ["-", "+", "\\"]


LONG = {
    "one more of many equal lines": ("x\n" * 120_000, "x\n" * 120_001),
    "many equal lines around a change": ("x\n" * 60_000, "x\n" * 30_000 + "y\n" + "x\n" * 30_000),
    "two kinds of lines": ("a\nb\n" * 60_000, "b\nb\na\n" * 40_000),
    "every other line changed": (
        "".join(f"{n}\nold {n}\n" for n in range(60_000)),
        "".join(f"{n}\nnew {n}\n" for n in range(60_000)),
    ),
    "nothing in common": ("".join(f"a{n}\n" for n in range(60_000)), "b\n" * 60_000),
    "one long line": ("a.b" * 20_000, "a.b" * 20_001),
}


@pytest.mark.parametrize(("before", "after"), LONG.values(), ids=LONG)
def test_a_long_file_is_compared_in_time_and_its_diff_still_leads_to_the_second(
    before: str, after: str
) -> None:
    assert apply(before, diff_of(before, after)) == after


def test_a_diff_that_gave_up_matching_says_so_and_shows_only_the_middle() -> None:
    rough = diff_of("x\n" * 60_000, "x\n" * 30_000 + "y\n" + "x\n" * 30_000)
    assert rough.coarse
    assert (rough.added, rough.removed) == (1, 0)
    assert not diff_of("a\nb\n", "a\nc\n").coarse
