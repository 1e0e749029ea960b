"""The planted faults fit the scaffolds, cover the contract, and can be tried."""

from __future__ import annotations

import ast

import pytest

from sandbox.contract import checks_for
from sandbox.generate import FileTree
from sandbox.generate.planted import Edit
from tests.mutation.faults import BadFault, Fault, described, load_faults, plant
from tests.mutation.trial import features_of
from tests.support.variants import EVERY_FRAMEWORK, FRAMEWORKS, WORKSHOP, tree

FEWEST_FAULTS = 40


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_every_fault_can_be_planted_and_leaves_python(framework: str) -> None:
    for fault in load_faults(framework):
        files = tree(framework, features_of(fault))
        planted = plant(files, fault)
        assert planted != files
        for edit in fault.edits:
            if edit.at.endswith(".py"):
                ast.parse(planted[edit.at])


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_every_sentence_is_broken_once_at_least(framework: str) -> None:
    bound = load_faults(framework)
    assert len(bound) >= FEWEST_FAULTS
    sentences = {about.sentence for about in described().values()}
    assert {fault.about.sentence for fault in bound} == sentences


def test_the_check_that_notices_a_fault_is_made_where_it_shows() -> None:
    for framework in FRAMEWORKS:
        for fault in load_faults(framework):
            made = {check.id for check in checks_for(features_of(fault))}
            assert fault.about.check in made, f"{fault.id}: {fault.about.check}"


def test_a_complaint_is_a_sentence_of_its_own() -> None:
    complaints = [about.complaint for about in described().values() if about.complaint]
    assert len(complaints) == len(set(complaints)) > len(described()) / 2
    for complaint in complaints:
        assert complaint.endswith((".", "!", "?", "”"))


def test_a_fault_is_tried_in_the_smallest_project_that_shows_it() -> None:
    faults = {fault.id: fault for fault in load_faults(next(iter(WORKSHOP.scaffolds)))}
    early = ("hello", "routes", "validation", "database")
    for name, features in {
        "health-fails": early,
        "titles-are-markup": (*early, "pages"),
        "one-request-id": ("hello", "deploy"),
        "import-is-not-announced": (*early, "live", "jobs"),
    }.items():
        assert features_of(faults[name]) == features


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (Edit("gone.py", "x", "y"), "there is no such file"),
        (Edit("app.py", "gone", "y"), "is there 0 times"),
        (Edit("app.py", "x", "y"), "is there 2 times"),
        (Edit("app.py", "1", "1"), "is there 1 times"),
    ],
)
def test_an_edit_that_does_not_fit_is_an_error(edit: Edit, sentence: str) -> None:
    about = next(iter(described().values()))
    fault = Fault(about, "flask", (edit,))
    with pytest.raises(BadFault, match=f"flask: {about.id}: .*{sentence}"):
        plant(FileTree({"app.py": "x = 1\nx = 2\n"}), fault)
