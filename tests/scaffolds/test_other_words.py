"""The tests of a project ask what it does, and not in which words it speaks to people."""

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
# Tests keep their words, and so do programs beside the app and titles of books.
KEPT = re.compile(r"(?!app/|shelf/|imports/).*|.*/tests?\b.*|shelf/books\.py")
THEIRS = {"all, delete-orphan", "foreign key", "Value error, "}  # words of SQLAlchemy and Pydantic
WAYS = {
    "django": ["manage.py", "test"],
    "fastapi": ["-m", "pytest", "-q"],
    "flask": ["-m", "pytest", "-q"],
}


class Reworded(ast.NodeTransformer):
    """Put other words where the code has a sentence, docstrings aside."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return node if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        text = node.value if isinstance(node.value, str) else ""
        said = text not in THEIRS and SAID.fullmatch(text)
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
@pytest.mark.parametrize("framework", WAYS)
@pytest.mark.parametrize("features", [("live", "validation"), None], ids=["in memory", "all"])
def test_own_tests_pass_in_other_words(
    framework: str, features: tuple[str, ...] | None, tmp_path: Path
) -> None:
    wanted = features or WORKSHOP.scaffold(framework).offers
    request = WORKSHOP.request(framework, features=wanted, name="Shelf")
    project = Workspace(tmp_path).write(reworded(WORKSHOP.tree(request)), "shelf").folder
    command = [str(python_for(framework)), *WAYS[framework]]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("framework", "path", "said"),
    [
        ("django", "shelf/views.py", "on the shelf"),
        ("django", "shelf/templates/404.html", "Nothing here"),
        ("fastapi", "app/dependencies.py", "There is no book"),
        ("fastapi", "app/templates/login.html", "Sign in"),
        ("flask", "app/auth/views.py", "You have signed out"),
        ("flask", "app/templates/error.html", "Back to the books"),
    ],
)
def test_rewording_leaves_no_sentence(framework: str, path: str, said: str) -> None:
    project = tree(framework, WORKSHOP.scaffold(framework).offers)
    assert said in project[path]
    assert said not in reworded(project)[path]
    assert OTHER in reworded(project)[path]
