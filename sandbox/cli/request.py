"""`sandbox request`: one request to all running apps, and their answers side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.answers import tell_replies
from sandbox.cli.apps import complete_project, nothing_runs, projects_named, running
from sandbox.cli.choices import open_here
from sandbox.cli.exit_codes import FOUND_SOMETHING
from sandbox.errors import UsageError
from sandbox.run.console_request import (
    METHODS,
    ConsoleRequest,
    Pairs,
    as_curl,
    as_httpie,
    checked,
    kind_of,
    read_headers,
)
from sandbox.workshop import Workshop
from sandbox.workspace import Project


@click.command("request")
@click.argument("method", type=click.Choice(METHODS, case_sensitive=False))
@click.argument("path")
@click.argument("names", nargs=-1, metavar="[PROJECT]...", shell_complete=complete_project)
@click.option("--all", "every", is_flag=True, help="Ask every running project (the usual).")
@click.option("--json", "json_text", metavar="BODY", help="Send this JSON, as it is typed.")
@click.option("--text", metavar="BODY", help="Send this text.")
@click.option("--form", multiple=True, metavar="NAME=VALUE", help="Send a form; repeat it.")
@click.option("--header", "-H", multiple=True, metavar='"NAME: VALUE"', help="Send a header.")
@click.option("--page", default="", metavar="PATH", help="Where the form stands, if elsewhere.")
@click.option("--no-token", is_flag=True, help="Send no token against forged requests along.")
@click.option("--new-visitor", is_flag=True, help="Forget the cookies of earlier requests first.")
@click.option("--predict", is_flag=True, help="Ask you for the statuses before showing them.")
@click.option("--curl", "as_what", flag_value="curl", help="Print lines for curl; send nothing.")
@click.option("--httpie", "as_what", flag_value="httpie", help="The same for httpie.")
@click.option("--full", is_flag=True, help="Show the bodies whole.")
@click.option("--as-json", "json_wanted", is_flag=True, help="Answer in JSON for scripts.")
@click.pass_context
def command(ctx: click.Context, /, *, names: tuple[str, ...], every: bool, **how: Any) -> int:
    """Send one request to running projects and compare the answers.

    As a browser would, it keeps each app's cookies and sends a form with what its page hides. No
    redirect is followed.
    """
    workshop = open_here(ctx)
    if names and every:
        raise UsageError("--all and names exclude each other.", "Leave one of them out.")
    request = _request(how)
    projects = _projects(workshop, names)
    addresses = {
        name: state.address or ""
        for name, state in running(workshop).items()
        if name in {each.folder.name for each in projects}
    }
    if how["as_what"]:
        typed = as_curl if how["as_what"] == "curl" else as_httpie
        show.commands([typed(request, address) for address in addresses.values()])
        return 0
    if how["new_visitor"]:
        for name in addresses:
            workshop.console.forget_cookies(name)
    guessed = _guesses(addresses) if how["predict"] else {}
    with show.working("Asking"):
        found = workshop.console.send(addresses, request, guessed=guessed)
    if how["json_wanted"]:
        show.as_json(wire.replies(workshop, found, projects))
    else:
        tell_replies(workshop, found, projects, full=how["full"])
    return FOUND_SOMETHING if any(each.came.status is None for each in found.replies) else 0


def _projects(workshop: Workshop, names: Sequence[str]) -> tuple[Project, ...]:
    there = running(workshop)
    if not there:
        raise nothing_runs()
    if not names:
        return tuple(each for each in workshop.projects() if each.folder.name in there)
    wanted = projects_named(workshop, names)
    for each in wanted:
        if each.folder.name not in there:
            raise UsageError(
                f"“{each.folder.name}” is not running.", f"Running are: {', '.join(there)}."
            )
    return wanted


def _request(how: Mapping[str, Any]) -> ConsoleRequest:
    bodies: dict[str, Any] = {"json": how["json_text"], "text": how["text"], "form": how["form"]}
    given: list[str] = [kind for kind, body in bodies.items() if body]
    if how["json_text"] == "":
        given.append("json")
    if len(given) > 1:
        raise UsageError(
            f"--{given[0]} and --{given[1]} exclude each other.", "A request has one body."
        )
    return checked(
        ConsoleRequest(
            how["method"],
            how["path"],
            read_headers(how["header"]),
            kind_of(given[0]) if given else "none",
            how["json_text"] or how["text"] or "",
            _pairs(how["form"]),
            how["page"],
            not how["no_token"],
        )
    )


def _pairs(fields: Sequence[str]) -> Pairs:
    for field in fields:
        if "=" not in field:
            raise UsageError(
                f"The field {field[:60]!a} has no “=”.", "Write it as in --form title=Dune."
            )
    return tuple((name, value) for name, _, value in (each.partition("=") for each in fields))


def _guesses(addresses: Mapping[str, str]) -> dict[str, int]:
    show.note("What status will each return? Press Enter where you have no idea.")
    found: dict[str, int] = {}
    for name in addresses:
        answer = click.prompt(name, default="", show_default=False, err=True)
        if answer.strip().isdigit():
            found[name] = int(answer)
    return found
