"""The concepts of our own scaffolds stay in sight when a learner edits and reformats a project."""

import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.compare import Column, compare
from sandbox.generate import FileTree, create_request, load_scaffold, render
from sandbox.knowledge import load_knowledge
from sandbox.paths import SCAFFOLDS

FRAMEWORKS = sorted(path.parent.name for path in SCAFFOLDS.glob("*/scaffold.toml"))


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("width", [50, 140])
def test_every_concept_is_still_found_in_a_reformatted_project(
    framework: str, width: int, tmp_path: Path
) -> None:
    knowledge = load_knowledge()
    scaffold = load_scaffold(SCAFFOLDS / framework, knowledge)
    request = create_request(scaffold, knowledge.features, features=scaffold.offers)
    ours = render(scaffold, request)
    columns = [
        Column(key, key, framework, request.features, tree, scaffold.notes)
        for key, tree in (("ours", ours), ("mine", reformatted(ours, tmp_path, width)))
    ]
    for row in compare(knowledge.concepts, columns).rows:
        shown, mine = row.cells["ours"].excerpt, row.cells["mine"].excerpt
        assert (mine and mine.path) == (shown and shown.path), row.cells["mine"].reason


def reformatted(tree: FileTree, folder: Path, width: int) -> FileTree:
    """Add a remark on top of each module and format all of them another way."""
    for path, text in tree.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"# Mine.\n{text}" if path.endswith(".py") else text, encoding="utf-8")
    formatter = [sys.executable, "-m", "ruff", "format", "--isolated", "--no-cache", "-q"]
    style = ["--line-length", str(width), "--config", "format.quote-style='single'"]
    subprocess.run([*formatter, *style, str(folder)], check=True)
    return FileTree({path: (folder / path).read_text(encoding="utf-8") for path in tree})
