"""`sandbox hunt`: a project with one planted fault, a visitor's complaint, and you."""

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.choices import complete_framework, json_option, open_here, own_command
from sandbox.cli.exit_codes import FOUND_SOMETHING
from sandbox.cli.interrupt import called_off_by_signals
from sandbox.cli.places import Place
from sandbox.errors import LessonError
from sandbox.learn.hunt import (
    Hunt,
    begin_hunt,
    check_hunt,
    hints_of,
    hunt_of,
    hunts,
    take_hunt_hint,
)
from sandbox.program import as_line
from sandbox.workshop import Workshop
from sandbox.workspace import read_project


class _HuntGroup(click.Group):
    """Take a framework's name where a subcommand would stand: `hunt flask` begins a hunt."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Read `check`, `hint` and `list` as subcommands, everything else as a framework."""
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return "hunt", begin, args

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the frameworks beside the subcommands."""
        param = begin.params[0]
        return super().shell_complete(ctx, incomplete) + complete_framework(ctx, param, incomplete)


@click.group(
    "hunt",
    cls=_HuntGroup,
    no_args_is_help=True,
    subcommand_metavar="FRAMEWORK | COMMAND [FOLDER]",
)
def command() -> None:
    """Find a bug: `sandbox hunt flask` makes a project with one fault and tells a complaint."""


@click.command("hunt")
@click.argument("framework", shell_complete=complete_framework)
@click.option("--feature", help="Only faults of this feature.")
@click.option("--number", type=click.IntRange(min=1), help="This one of `sandbox hunt list`.")
@json_option
@click.pass_context
def begin(
    ctx: click.Context,
    /,
    *,
    framework: str,
    feature: str | None,
    number: int | None,
    json_wanted: bool,
) -> None:
    """Begin the next hunt, the easy ones first, in a project of its own in your workspace."""
    workshop = open_here(ctx)
    hunt = _wanted(workshop, framework, feature, number)
    project = begin_hunt(workshop.course, workshop.workspace, hunt)
    if json_wanted:
        show.as_json({"folder": str(project.folder), **_told(hunt)})
        return
    show.heading(f"Hunt {hunt.number} in {workshop.knowledge.frameworks[framework].name}")
    show.line(f"Level: {hunt.level}. The project is in {project.folder}.")
    show.line()
    show.line(f"“{hunt.complaint}”", indent=4)
    show.line()
    show.line("Find the line, mend it, then:")
    show.commands([own_command(as_line("hunt", "check", str(project.folder)))])
    show.line("If you are stuck:")
    show.commands([own_command(as_line("hunt", "hint", str(project.folder)))])


@command.command("list")
@click.argument("framework", shell_complete=complete_framework)
@click.option("--feature", help="Only faults of this feature.")
@json_option
@click.pass_context
def list_hunts(
    ctx: click.Context, /, *, framework: str, feature: str | None, json_wanted: bool
) -> None:
    """List the hunts of a framework, from easy to hard."""
    workshop = open_here(ctx)
    found = _of(workshop, framework, feature)
    if json_wanted:
        show.as_json({"hunts": [_told(each) for each in found]})
        return
    show.table(
        ("number", "level", "complaint"),
        [(each.number, each.level, each.complaint) for each in found],
    )


@command.command("check")
@click.argument("folder", type=Place(), default=".")
@click.option("--url", help="Where the app runs; without it, on a copy that is started for it.")
@json_option
@click.pass_context
def check(ctx: click.Context, /, *, folder: Path, url: str | None, json_wanted: bool) -> int:
    """See whether the fault is mended; then comes why, and what it is called."""
    workshop = open_here(ctx)
    project = read_project(folder.resolve())
    with called_off_by_signals() as clock, workshop.app_of(project, url) as app:
        done = check_hunt(workshop.course, project, app, clock=clock)
    hunt, red = done.hunt, done.red
    if json_wanted:
        why = {"why": hunt.fault.tells, "name": hunt.name} if done.found else {}
        told = {"found": done.found, **_told(hunt), **why}
        show.as_json({**told, **wire.contract(done.report)})
    elif red:
        show.line(f"✗ {red[0].check.sentence}", colour="red")
        show.line(red[0].message, indent=4)
        show.line("It is still there.")
    else:
        show.line("✓ Found and mended.", colour="green")
        show.line(f"What it was: {hunt.fault.tells}")
        show.line(f"What must hold: {hunt.fault.sentence}")
        show.line(f"Its name: {hunt.name}")
        if hunt.named:
            show.line(hunt.named.says)
    return FOUND_SOMETHING if red else 0


@command.command("hint")
@click.argument("folder", type=Place(), default=".")
@json_option
@click.pass_context
def hint(ctx: click.Context, /, *, folder: Path, json_wanted: bool) -> None:
    """Give the next hint: what is broken, the file, the line, and how it should read."""
    workshop = open_here(ctx)
    project = read_project(folder.resolve())
    of = len(hints_of(workshop.course, hunt_of(workshop.course, project)))
    *before, text = take_hunt_hint(workshop.course, project)
    number = len(before) + 1
    if json_wanted:
        show.as_json({"number": number, "of": of, "text": text})
        return
    show.heading(f"Hint {number} of {of}")
    show.line(text)


def _of(workshop: Workshop, framework: str, feature: str | None) -> tuple[Hunt, ...]:
    found = hunts(workshop.course, workshop.scaffold(framework).framework)
    chosen = tuple(each for each in found if feature in (None, *each.fault.features))
    if not chosen:
        raise LessonError(
            f"There is no hunt in {framework} for {(feature or 'it')[:60]!a}.",
            f"See `sandbox hunt list {framework}`.",
        )
    return chosen


def _wanted(workshop: Workshop, framework: str, feature: str | None, number: int | None) -> Hunt:
    found = _of(workshop, framework, feature)
    made = {each.folder.name for each in workshop.projects()}
    for each in found:
        if number == each.number or (number is None and each.folder not in made):
            return each
    raise LessonError(
        f"There is no hunt {number}." if number else "You have begun every hunt.",
        f"See `sandbox hunt list {framework}`.",
    )


def _told(hunt: Hunt) -> dict[str, object]:
    return {
        "number": hunt.number,
        "framework": hunt.framework,
        "level": hunt.level,
        "complaint": hunt.complaint,
        "features": list(hunt.features),
    }
