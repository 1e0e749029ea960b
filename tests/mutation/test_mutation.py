"""The planted faults fit the scaffolds, cover the contract, and can be tried."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.contract import CHECKS, checks_for
from sandbox.errors import ScaffoldError
from sandbox.generate import FileTree
from sandbox.generate.planted import Edit, plant
from tests.mutation.faults import DESCRIBED, load_faults
from tests.mutation.unplanted import UNPLANTED
from tests.support.variants import EVERY_FRAMEWORK, FRAMEWORKS, WORKSHOP, tree

FEWEST_FAULTS = 40


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_every_fault_can_be_planted_and_leaves_python(framework: str) -> None:
    for fault in load_faults(framework):
        files = tree(framework, fault.about.project)
        planted = plant(files, fault.edits)
        assert planted != files
        for edit in fault.edits:
            if edit.at.endswith(".py"):
                ast.parse(planted[edit.at])


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_what_a_fault_imports_stands_where_its_framework_would_have_it(
    framework: str, tmp_path: Path
) -> None:
    own: set[str] = set()
    for fault in load_faults(framework):
        files = tree(framework, fault.about.project)
        own |= {path.split("/")[0].removesuffix(".py") for path in files}
        planted = plant(files, fault.edits)
        for number, edit in enumerate(fault.edits):
            assert "__import__" not in edit.put  # whoever hunts it would find it by this word
            if edit.imports:
                (tmp_path / f"{fault.id}-{number}.py").write_text(planted[edit.at])
    firsts = f"lint.isort.known-first-party = {sorted(own)}"
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache"]
    command += ["--config", firsts, "--select", "I,F811,F821", "--line-length", "88", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_every_sentence_is_broken_once_at_least(framework: str) -> None:
    bound = load_faults(framework)
    assert len(bound) >= FEWEST_FAULTS
    sentences = {about.sentence for about in DESCRIBED.values()}
    assert {fault.about.sentence for fault in bound} == sentences


def test_every_check_has_a_fault_or_a_reason_for_none() -> None:
    planted = {about.check for about in DESCRIBED.values()}
    assert not planted & set(UNPLANTED)
    assert {check.id for check in CHECKS} - planted == set(UNPLANTED)


def test_the_check_that_notices_a_fault_is_made_where_it_shows() -> None:
    for framework in FRAMEWORKS:
        for fault in load_faults(framework):
            made = {check.id for check in checks_for(fault.about.project)}
            assert fault.about.check in made, f"{fault.id}: {fault.about.check}"


def test_a_complaint_is_a_sentence_of_its_own() -> None:
    complaints = [about.complaint for about in DESCRIBED.values() if about.complaint]
    assert len(complaints) == len(set(complaints)) > len(DESCRIBED) / 2
    for complaint in complaints:
        assert complaint.endswith((".", "!", "?", "”"))


def test_a_fault_is_tried_in_the_smallest_project_that_shows_it() -> None:
    faults = {fault.id: fault for fault in load_faults(next(iter(WORKSHOP.scaffolds)))}
    early = ("hello", "routes", "validation", "database")
    for name, features in {
        "health-fails": early,
        "books-are-listed-backwards": ("hello", "routes", "validation"),
        "titles-are-markup": (*early, "pages"),
        "one-request-id": ("hello", "deploy"),
        "import-is-not-announced": (*early, "live", "jobs"),
    }.items():
        assert faults[name].about.project == features


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (Edit("gone.py", "x", "y"), "there is no file gone.py"),
        (Edit("app.py", "gone", "y"), "stands 0 times in app.py"),
        (Edit("app.py", "x", "y"), "stands 2 times in app.py"),
        (Edit("app.py", "1", "1"), "put in its own place"),
        (Edit("app.py", "", "y"), "app.py is there already"),
        (
            Edit("app.py", "1", "(", ("import os",)),
            "app.py cannot import anything: it is no Python",
        ),
    ],
)
def test_an_edit_that_does_not_fit_is_an_error(edit: Edit, sentence: str) -> None:
    with pytest.raises(ScaffoldError, match=sentence):
        plant(FileTree({"app.py": "x = 1\nx = 2\n"}), [edit])


def test_edits_are_made_one_after_another_and_may_add_a_file() -> None:
    edits = [Edit("app.py", "1", "2"), Edit("app.py", "2", "3"), Edit("new.py", "", "y\n")]
    tree = plant(FileTree({"app.py": "x = 1\n"}), edits)
    assert dict(tree.items()) == {"app.py": "x = 3\n", "new.py": "y\n"}
