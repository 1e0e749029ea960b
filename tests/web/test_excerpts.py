"""An excerpt in a column is as long as a reader compares, the rest stands below on demand."""

import pytest

from sandbox.compare import LISTING, Excerpt
from sandbox.web.excerpts import piece


def excerpt(*lines: str, path: str = "app/views.py") -> Excerpt:
    return Excerpt(path, 5, 4 + len(lines), "\n".join(lines))


@pytest.mark.parametrize(
    ("lines", "more"),
    [(["x"] * 34, 0), (["x"] * 40, 0), (["x"] * 41, 7), (["x" * 100] * 20, 9)],
    ids=["all fit", "a few more", "too many", "long lines wrap"],
)
def test_what_a_column_has_no_room_for_is_folded_away(lines: list[str], more: int) -> None:
    found = piece(excerpt(*lines))
    assert found.more == more
    assert found.shown.count('class="line"') == len(lines) - more
    assert found.rest.count('class="line"') == more
    assert found.rows == sum(1 + len(line) // 46 for line in lines[: len(lines) - more])


def test_lines_keep_their_numbers() -> None:
    found = piece(excerpt(*["x"] * 50))
    assert 'data-nr="5"' in found.shown
    assert 'data-nr="39"' in found.rest
    assert found.shown.count("data-nr") + found.rest.count("data-nr") == 50


def test_a_long_list_of_files_is_told_by_folders() -> None:
    files = [f"app/routers/{number}.py" for number in range(30)]
    few = piece(excerpt(*files, path=LISTING))
    assert "app/routers/29.py" in few.shown + few.rest
    many = piece(excerpt(*files, "app/models.py", "README.md", path=LISTING))
    assert many.shown.striptags() == "app/routers/ 30 files app/ 1 file README.md"
