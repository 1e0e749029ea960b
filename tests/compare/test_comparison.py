"""A comparison has a cell for every project, and a reason wherever it has no code to show."""

from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.compare import KINDS, Column, compare, count
from sandbox.generate import FileTree, create_request, render
from tests.compare.tiny import make_knowledge, make_scaffold

KNOWLEDGE = make_knowledge()


@pytest.fixture
def whole(tmp_path: Path) -> Column:
    return make_column(tmp_path, "routes")


def make_column(folder: Path, *features: str) -> Column:
    scaffold = make_scaffold(folder)
    request = create_request(scaffold, KNOWLEDGE.features, features=features)
    tree = render(scaffold, request)
    return Column(
        "-".join(features) or "hello", "Tiny", "tiny", request.features, tree, scaffold.notes
    )


def test_a_cell_shows_the_code_and_what_was_written_about_it(whole: Column) -> None:
    row = compare(KNOWLEDGE.concepts, [whole]).rows[1]
    cell = row.cells["routes"]
    assert cell.excerpt is not None
    assert cell.excerpt.text.startswith("@get('/books/<id>')\ndef read")
    assert (cell.who, cell.docs, cell.reason) == ("built in", "https://tiny.example/routes", "")
    assert "Angle brackets" in cell.note


def test_concepts_come_in_their_own_order_and_only_where_a_project_has_them(
    whole: Column, tmp_path: Path
) -> None:
    bare = make_column(tmp_path)
    assert [row.concept.id for row in compare(KNOWLEDGE.concepts, [bare]).rows] == ["hello_route"]
    both = compare(KNOWLEDGE.concepts, [bare, whole])
    assert [row.concept.id for row in both.rows] == ["hello_route", "path_parameters"]


def test_a_project_without_the_feature_says_which_one_it_lacks(
    whole: Column, tmp_path: Path
) -> None:
    cell = compare(KNOWLEDGE.concepts, [make_column(tmp_path), whole]).rows[1].cells["hello"]
    assert cell.excerpt is None
    assert cell.needs == "routes"
    assert "without the feature “routes”" in cell.reason


def test_a_learners_edit_stays_comparable_and_a_broken_file_gives_a_reason(whole: Column) -> None:
    edited = FileTree({**whole.tree, "books.py": "import x\n\n\ndef read(\n    id,\n): return 2\n"})
    broken = FileTree({**whole.tree, "books.py": "def read(:\n"})
    columns = [
        replace(whole, key="mine", tree=edited),
        replace(whole, key="broken", tree=broken),
    ]
    cells = compare(KNOWLEDGE.concepts, columns).rows[1].cells
    assert cells["mine"].excerpt is not None
    assert cells["mine"].excerpt.first_line == 4
    assert cells["broken"].excerpt is None
    assert cells["broken"].needs is None
    assert "not valid Python" in cells["broken"].reason


def test_a_concept_that_nobody_described_gives_a_reason(whole: Column) -> None:
    notes = replace(whole.notes, concepts={})
    cell = compare(KNOWLEDGE.concepts, [replace(whole, notes=notes)]).rows[0].cells["routes"]
    assert cell.excerpt is None
    assert cell.reason


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("app/books.py", "code"),
        ("templates/list.html", "code"),
        ("tests/test_books.py", "tests"),
        ("tests/books.json", "tests"),
        ("shelf/tests/test_hello.py", "tests"),
        ("shelf/tests.py", "tests"),
        ("conftest.py", "tests"),
        ("app/testing.py", "code"),
        ("pyproject.toml", "config"),
        (".sandbox/project.toml", "config"),
        (".gitignore", "config"),
        ("Dockerfile", "config"),
        ("alembic.ini", "config"),
        ("README.md", "docs"),
        ("shelf/fixtures/books.json", "data"),
        ("requirements.txt", "config"),
    ],
)
def test_a_file_is_counted_by_what_it_is_for(path: str, kind: str) -> None:
    cost = count(FileTree({path: "one\n\n  \ntwo\n"}))
    assert cost.files == {each: int(each == kind) for each in KINDS}
    assert cost.lines == {each: 2 * int(each == kind) for each in KINDS}
    assert (cost.all_files, cost.all_lines) == (1, 2)


def test_packages_are_those_of_the_chosen_features_each_once(whole: Column) -> None:
    installed = {"hello": ("tiny", "b"), "routes": ("a", "b"), "database": ("big",)}
    column = replace(whole, notes=replace(whole.notes, installed=installed))
    assert compare(KNOWLEDGE.concepts, [column]).costs["routes"].packages == ("a", "b", "tiny")
