"""A step is done when all that it asks for was looked at, and not before."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from sandbox.contract import Means
from sandbox.errors import LessonError, ProgramError, ServerError
from sandbox.learn import (
    RunningApp,
    StepReport,
    begin,
    check_step,
    hints,
    next_step,
    read_progress,
    steps_of,
    take_hint,
)
from sandbox.run.errand import Done
from sandbox.workshop import Workshop
from sandbox.workspace import Project, read_project
from tests.contract.conftest import serving
from tests.contract.reference import Reference
from tests.support.variants import WORKSHOP, workshop_in

DATABASE = ("hello", "routes", "validation", "database")
SURVIVE = "database.books-and-reviews-survive-a-restart"
_STEPS = steps_of(WORKSHOP.scaffold("flask"), "database").values()
PRINTED = " ".join(text for step in _STEPS for run in step.runs for text in run.shows)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return workshop_in(tmp_path)


@pytest.fixture
def project(workshop: Workshop) -> Project:
    made = workshop.create([workshop.request("flask", features=["validation"])])[0]
    begin(workshop.course, made, "database/model")
    return read_project(made.folder)


@pytest.fixture
def url() -> Iterator[str]:
    with serving(Reference(frozenset(DATABASE))) as address:
        yield address


def checked(
    workshop: Workshop,
    project: Project,
    key: str,
    url: str | None = None,
    *,
    typed: Done = Done(0, PRINTED),  # noqa: B008 - a value that never changes
    means: Means | None = None,
) -> StepReport:
    app = (lambda: nullcontext(RunningApp(url, means))) if url else None
    return check_step(workshop.course, project, key, app=app, terminal=lambda _: typed)


def test_a_command_that_ends_well_finishes_a_step_without_a_running_app(
    workshop: Workshop, project: Project
) -> None:
    assert checked(workshop, project, "database/model").done
    assert read_progress(project.folder).done == ("database/model",)
    following = next_step(workshop.course, project, "database")
    assert following is not None
    assert following.id == "migration"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (Done(1, "ImportError: cannot import name 'Bok'"), "cannot import name 'Bok'"),
        (Done(0, "title author isbn year created_at"), "It does not say “UNIQUE (isbn)”."),
        (Done(None, "It took longer"), "It took longer"),
    ],
)
def test_a_command_that_does_not_end_well_tells_what_it_printed(
    workshop: Workshop, project: Project, typed: Done, told: str
) -> None:
    report = checked(workshop, project, "database/model", typed=typed)
    assert not report.done
    assert report.first is not None
    assert told in report.first.message
    assert "run 1" in read_progress(project.folder).steps["database/model"].failed


def test_the_diagnosis_says_what_to_read_first(workshop: Workshop, project: Project) -> None:
    typed = Done(1, "ImportError: cannot import name 'Bok' from 'app.models' (app/models.py)")
    report = checked(workshop, project, "database/model", typed=typed)
    assert report.diagnosis is not None
    assert report.diagnosis.says == "The module app.models has nothing that is called Bok."
    assert checked(workshop, project, "database/model").diagnosis is None


def test_an_app_that_does_not_start_is_told_with_the_learners_line(
    workshop: Workshop, project: Project
) -> None:
    folder = "/copy/of/shelf"
    frames = "".join(f'  File "/lib/{name}.py", line 1, in call\n' for name in "abcdefgh")
    output = f'  File "{folder}/app/models.py", line 7, in <module>\n{frames}KeyError: 7'
    message = "The app ended before it answered."
    dead = ProgramError(message, "It printed:\nKeyError: 7", output=output, folder=folder)

    def app() -> AbstractContextManager[RunningApp]:
        raise dead.moved(str(project.folder))

    report = check_step(
        workshop.course, project, "database/write", app=app, terminal=lambda _: Done(0, PRINTED)
    )
    assert report.diagnosis is not None
    assert report.diagnosis.place == ("app/models.py", 7)
    assert folder not in str(dead.moved(str(project.folder)))


def test_the_error_of_an_except_is_told_before_the_one_that_it_was_to_catch(
    workshop: Workshop, project: Project
) -> None:
    printed = (
        "Traceback (most recent call last):\n"
        "pydantic_core._pydantic_core.ValidationError: 1 validation error for Quote\n"
        "\nDuring handling of the above exception, another exception occurred:\n\n"
        "Traceback (most recent call last):\n{end}"
    )
    for end, told in (
        ("NameError: name 'TimeOutError' is not defined", "name-unknown"),
        ("ValueError: 7", "values-refused"),
    ):
        typed = Done(1, printed.format(end=end))
        report = checked(workshop, project, "database/model", typed=typed)
        assert report.diagnosis is not None
        assert report.diagnosis.id == told


def test_a_command_that_never_was_green_is_not_red_again(
    workshop: Workshop, project: Project
) -> None:
    wrong = Done(0, "title author isbn year created_at")
    assert checked(workshop, project, "database/model").done
    assert checked(workshop, project, "database/migration", typed=wrong).lost == ()
    assert checked(workshop, project, "database/model", typed=wrong).lost[0] == "run 1"


def test_commands_run_while_the_app_starts_and_have_ended_when_it_is_asked(
    workshop: Workshop, project: Project, url: str
) -> None:
    begun, ended = Event(), Event()

    def terminal(_: str) -> Done:
        begun.set()
        time.sleep(0.05)
        ended.set()
        return Done(0, PRINTED)

    @contextmanager
    def app() -> Iterator[RunningApp]:
        assert begun.wait(5)
        yield RunningApp(url, log=lambda: "" if ended.is_set() else "asked too early")

    def fail(_: str) -> Done:
        message = "There is no room."
        raise ServerError(message)

    report = check_step(workshop.course, project, "database/read", app=app, terminal=terminal)
    assert report.seen[0].name == "run 1"
    assert ended.is_set()
    with pytest.raises(ServerError, match="no room"):
        check_step(workshop.course, project, "database/model", app=None, terminal=fail)


def test_a_step_asks_an_app_for_its_own_checks_and_those_before(
    workshop: Workshop, project: Project, url: str
) -> None:
    report = checked(workshop, project, "database/write", url)
    assert report.done
    names = {each.name for each in report.seen}
    assert "database.patching-changes-one-field" in names
    assert "routes.bad-limits-are-refused" in names  # of the step before
    assert "database.reviews-are-newest-first" not in names  # of the next one
    assert {each.name for each in report.seen if not each.own} >= {"routes.books-can-be-read"}


def test_what_could_not_be_tried_is_not_done_but_done_except(
    workshop: Workshop, project: Project, url: str
) -> None:
    report = checked(workshop, project, "database/relation", url)
    assert not report.done
    assert [each.name for each in report.missing] == [
        "database.books-and-reviews-survive-a-restart"
    ]
    assert report.missing[0].means == "restart"
    assert read_progress(project.folder).done == ()
    known = read_progress(project.folder).steps["database/relation"]
    assert known.missing == (SURVIVE,)


def test_with_the_means_it_is_done_and_covers_all_before(
    workshop: Workshop, project: Project, url: str
) -> None:
    report = checked(
        workshop, project, "database/relation", url, means=Means(restart=lambda _: None)
    )
    assert report.done
    assert read_progress(project.folder).done == ("database/relation", "database")
    assert next_step(workshop.course, project, "database") is None


def test_an_app_without_the_step_is_told_one_thing_to_mend(
    workshop: Workshop, project: Project
) -> None:
    with serving(Reference(frozenset(DATABASE[:3]))) as address:
        report = checked(workshop, project, "database/write", address)
    assert not report.done
    assert report.missing == ()
    assert report.first is not None
    assert report.first.name == "validation.books-can-be-added"
    assert "created_at" in report.first.message


def test_what_was_green_and_is_red_again_is_said(
    workshop: Workshop, project: Project, url: str
) -> None:
    assert checked(workshop, project, "database/write", url).lost == ()
    with serving(Reference(frozenset(DATABASE[:3]))) as address:
        report = checked(workshop, project, "database/write", address)
    assert report.lost == ("validation.books-can-be-added",)
    assert "database/write" in read_progress(project.folder).done  # it stays, and `failed` tells


def test_without_an_address_it_is_a_sentence(workshop: Workshop, project: Project) -> None:
    with pytest.raises(LessonError, match="on your running app"):
        checked(workshop, project, "database/read")


def test_hints_go_from_words_to_lines_to_the_solution_and_are_counted(
    workshop: Workshop, project: Project
) -> None:
    kinds = [take_hint(workshop.course, project, "database/read").kind for _ in range(6)]
    assert kinds == ["words", "words", "words", "lines", "solution", "solution"]
    assert read_progress(project.folder).steps["database/read"].hints == 5
    checked(workshop, project, "database/model")
    assert read_progress(project.folder).steps["database/read"].hints == 5


def test_the_lines_of_a_hint_are_those_of_the_solution_in_another_order(
    workshop: Workshop,
) -> None:
    *_, lines, solution = hints(workshop.course, "flask", "database/write")
    for mixed, whole in zip(lines.pieces, solution.pieces, strict=True):
        assert set(mixed.text.split("\n")) <= set(whole.text.split("\n"))
        assert mixed.text not in whole.text


@pytest.mark.parametrize("framework", WORKSHOP.scaffolds)
def test_no_hint_gives_the_lines_of_its_solution_in_their_order(framework: str) -> None:
    scaffold = WORKSHOP.scaffold(framework)
    for key in (each.key for name in scaffold.offers for each in steps_of(scaffold, name).values()):
        found = {each.kind: each for each in hints(WORKSHOP.course, framework, key)}
        if "lines" not in found:
            continue
        for mixed, whole in zip(found["lines"].pieces, found["solution"].pieces, strict=True):
            assert mixed.text not in whole.text or "\n" not in mixed.text, key


def test_the_solution_of_a_command_is_the_command(workshop: Workshop) -> None:
    *_, last = hints(workshop.course, "flask", "database/migration")
    assert last.kind == "solution"
    assert 'uv run flask db migrate -m "Books and reviews"' in last.text


def test_a_traceback_that_is_written_after_the_answer_is_waited_for(
    workshop: Workshop, project: Project
) -> None:
    logs = iter(["INFO: 500", "INFO: 500", "NameError: name 'Book' is not defined"])
    whole = Reference(frozenset({"hello"}))

    def sick(environ: dict[str, Any], start: Any) -> Any:
        if environ["PATH_INFO"] == "/health":
            start("500 Internal Server Error", [("Content-Type", "text/plain")])
            return [b"oh"]
        return whole(environ, start)

    with serving(sick) as url:
        report = check_step(
            workshop.course,
            project,
            "hello/health",
            app=lambda: nullcontext(RunningApp(url, None, lambda: next(logs))),
            terminal=lambda _: Done(0, ""),
        )
    assert report.diagnosis is not None
    assert report.diagnosis.id == "name-unknown"
