"""`sandbox logs`: what apps have printed."""

import json
import time
from collections import deque
from collections.abc import Callable, Sequence

import click

from sandbox.cli.apps import Names, complete_project, nothing_runs, projects_named, running
from sandbox.cli.choices import json_option, open_here
from sandbox.cli.follow import Follower, Line
from sandbox.cli.interrupt import ended_by_signals
from sandbox.workspace import Project

_PAUSE = 0.1


@click.command("logs")
@click.argument("names", nargs=-1, metavar="[PROJECT]...", shell_complete=complete_project)
@click.option("--follow", "-f", is_flag=True, help="Go on with what is printed from now on.")
@click.option(
    "--lines",
    "-n",
    type=click.IntRange(0),
    default=200,
    show_default=True,
    help="How many of the last lines to begin with.",
)
@json_option
@click.pass_context
def command(
    ctx: click.Context, /, *, names: tuple[str, ...], follow: bool, lines: int, json_wanted: bool
) -> None:
    """Show what projects have printed. Without names: those that run.

    --json prints one JSON object a line.
    """
    workshop = open_here(ctx)
    projects = projects_named(workshop, names or tuple(running(workshop)))
    if not projects:
        raise nothing_runs()
    tell = _teller(projects, json_wanted=json_wanted)
    follower = Follower(workshop.lab, projects, from_now=False)
    for project in projects:
        for line in deque(follower.lines(project), maxlen=lines):
            tell(line)
    if not follow:
        for line in follower.rest():
            tell(line)
        return
    with ended_by_signals():
        while True:
            time.sleep(_PAUSE)
            for project in projects:
                for line in follower.lines(project):
                    tell(line)


def _teller(projects: Sequence[Project], *, json_wanted: bool) -> Callable[[Line], None]:
    names = Names(projects)

    def tell(line: Line) -> None:
        if json_wanted:
            click.echo(json.dumps({"project": line.project, "line": line.text}, ensure_ascii=False))
        elif len(projects) == 1:
            click.echo(line.text)
        else:
            names.say(line.project, line.text)

    return tell
