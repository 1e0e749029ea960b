"""`sandbox doctor`: is this computer ready, and (for maintainers) are the scaffolds up to date?"""

import click

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.choices import json_option, open_here
from sandbox.cli.exit_codes import FOUND_SOMETHING
from sandbox.cli.serve import DEFAULT_PORT
from sandbox.run.machine import Finding, Verdict, Wish
from sandbox.workshop import Workshop

_MARKS: dict[Verdict, tuple[str, str]] = {
    "good": ("✓", "green"),
    "note": ("–", "yellow"),
    "bad": ("✗", "red"),
}


@click.command("doctor")
@click.option(
    "--pins",
    "pins_wanted",
    is_flag=True,
    help="Ask the package index which dependencies of the scaffolds have newer releases.",
)
@json_option
@click.pass_context
def command(ctx: click.Context, /, *, pins_wanted: bool, json_wanted: bool) -> int:
    """Look whether this computer has what the pages and the projects need."""
    workshop = open_here(ctx)
    return _pins(workshop, json_wanted) if pins_wanted else _machine(workshop, json_wanted)


def _machine(workshop: Workshop, json_wanted: bool) -> int:
    findings = workshop.examine(Wish(DEFAULT_PORT, "the pages"))
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
    if finding.hint:
        show.line(finding.hint, indent=2)


def _pins(workshop: Workshop, json_wanted: bool) -> int:
    with show.working("Asking the package index"):
        found = workshop.pins()
    behind = [(name, each) for name, pins in found.items() for each in pins if each.behind]
    if json_wanted:
        show.as_json({"ok": not behind, "pins": wire.pins(found)})
    elif behind:
        show.table(
            ("scaffold", "range", "newest inside", "newest of all"),
            [(name, each.requirement, each.allowed or "-", each.newest) for name, each in behind],
        )
    else:
        count = sum(map(len, found.values()))
        show.line(f"All {count} version ranges in {len(found)} scaffolds let the newest in.")
    return FOUND_SOMETHING if behind else 0
