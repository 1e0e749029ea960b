"""`sandbox serve`, and plain `sandbox`: the web pages on this computer, opened in the browser."""

import os
import webbrowser
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Thread
from typing import Any

import click

from sandbox.cli import show
from sandbox.cli.choices import lessons_given, lessons_option
from sandbox.cli.places import Place
from sandbox.errors import UsageError
from sandbox.run.front import Front
from sandbox.web import Settings, new_token, say_few_connections, serve
from sandbox.web.settings import DEFAULT_PORT, OWN_NAME, public_hosts
from sandbox.workshop import open_workshop, public_workshop


@click.command("serve")
@click.option(
    "--host", default=OWN_NAME, show_default="this computer only", help="Address to listen on."
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    help="Port to listen on.",
)
@click.option(
    "--workspace",
    type=Place(file_okay=False),
    help="Folder of your projects, as before the command.",
)
@click.option("--base-url", default="", metavar="/PATH", help="Path behind another web server.")
@click.option(
    "--apps-url",
    metavar="URL",
    envvar="SANDBOX_APPS_URL",
    show_envvar=True,
    help="Where that server shows an app: a path or address with {port} in it.",
)
@click.option(
    "--allow-host",
    "allowed_hosts",
    multiple=True,
    metavar="NAME",
    help="Another host name the pages answer to.",
)
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.option(
    "--no-token", is_flag=True, help="Let in everyone who reaches the port (for containers)."
)
@click.option(
    "--public",
    is_flag=True,
    help="A site for everybody: no workspace, nothing is written. Host names from SANDBOX_HOSTS.",
)
@lessons_option
@click.option(
    "--unix-socket",
    type=Place(),
    help="File to listen at instead of a port; only you can open it (for a hub).",
)
@click.pass_context
def command(ctx: click.Context, /, *, workspace: Path | None, no_open: bool, **how: Any) -> None:
    """Start the web pages and open them in the browser; Ctrl-C stops them."""
    settings = _settings(workspace, how)
    if settings.public:
        serve(public_workshop(), settings, on_ready=lambda ready: show.note(ready.link))
        return
    front = Front(how["apps_url"]) if how["apps_url"] else None
    folder = workspace or ctx.find_root().obj
    workshop = open_workshop(folder, lessons=lessons_given(ctx), front=front)

    def announce(ready: Settings) -> None:
        for line in _announcement(ready):
            show.note(line)
        show.note(f"Your projects: {workshop.workspace.folder}. Press Ctrl-C to stop.")
        if not no_open and not ready.unix_socket:
            # A browser in this terminal returns only when it is closed, and needs the server.
            Thread(target=webbrowser.open, args=(ready.link,), daemon=True).start()

    with workshop.workspace.served(settings.address):
        serve(workshop, settings, on_ready=announce)


def _settings(workspace: Path | None, how: Mapping[str, Any]) -> Settings:
    public = how["public"]
    if public and (workspace or how["no_token"] or how["apps_url"]):
        raise UsageError(
            "A public site has no workspace, no token and no apps.",
            "Leave out --workspace, --no-token and --apps-url beside --public.",
        )
    return Settings(
        host=how["host"],
        port=how["port"],
        base_url=how["base_url"],
        token=None if how["no_token"] or public else new_token(),
        allowed_hosts=(*how["allowed_hosts"], *(public_hosts(os.environ) if public else ())),
        public=public,
        unix_socket=how["unix_socket"],
    )


def _announcement(ready: Settings) -> Iterator[str]:
    yield f"Framework Sandbox: {ready.link}"
    if ready.open_to_others and not ready.allowed_hosts:
        yield "For other computers, add --allow-host with this computer's name or address."
    if ready.token is None and not ready.unix_socket:
        yield (
            "Without a token, everyone who reaches this port works in your folder; on a computer "
            "that others use too, --unix-socket keeps them out."
        )
    if few := say_few_connections():
        yield few
