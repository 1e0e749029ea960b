"""Looking at a computer: what is there is said, what is missing comes with what to do."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from sandbox.run.machine import Finding, Wish, examine


def findings(workspace: Path, *wishes: Wish) -> dict[str, Finding]:
    return {each.subject: each for each in examine(workspace, wishes)}


def test_a_ready_computer_has_only_good_findings_about_itself(tmp_path: Path) -> None:
    found = findings(tmp_path / "new" / "folder")
    assert {found[name].verdict for name in ("product", "python", "workspace")} == {"good"}
    assert "Framework Sandbox 0." in found["product"].sentence
    assert "will be made with the first project" in found["workspace"].sentence
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_good_comes_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    for each in examine(file, ()):
        assert (each.verdict == "good") == (each.fix == "")
        assert each.meaning.endswith(".")


def test_a_workspace_that_is_a_file_is_bad(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    found = findings(file)["workspace"]
    assert found.verdict == "bad"
    assert "--workspace" in found.fix


def test_a_port_in_use_is_noted_with_who_wants_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        used = findings(tmp_path, Wish(port, "Flask projects"))[f"port {port}"]
    free = findings(tmp_path, Wish(port, "Flask projects"))[f"port {port}"]
    assert (used.verdict, free.verdict) == ("note", "good")
    assert "Flask projects" in used.sentence
    assert "another port when you start it" in used.fix


def test_uv_that_is_missing_is_noted_with_both_ways_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = findings(tmp_path)["uv"]
    assert found.verdict == "note"
    assert "pip" in found.fix
