"""`sandbox stop`: end apps, whoever started them."""

import click

from sandbox.cli import show
from sandbox.cli.apps import complete_project, projects_named
from sandbox.cli.choices import json_option, open_here
from sandbox.run.state import UNDER_WAY


@click.command("stop")
@click.argument("names", nargs=-1, metavar="[PROJECT]...", shell_complete=complete_project)
@json_option
@click.pass_context
def command(ctx: click.Context, /, *, names: tuple[str, ...], json_wanted: bool) -> None:
    """Stop running projects, also those that the pages have started. Without names: all."""
    workshop = open_here(ctx)
    lab = workshop.lab
    wanted = projects_named(workshop, names) if names else workshop.projects()
    going = [each for each in wanted if lab.state(each).phase in UNDER_WAY]
    for each in going:
        with show.working(f"Stopping {each.folder.name}"):
            lab.stop(each)
        if not json_wanted:
            show.line(f"Stopped {each.folder.name}.")
    if json_wanted:
        show.as_json({"stopped": [each.folder.name for each in going]})
    elif not going:
        show.line("Nothing was running.")
