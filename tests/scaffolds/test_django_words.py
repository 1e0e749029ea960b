"""The tests of a Django project ask what it does, and not in which words it speaks to people."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.generate import FileTree
from sandbox.workspace import Workspace
from tests.support.environments import python_for
from tests.support.variants import WORKSHOP, tree

# A sentence or a label in the code, and text between two tags of a template.
SAID = re.compile(r"[ A-Za-z,.:;!?'()-]*[a-z.,:!?] [ A-Za-z0-9,.:;!?'()-]*")
SHOWN = re.compile(r"(?<=[>}])([^<>{}=]*[A-Za-z][^<>{}=]*)(?=[<{])")
OTHER = "It's said otherwise"
# Tests keep their words, and so do titles of books.
KEPT = re.compile(r"(?!shelf/|imports/).*|.*/tests?\b.*|shelf/books\.py")


class Reworded(ast.NodeTransformer):
    """Put other words where the code has a sentence, docstrings aside."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return node if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        said = isinstance(node.value, str) and SAID.fullmatch(node.value)
        return ast.copy_location(ast.Constant(f" {OTHER} "), node) if said else node


def reworded(project: FileTree) -> FileTree:
    """Return a project that does the same and says it in other words."""

    def files() -> Iterator[tuple[str, str]]:
        for path, text in project.items():
            if path.endswith(".html"):
                yield path, SHOWN.sub(OTHER, text)
            elif path.endswith(".py") and not KEPT.fullmatch(path):
                yield path, ast.unparse(Reworded().visit(ast.parse(text))) + "\n"
            else:
                yield path, text

    return FileTree(dict(files()))


@pytest.mark.slow
@pytest.mark.parametrize("features", [("live", "validation"), None], ids=["in memory", "all"])
def test_own_tests_pass_in_other_words(features: tuple[str, ...] | None, tmp_path: Path) -> None:
    wanted = features or WORKSHOP.scaffold("django").offers
    request = WORKSHOP.request("django", features=wanted, name="Shelf")
    project = Workspace(tmp_path).write(reworded(WORKSHOP.tree(request)), "shelf").folder
    command = [str(python_for("django")), "manage.py", "test"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_rewording_leaves_no_sentence() -> None:
    project = reworded(tree("django", WORKSHOP.scaffold("django").offers))
    views, page = project["shelf/views.py"], project["shelf/templates/404.html"]
    assert OTHER in views
    assert OTHER in page
    assert "on the shelf" not in views
    assert "Nothing here" not in page
