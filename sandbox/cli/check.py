"""`sandbox check`: the contract, sentence by sentence, against any running app."""

import os
import shlex
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.choices import features_option, json_option, open_here, staff_option
from sandbox.cli.exit_codes import FOUND_SOMETHING
from sandbox.cli.interrupt import called_off_by_signals, undisturbed
from sandbox.cli.results import tell_report, tell_result
from sandbox.contract import Limits, Means, checks_for, run_contract
from sandbox.errors import UsageError
from sandbox.knowledge import close_features
from sandbox.run.process import Launch, Server
from sandbox.run.production import InProduction


@click.command("check")
@click.argument("url")
@features_option
@click.option(
    "--start",
    metavar='"COMMAND"',
    help="Start the app with this command first, restart it where a check needs that, and stop it "
    "in the end.",
)
@click.option(
    "--serve",
    metavar='"COMMAND"',
    help="Start the app with this command where a check needs it in production; it answers at URL "
    "too. Needs --start.",
)
@staff_option
@click.option("--name", help="The project's name, which the start page must show.")
@click.option(
    "--hardened",
    is_flag=True,
    help="Also let hostile input, races and timing decide the exit code.",
)
@click.option(
    "--limit",
    type=click.FloatRange(min=0, min_open=True),
    default=Limits().run_seconds / 60,
    show_default=True,
    metavar="MINUTES",
    help="End the run after so long, and tell what was left out.",
)
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    url: str,
    features: tuple[str, ...],
    start: str | None,
    serve: str | None,
    staff: tuple[str, str] | None,
    name: str | None,
    hardened: bool,
    limit: float,
    json_wanted: bool,
) -> int:
    """Check whether the app at URL does what a Shelf app with these features must do.

    Any app in any language will do. Books that the checks add are deleted again where possible;
    members who signed up stay.
    """
    if serve is not None and start is None:
        raise UsageError("--serve needs --start.", "Give the usual command as well.")
    closed = close_features(open_here(ctx).offered, features)
    if not json_wanted:
        show.note(f"{len(checks_for(closed))} checks for: {', '.join(closed)}")
    with called_off_by_signals(60 * limit) as clock, _started(url, start, serve) as means:
        report = run_contract(
            url,
            closed,
            means=replace(means, staff=staff),
            project_name=name,
            clock=clock,
            on_result=None if json_wanted else tell_result,
        )
    if json_wanted:
        show.as_json(wire.contract(report))
    else:
        tell_report(report)
    return 0 if (report.hardened if hardened else report.ok) else FOUND_SOMETHING


@contextmanager
def _started(url: str, start: str | None, serve: str | None) -> Generator[Means, None, None]:
    """Start the app if a command is given; whatever ends the block, nothing stays behind."""
    if start is None:
        yield Means()
        return
    with tempfile.TemporaryDirectory(prefix="sandbox-check-") as folder:
        server = Server(Launch(_words("--start", start), url, Path.cwd(), Path(folder, "log.txt")))
        production = InProduction(server, _words("--serve", serve)) if serve else None
        try:
            with show.working("Starting the app"):
                server.start()
            yield Means(restart=server.restart, production=production)
        finally:
            with undisturbed():
                if production is not None:
                    production.close()
                server.stop()


def _words(option: str, command: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(command, posix=os.name != "nt"))
    except ValueError as error:
        raise UsageError(
            f"The command after {option} cannot be read: {error}.", "Check its quotes."
        ) from None
