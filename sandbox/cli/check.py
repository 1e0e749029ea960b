"""`sandbox check`: the contract, sentence by sentence, against any running app."""

import os
import shlex
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import click

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.choices import features_option, json_option, open_here
from sandbox.cli.exit_codes import FOUND_SOMETHING
from sandbox.cli.results import tell_report, tell_result
from sandbox.contract import checks_for, run_contract
from sandbox.errors import ServerError
from sandbox.knowledge import close_features
from sandbox.run import Launch, Server


@click.command("check")
@click.argument("url")
@features_option
@click.option(
    "--start",
    metavar='"COMMAND"',
    help="Start the app with this command first, restart it for the check of lasting data, "
    "and stop it in the end.",
)
@click.option("--name", help="The project's name, which the start page must show.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    url: str,
    features: tuple[str, ...],
    start: str | None,
    name: str | None,
    json_wanted: bool,
) -> int:
    """Check whether the app at URL does what a Shelf app with these features must do.

    Any app in any language will do; books that the checks add are deleted again where possible.
    """
    closed = close_features(open_here(ctx).offered, features)
    if not json_wanted:
        show.note(f"{len(checks_for(closed))} checks for: {', '.join(closed)}")
    with _started(start, url) as server:
        report = run_contract(
            url,
            closed,
            restart=server.restart if server else None,
            project_name=name,
            on_result=None if json_wanted else tell_result,
        )
    if json_wanted:
        show.as_json(wire.contract(report))
    else:
        tell_report(report)
    return 0 if report.ok else FOUND_SOMETHING


@contextmanager
def _started(start: str | None, url: str) -> Generator[Server | None, None, None]:
    if start is None:
        yield None
        return
    try:
        command = tuple(shlex.split(start, posix=os.name != "nt"))
    except ValueError as error:
        raise ServerError(
            f"The command after --start cannot be read: {error}.", "Check its quotes."
        ) from None
    with tempfile.TemporaryDirectory(prefix="sandbox-check-") as folder:
        server = Server(Launch(command, url, Path.cwd(), Path(folder, "log.txt")))
        with show.working("Starting the app"):
            server.start()
        try:
            yield server
        finally:
            server.stop()
