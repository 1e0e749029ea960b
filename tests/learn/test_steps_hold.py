"""A project passes every step that it contains, at any time: the check goes by what it has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.learn import features_present, record, steps
from sandbox.workshop import Workshop
from sandbox.workspace import Project
from tests.contract.conftest import serving
from tests.contract.reference import Reference
from tests.mutation.starting import started
from tests.support.patience import unhurried
from tests.support.variants import (
    EVERY_FRAMEWORK,
    WORKSHOP,
    feature_sets,
    pairwise_sets,
    tree,
    workshop_in,
)

DATABASE = ("hello", "routes", "validation", "database")


MANY_BUT_NOT_ALL = {name: pairwise_sets(name)[-2] for name in WORKSHOP.scaffolds}


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return workshop_in(tmp_path)


def project(workshop: Workshop, framework: str, features: tuple[str, ...]) -> Project:
    return workshop.create([workshop.request(framework, features=features)])[0]


@pytest.fixture
def url() -> Iterator[str]:
    with serving(Reference(frozenset(DATABASE))) as address:
        yield address


@pytest.mark.parametrize("step", DATABASE[::-1])
def test_a_project_with_a_database_passes_the_steps_before_it(
    workshop: Workshop, url: str, step: str
) -> None:
    made = project(workshop, "flask", ("database",))
    report = workshop.check_step(made, step, url)
    assert [(each.check.id, each.message) for each in report.of("failed")] == []
    assert {each.check.feature for each in report.results} == {
        *DATABASE[: DATABASE.index(step) + 1]
    }


def test_a_step_is_asked_of_what_was_added_by_hand_and_checked(
    workshop: Workshop, url: str
) -> None:
    made = project(workshop, "flask", ())
    for step in DATABASE:
        record(made.folder, step)
    assert workshop.check_step(made, "routes", url).ok


@pytest.mark.parametrize(
    ("made_with", "done", "step", "present"),
    [
        ((), (), "hello", ("hello",)),
        ((), (), "database", DATABASE),
        (("async",), (), "async", ("hello", "routes", "async")),
        (("async",), ("validation",), "live", ("hello", "routes", "validation", "async", "live")),
        (("pages",), (), "routes", (*DATABASE, "pages")),
        (("pages",), ("a-feature-of-tomorrow",), "hello", (*DATABASE, "pages")),
    ],
)
def test_what_a_project_has_is_what_it_was_made_with_and_what_was_done(
    workshop: Workshop,
    made_with: tuple[str, ...],
    done: tuple[str, ...],
    step: str,
    present: tuple[str, ...],
) -> None:
    made = project(workshop, "flask", made_with)
    for each in done:
        record(made.folder, each)
    assert features_present(workshop.course, made, step) == present


def test_who_follows_the_lessons_without_checking_has_all_before(workshop: Workshop) -> None:
    made = project(workshop, "flask", ())
    ladder = steps(workshop.course, "flask")
    path = ladder[: ladder.index("live") + 1]
    assert features_present(workshop.course, made, "live") == path


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_every_step_asks_of_a_reference_project_what_its_contract_asks(
    tmp_path: Path, framework: str
) -> None:
    for features in feature_sets(framework):
        made = Project(tmp_path, framework, "Shelf", "shelf", features)
        for step in features:
            assert features_present(WORKSHOP.course, made, step) == features


@pytest.mark.slow
@pytest.mark.parametrize(("framework", "features"), MANY_BUT_NOT_ALL.items())
def test_a_running_reference_project_passes_its_last_step_and_then_an_early_one(
    workshop: Workshop, tmp_path: Path, framework: str, features: tuple[str, ...]
) -> None:
    made = project(workshop, framework, features)
    rendered = tree(framework, features)
    folder = tmp_path / "running"
    with started(framework, rendered, features, folder, cheap_passwords=True) as app:
        for step in (features[-1], features[len(features) // 2]):
            report = workshop.check_step(
                made, step, app.server.launch.url, means=app.means, clock=unhurried()
            )
            failed = [(each.check.id, each.message) for each in report.of("failed")]
            assert failed == [], f"step {step}, seed {report.seed}"
