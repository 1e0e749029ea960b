"""`sandbox doctor` says the same to people and to programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.cli import main
from tests.cli.conftest import Run


def test_the_doctor_tells_people_what_it_tells_programs(run: Run) -> None:
    told = run("doctor", "--offline", "--json")
    shown = run("doctor", "--offline")
    assert told.code == shown.code == 0
    assert told.json["ok"]
    for each in told.json["findings"]:
        assert each["sentence"] in shown.out
        assert each["meaning"] in shown.out
        assert each["fix"] in shown.out
    subjects = {each["subject"] for each in told.json["findings"]}
    assert {
        "product",
        "python",
        "uv",
        "workspace",
        "port 8765",
        "port 5000",
        "app ports",
        "browser",
        "editor",
    } <= subjects


def test_a_workspace_that_cannot_be_made_is_something_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    assert main(["--workspace", str(file / "inside"), "doctor", "--offline"]) == 1
    assert "Nothing can be written" in capsys.readouterr().out


WORKSPACES = {
    "a new folder": ("new/folder", 0),
    "a folder with a space": ("a b", 0),
    "a link that leads nowhere": ("link", 1),
    "inside a link that leads nowhere": ("link/inside", 1),
    "inside a file": ("file/inside", 1),
    "a name that is too long": ("x" * 300, 1),
    "a link in a circle": ("circle", 1),
}


@pytest.mark.parametrize(("place", "code"), WORKSPACES.values(), ids=WORKSPACES)
def test_the_doctor_finds_what_new_cannot_use(tmp_path: Path, place: str, code: int) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    before = sorted(tmp_path.rglob("*"))
    workspace = str(tmp_path / place)
    assert main(["--workspace", workspace, "doctor", "--offline"]) == code
    assert sorted(tmp_path.rglob("*")) == before
    assert (main(["--workspace", workspace, "new", "flask"]) == 0) == (code == 0)


def test_the_doctor_says_whether_packages_can_be_fetched(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_OFFLINE", "1")
    told = run("doctor", "--json").json["findings"]
    found = {each["subject"]: each for each in told}["network"]
    assert found["verdict"] == "note"
    assert "Connect to the network" in found["fix"]
