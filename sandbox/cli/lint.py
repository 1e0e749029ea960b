"""`sandbox lint`: our own data, scaffolds and lessons, held to what they promise."""

import click

from sandbox.cli import show
from sandbox.cli.choices import json_option, lessons_option, open_here
from sandbox.cli.exit_codes import FOUND_SOMETHING


@click.command("lint")
@lessons_option
@json_option
@click.pass_context
def command(ctx: click.Context, json_wanted: bool) -> int:
    """Check the product's own data, scaffolds and lessons; for those who change them."""
    workshop = open_here(ctx)
    with show.working("Rendering every variant of every scaffold"):
        problems = workshop.lint()
    if json_wanted:
        show.as_json({"ok": not problems, "problems": problems})
    elif problems:
        show.bullets(problems)
    else:
        show.line(f"Nothing to complain about in {len(workshop.scaffolds)} scaffolds.")
    return FOUND_SOMETHING if problems else 0
