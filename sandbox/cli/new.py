"""`sandbox new`: generate projects into the workspace, a folder or a zip file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import click

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.choices import (
    complete_framework,
    features_option,
    json_option,
    open_here,
    own_command,
)
from sandbox.cli.places import Place
from sandbox.generate import ProjectRequest
from sandbox.program import as_line
from sandbox.workshop import Workshop
from sandbox.workspace import Project, write_file


@click.command("new")
@click.argument(
    "frameworks",
    nargs=-1,
    required=True,
    metavar="FRAMEWORK...",
    shell_complete=complete_framework,
)
@features_option
@click.option("--all-features", is_flag=True, help="Every feature the framework's projects offer.")
@click.option("--name", default="Shelf", show_default=True, help="What the project is called.")
@click.option("--slug", help="Folder and package name (default: made from the name).")
@click.option(
    "--into",
    type=Place(),
    help="Make FOLDER/<slug> instead of writing into your workspace.",
)
@click.option("--zip", "zip_file", type=Place(), help="Write one zip file instead.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    frameworks: tuple[str, ...],
    into: Path | None,
    zip_file: Path | None,
    json_wanted: bool,
    **wanted: Any,
) -> None:
    """Generate a project in FRAMEWORK (django, flask, fastapi, several of them, or all).

    The files are the same that the web pages show and download. Nothing is ever overwritten.
    """
    if into and zip_file:
        raise click.UsageError("--into and --zip exclude each other.", ctx)
    workshop = open_here(ctx)
    every, features = wanted.pop("all_features"), wanted.pop("features")
    if every and features:
        raise click.UsageError("--features and --all-features exclude each other.", ctx)
    requests = workshop.requests(frameworks, features=None if every else features, **wanted)
    made: Sequence[Project] = ()
    if zip_file:
        write_file(zip_file, workshop.archive(requests))
    else:
        with show.working("Writing"):
            made = workshop.create(requests, into)
    chosen = requests[0].features if every else features
    told = wire.created(workshop, requests, made, chosen=chosen)
    if json_wanted:
        show.as_json({**told, "zip": str(zip_file) if zip_file else None})
    else:
        _tell(workshop, requests, told, zip_file)


def _tell(
    workshop: Workshop,
    requests: Sequence[ProjectRequest],
    told: wire.Json,
    zip_file: Path | None,
) -> None:
    for name in cast("list[str]", told["added_features"]):
        label = workshop.knowledge.features[name].label
        show.note(f"Added “{label}” ({name}), because what you chose needs it.")
    projects = cast("list[dict[str, Any]]", told["projects"])
    rows = [(each["framework"], ", ".join(each["features"]), each["files"]) for each in projects]
    show.table(("framework", "features", "files"), rows)
    for wanted, each in zip(requests, projects, strict=True):
        commands = workshop.commands(wanted)
        show.heading(f"{workshop.knowledge.frameworks[each['framework']].name}: start it with")
        steps = commands.starting
        show.commands([as_line("cd", each["folder"]), *steps] if not zip_file else steps)
        for purpose, lines in commands.on_occasion:
            show.line(f"{purpose}:")
            show.commands(lines)
        show.line("To learn how it works:")
        show.commands([own_command(f"lesson {each['framework']}", here=False)])
    if zip_file:
        show.heading(f"Written to {zip_file}")
