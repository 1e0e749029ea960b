"""`sandbox project`: another name, a twin, or a place in the trash."""

from pathlib import Path

import click

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.apps import complete_project, project_named
from sandbox.cli.choices import json_option, open_here
from sandbox.workspace import TRASH


@click.group("project")
def command() -> None:
    """Rename a project, duplicate it to try something, or move it to the trash."""


@command.command("rename")
@click.argument("name", metavar="PROJECT", shell_complete=complete_project)
@click.argument("new_name", metavar="NEW-NAME")
@json_option
@click.pass_context
def rename(ctx: click.Context, name: str, new_name: str, *, json_wanted: bool) -> None:
    """Give the folder of PROJECT another name; what the app calls itself stays."""
    workshop = open_here(ctx)
    renamed = workshop.rename(project_named(workshop, name), new_name)
    if json_wanted:
        show.as_json({"project": wire.plain(renamed)})
    else:
        show.line(f"It is {renamed.folder} now.")


@command.command("duplicate")
@click.argument("name", metavar="PROJECT", shell_complete=complete_project)
@click.argument("new_name", metavar="NEW-NAME")
@json_option
@click.pass_context
def duplicate(ctx: click.Context, name: str, new_name: str, *, json_wanted: bool) -> None:
    """Copy PROJECT with its database, without its environment."""
    workshop = open_here(ctx)
    with show.working("Copying"):
        twin = workshop.duplicate(project_named(workshop, name), new_name)
    if json_wanted:
        show.as_json({"project": wire.plain(twin)})
    else:
        show.line(f"The copy is {twin.folder}.")


@command.command("trash")
@click.argument("name", metavar="PROJECT", shell_complete=complete_project)
@json_option
@click.pass_context
def trash(ctx: click.Context, name: str, *, json_wanted: bool) -> None:
    """Move PROJECT to the trash of the workspace; nothing is deleted."""
    workshop = open_here(ctx)
    lies: Path = workshop.trash(project_named(workshop, name))
    if json_wanted:
        show.as_json({"folder": str(lies)})
    else:
        show.line(f"It lies in {lies} now. Move it out of {TRASH} to have it back.")
