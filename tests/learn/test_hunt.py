"""A hunt is a generated project with one fault in it, and nothing in it tells which."""

import re
from pathlib import Path

import pytest

from sandbox.contract import CHECKS
from sandbox.errors import LessonError, WorkspaceError
from sandbox.generate.planted import plant
from sandbox.learn.hunt import begin_hunt, checks_of, hints_of, hunt_of, hunts
from sandbox.workspace import read_tree
from tests.support.variants import EVERY_FRAMEWORK, WORKSHOP, tree, workshop_in


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_there_are_at_least_25_hunts_and_each_can_be_planted(framework: str) -> None:
    found = hunts(WORKSHOP.course, framework)
    assert len(found) >= 25
    assert [each.number for each in found] == list(range(1, len(found) + 1))
    assert [each.level for each in found] == sorted(
        (each.level for each in found), key=("easy", "middling", "hard").index
    )
    for each in found:
        whole = tree(framework, each.features)
        assert plant(whole, each.edits) != whole
        assert each.fault.check in {check.id for check in checks_of(each)}
        assert each.fault.id not in each.folder


def test_the_project_of_a_hunt_differs_by_its_fault_alone(tmp_path: Path) -> None:
    workshop = workshop_in(tmp_path)
    hunt = hunts(workshop.course, "flask")[5]
    project = begin_hunt(workshop.course, workshop.workspace, hunt)
    made, whole = read_tree(project.folder), tree("flask", hunt.features)
    differing = {path for path in {*made, *whole} if made.get(path) != whole.get(path)}
    differing -= {"README.md", "app/hello.py", ".sandbox/project.toml", "pyproject.toml"}
    assert differing <= {edit.at for edit in hunt.edits}
    assert hunt_of(workshop.course, project) == hunt
    with pytest.raises(WorkspaceError):
        begin_hunt(workshop.course, workshop.workspace, hunt)


def test_hints_go_from_the_sentence_to_the_line() -> None:
    for hunt in hunts(WORKSHOP.course, "flask"):
        what, file, line, how = hints_of(WORKSHOP.course, hunt)
        assert hunt.fault.sentence in what
        assert hunt.edits[0].at in file
        assert f"{hunt.edits[0].at}, line " in line
        assert how.endswith(hunt.edits[0].find.strip())


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_a_hint_names_the_line_of_the_fault_itself(framework: str) -> None:
    for hunt in hunts(WORKSHOP.course, framework):
        whole = tree(framework, hunt.features)
        planted = plant(whole, hunt.edits)
        first = hunt.edits[0]
        found = re.search(rf"{re.escape(first.at)}, line (\d+)", hints_of(WORKSHOP.course, hunt)[2])
        assert found
        text, part = (planted, first.put) if first.put else (whole, first.find)
        line = text[first.at].split("\n")[int(found[1]) - 1]
        assert part.strip().split("\n")[0] in line


def test_an_ordinary_project_is_no_hunt(tmp_path: Path) -> None:
    workshop = workshop_in(tmp_path)
    (project,) = workshop.create([workshop.request("flask")])
    with pytest.raises(LessonError, match="is no bug hunt"):
        hunt_of(workshop.course, project)


def test_every_check_that_a_hunt_needs_is_there() -> None:
    known = {each.id for each in CHECKS}
    assert {each.fault.check for each in hunts(WORKSHOP.course, "django")} <= known
