"""What the README tells people to type works as it stands."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from sandbox.cli.group import sandbox

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
LINES = [
    line.removeprefix("uv run sandbox ")
    for block in re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.startswith("uv run sandbox ")
]


def test_every_command_of_the_tour_works_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(LINES) >= 7
    for line in LINES:
        result = CliRunner().invoke(sandbox, shlex.split(line))
        assert result.exit_code == 0, f"{line}\n{result.output}"
        assert result.output, line
    assert (tmp_path / "shelf" / "shelf" / "migrations").is_dir()
    assert len(list((tmp_path / "hello").iterdir())) == 3
