"""Which ranges are behind, asked of a small index of our own making: a folder of wheels."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
import uv

from sandbox.errors import ServerError
from sandbox.run.pins import Pin, look_up

PROJECT = """
[project]
name = "shelf"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = ["Corn_Bread[fancy]>=1,<2", "apple>=3", "plum<1"]

[dependency-groups]
dev = ["pear~=1.0.0"]
"""


def publish(index: Path, name: str, version: str, python: str = "&gt;=3.9") -> None:
    """Add a release to the index, as its page would list it; nothing is ever downloaded."""
    wheel = f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
    page = index / name / "index.html"
    page.parent.mkdir(exist_ok=True)
    known = page.read_text(encoding="utf-8") if page.exists() else "<!doctype html>"
    page.write_text(
        f'{known}<a href="{wheel}" data-requires-python="{python}">{wheel}</a>', encoding="utf-8"
    )
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    info = f"{name.replace('-', '_')}-{version}.dist-info"
    with zipfile.ZipFile(page.with_name(wheel), "w") as file:
        file.writestr(f"{info}/METADATA", metadata)
        file.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        file.writestr(f"{info}/RECORD", "")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give uv a folder in place of every index."""
    folder = tmp_path / "index"
    folder.mkdir()
    programs = str(Path(uv.find_uv_bin()).parent)
    monkeypatch.setenv("PATH", os.pathsep.join([programs, os.environ["PATH"]]))
    monkeypatch.setenv("UV_DEFAULT_INDEX", folder.as_uri())
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    return folder


def test_a_range_is_behind_when_it_shuts_the_newest_release_out(index: Path) -> None:
    for name, version in (
        ("corn-bread", "1.4"),
        ("corn-bread", "2.0"),
        ("apple", "3.1"),
        ("plum", "1.0"),
        ("plum", "0.9"),
        ("pear", "1.0.7"),
    ):
        publish(index, name, version)
    pins = look_up(PROJECT)
    assert pins == (
        Pin("Corn_Bread[fancy]>=1,<2", "2.0", "1.4"),
        Pin("apple>=3", "3.1", "3.1"),
        Pin("plum<1", "1.0", "0.9"),
        Pin("pear~=1.0.0", "1.0.7", "1.0.7"),
    )
    assert [each.behind for each in pins] == [True, False, True, False]


def test_releases_before_the_final_one_and_for_later_pythons_do_not_count(index: Path) -> None:
    publish(index, "apple", "3.1")
    publish(index, "apple", "3.2rc1")
    publish(index, "apple", "4.0", python="&gt;=3.12")
    project = PROJECT.replace('"Corn_Bread[fancy]>=1,<2", "apple>=3", "plum<1"', '"apple>=3"')
    pin = look_up(project.partition("[dependency-groups]")[0])
    assert pin == (Pin("apple>=3", "3.1", "3.1"),)


def test_an_index_that_cannot_be_asked_is_said_in_one_sentence(index: Path) -> None:
    with pytest.raises(ServerError, match="The package index could not be asked") as caught:
        look_up(PROJECT)
    assert "\n" not in caught.value.message
    assert "internet" in caught.value.hint


def test_without_uv_nobody_can_be_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ServerError, match="uv, which is not installed"):
        look_up(PROJECT)
