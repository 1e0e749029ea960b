"""`sandbox open`: a running app, or the Lab, in the browser."""

import webbrowser

import click

from sandbox.cli import show
from sandbox.cli.apps import complete_project, project_named, running
from sandbox.cli.choices import json_option, open_here
from sandbox.errors import ServerError
from sandbox.workshop import Workshop


@click.command("open")
@click.argument("name", required=False, metavar="[PROJECT]", shell_complete=complete_project)
@click.option("--no-open", is_flag=True, help="Only say the address.")
@json_option
@click.pass_context
def command(ctx: click.Context, /, *, name: str | None, no_open: bool, json_wanted: bool) -> None:
    """Open a running project in the browser. Without a name: the Lab with all of them."""
    workshop = open_here(ctx)
    address = _lab(workshop) if name is None else _app(workshop, name)
    opened = not no_open and webbrowser.open(address)
    if json_wanted:
        show.as_json({"address": address, "opened": opened})
        return
    show.line(address)
    if not opened and not no_open:
        show.note("No browser could be opened from here: open this address yourself.")


def _lab(workshop: Workshop) -> str:
    pages = workshop.workspace.served_at()
    if pages is None:
        raise ServerError(
            "The pages of this workspace are not served just now.", "Start them: `sandbox serve`."
        )
    return f"{pages}/lab"


def _app(workshop: Workshop, name: str) -> str:
    project = project_named(workshop, name)
    state = running(workshop).get(project.folder.name) or workshop.lab.state(project)
    if state.phase != "running" or state.address is None:
        raise ServerError(
            f"“{project.folder.name}” is not running.",
            f"Start it: `sandbox run {project.folder.name}`.",
        )
    return state.address
