"""`sandbox test`: the tests that a project has itself, and the contract for its features."""

from collections.abc import Iterator

import click

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.apps import complete_project, projects_named
from sandbox.cli.choices import json_option, open_here
from sandbox.cli.exit_codes import FOUND_SOMETHING
from sandbox.cli.follow import plain
from sandbox.cli.interrupt import ended_by_signals
from sandbox.errors import UsageError
from sandbox.run.checked import Checked, CheckOutcome


@click.command("test")
@click.argument("names", nargs=-1, metavar="[PROJECT]...", shell_complete=complete_project)
@click.option("--contract", is_flag=True, help="Hold a copy of each to the contract as well.")
@json_option
@click.pass_context
def command(
    ctx: click.Context, /, *, names: tuple[str, ...], contract: bool, json_wanted: bool
) -> int:
    """Run the own tests of projects in their prepared environment. Without names: of all."""
    workshop = open_here(ctx)
    projects = projects_named(workshop, names) if names else workshop.projects()
    if not projects:
        raise UsageError("There is no project to test.", "Make one, as in `sandbox new flask`.")
    told: list[wire.Json] = []
    good = True
    with ended_by_signals():
        for each in projects:
            if not json_wanted:
                show.heading(each.folder.name)
            printed = None if json_wanted else _print
            tests = workshop.lab.test(each, on_line=printed)
            checked = workshop.lab.check(each) if contract else None
            good = good and tests.ok and (checked is None or checked.ok)
            told.append(wire.tested(each.folder.name, tests, checked))
            if checked is not None and not json_wanted:
                _tell(checked)
    if json_wanted:
        show.as_json({"ok": good, "projects": told})
    return 0 if good else FOUND_SOMETHING


def _print(line: str) -> None:
    click.echo(plain(line))


def _parts(failure: CheckOutcome) -> Iterator[tuple[str, str]]:
    if not failure.answer:  # kept by an earlier version
        yield "Found:", failure.message
        return
    if failure.request:
        yield "Request:", failure.request
    yield ("Answer:" if failure.request else "Found:"), failure.answer
    yield "Expected:", failure.expectation


def _tell(checked: Checked) -> None:
    by_id = {each.id: each for each in checked.results}
    for number, cause in enumerate(checked.causes):
        if number < 2:
            show.line(("Begin here:", "Failed as well:")[number])
        show.line(f"✗ {by_id[cause].sentence}", colour="red")
        for word, part in _parts(by_id[cause]):
            show.line(f"{word} {part}", indent=4)
    counts = (f"{checked.count(each)} {each}" for each in ("passed", "failed", "skipped"))
    show.line(f"The contract: {', '.join(counts)}. {checked.problem}".rstrip())
