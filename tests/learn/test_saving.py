"""Whoever saves is noticed, and nothing else is."""

import threading
from pathlib import Path

import pytest

from sandbox.learn.saving import saves


def test_the_first_look_comes_at_once_and_the_next_after_a_save(tmp_path: Path) -> None:
    file = tmp_path / "app.py"
    file.write_text("one", encoding="utf-8")
    looks = saves(tmp_path, pause=0.01)
    first = next(looks)
    saver = threading.Timer(0.05, lambda: file.write_text("two, longer", encoding="utf-8"))
    saver.start()
    assert next(looks) != first
    saver.join()


def test_a_file_that_is_still_being_written_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks_like = iter([5, 5, 9, 7, 7])  # a stamp is no time: a later one may be smaller
    monkeypatch.setattr("sandbox.learn.saving.stamp", lambda _: next(looks_like))
    looks = saves(tmp_path, pause=0.001)
    assert (next(looks), next(looks)) == (5, 7)


def test_what_tools_and_records_write_is_no_save(tmp_path: Path) -> None:
    looks = saves(tmp_path, pause=0.01)
    first = next(looks)
    (tmp_path / ".sandbox/lessons").mkdir(parents=True)
    (tmp_path / ".sandbox/lessons/at-hand.json").write_text("{}", encoding="utf-8")
    (tmp_path / "shelf.db").write_text("rows", encoding="utf-8")
    (tmp_path / "__pycache__").mkdir()
    saver = threading.Timer(0.2, lambda: (tmp_path / "app.py").write_text("x", encoding="utf-8"))
    saver.start()
    second = next(looks)
    saver.join()
    assert second != first
    assert (tmp_path / "app.py").exists()
