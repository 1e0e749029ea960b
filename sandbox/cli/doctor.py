"""`sandbox doctor`: is this computer ready?"""

import click

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.choices import json_option, open_here
from sandbox.cli.exit_codes import FOUND_SOMETHING
from sandbox.run.machine import Finding, Verdict
from sandbox.run.surroundings import network

_MARKS: dict[Verdict, tuple[str, str]] = {
    "good": ("✓", "green"),
    "note": ("–", "yellow"),
    "bad": ("✗", "red"),
}


@click.command("doctor")
@click.option("--offline", is_flag=True, help="Do not try whether packages can be fetched.")
@json_option
@click.pass_context
def command(ctx: click.Context, /, *, offline: bool, json_wanted: bool) -> int:
    """Look whether this computer has what the pages and the projects need."""
    findings = open_here(ctx).examine()
    if not offline:
        with show.working("Asking for a package"):
            findings = (*findings, network())
    bad = any(each.verdict == "bad" for each in findings)
    if json_wanted:
        show.as_json({"ok": not bad, "findings": [wire.plain(each) for each in findings]})
    else:
        for each in findings:
            _tell(each)
    return FOUND_SOMETHING if bad else 0


def _tell(finding: Finding) -> None:
    mark, colour = _MARKS[finding.verdict]
    show.line(f"{mark} {finding.sentence}", colour=colour)
    show.line(finding.meaning, indent=2)
    if finding.fix:
        show.line(f"To mend it: {finding.fix}", indent=2)
