"""Whatever an idiomatic tutorial teaches passes: at least twelve right solutions a framework."""

from collections import Counter
from contextlib import nullcontext
from pathlib import Path

import pytest

from sandbox.generate import FileTree
from sandbox.learn import Step, check_step, steps_of
from sandbox.run.errand import Done
from sandbox.workspace import Workspace
from tests.steps.otherwise import EVERY, Otherwise
from tests.steps.proof import Bench, running
from tests.support.variants import FRAMEWORKS, WORKSHOP, tree

FEATURES = ("hello", "routes", "validation")


def test_there_are_at_least_twelve_of_each_framework() -> None:
    count = Counter(each.framework for each in EVERY.values())
    assert set(count) == set(FRAMEWORKS)
    assert min(count.values()) >= 12


def steps_on_answers(solution: Otherwise) -> list[Step]:
    """Return the steps whose contract checks such a solution must pass."""
    scaffold = WORKSHOP.scaffold(solution.framework)
    return [
        step
        for feature in solution.lessons
        for step in steps_of(scaffold, feature).values()
        if step.checks
    ]


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", EVERY)
def test_a_right_solution_done_otherwise_is_done(name: str, tmp_path: Path) -> None:
    solution = EVERY[name]
    whole = FileTree({**tree(solution.framework, FEATURES), **solution.files})
    wanted = steps_on_answers(solution)
    bench = Bench(solution.framework, wanted[0], tmp_path, whole, (), FEATURES)
    project = Workspace(tmp_path).write(whole, "shelf")
    with running(bench, project.folder) as app:
        reports = [
            check_step(
                WORKSHOP.course,
                project,
                step.key,
                app=lambda: nullcontext(app),
                # Own tests that import by name are not asked here: only what the app answers.
                terminal=lambda line: Done(0, " ".join(_shown(solution, line))),
            )
            for step in wanted
        ]
    red = [f"{each.step.key}: {each.first}" for each in reports if not each.done]
    assert red == []


def _shown(solution: Otherwise, line: str) -> list[str]:
    steps = steps_on_answers(solution)
    return [
        text for step in steps for run in step.runs if run.command == line for text in run.shows
    ]
