"""A lock in a file: one holder at a time, the next waits, and nobody is led elsewhere."""

import threading
from pathlib import Path

import pytest

from sandbox.workspace.lock import held


def test_a_second_one_waits_until_the_first_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first_has_it, order = threading.Event(), []

    def first() -> None:
        with held(path):
            first_has_it.set()
            with pytest.raises(TimeoutError), held(path, wait=0.05):
                pass  # pragma: no cover - nobody else gets it meanwhile
            order.append("first")

    holder = threading.Thread(target=first)
    holder.start()
    first_has_it.wait()
    with held(path, wait=30.0):
        order.append("second")
    holder.join()
    assert order == ["first", "second"]
    assert not path.exists()


def test_a_lock_that_must_be_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), held(tmp_path / "lock", create=False):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_link_in_the_lock_s_place_is_not_followed(tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("kept", encoding="utf-8")
    (tmp_path / "lock").symlink_to(mine)
    with held(tmp_path / "lock"):
        pass
    assert mine.read_text("utf-8") == "kept"
