"""`sandbox lesson swap`: the same step in another framework, beside what you wrote."""

import shlex
from pathlib import Path

import click

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.choices import complete_framework, json_option, open_here, own_command
from sandbox.cli.exit_codes import FOUND_SOMETHING
from sandbox.cli.lesson_meant import done_last, step_meant
from sandbox.cli.lesson_tell import rewritten_as_json, tell_rewritten
from sandbox.cli.places import Place
from sandbox.learn.swap import Swapped, balance, swap
from sandbox.workshop import Workshop
from sandbox.workspace import read_project


@click.command("swap")
@click.argument("framework", shell_complete=complete_framework)
@click.argument("folder", type=Place(), default=".")
@click.argument("step", required=False)
@json_option
@click.pass_context
def swap_step(
    ctx: click.Context, /, *, framework: str, folder: Path, step: str | None, json_wanted: bool
) -> int:
    """Now the same in FRAMEWORK: begin a step of the project in FOLDER there, too.

    STEP is FEATURE/STEP; without it, the one that you did last. The project of the other framework
    lies beside yours, and your own code is shown beside its empty places.
    """
    workshop = open_here(ctx)
    project = read_project(folder.resolve())
    name = workshop.scaffold(framework).framework
    meant = step_meant(workshop, project, step or done_last(project))
    found = swap(workshop.course, project, meant.key, name)
    conflicts = bool(found.rewritten and found.rewritten.conflicts)
    if json_wanted:
        show.as_json(_as_json(found))
    else:
        _tell(workshop, found)
    return FOUND_SOMETHING if conflicts else 0


def tell_balance(workshop: Workshop, feature: str) -> None:
    """Print what each framework did for you in a lesson, concept by concept."""
    names = list(workshop.scaffolds)
    titles = [workshop.knowledge.frameworks[each].name for each in names]
    rows = balance(workshop.course, feature)
    if not rows:
        return
    show.heading("What each framework did for you")
    shares = [(each, [each.shares.get(name) for name in names]) for each in rows]
    show.table(
        ("", *titles),
        [(each.concept.title, *(one.who if one else "" for one in all)) for each, all in shares],
    )
    for each in rows:
        show.heading(each.concept.title)
        for name, title in zip(names, titles, strict=True):
            if name in each.shares:
                show.line(f"{title}: {each.shares[name].note}")


def _tell(workshop: Workshop, found: Swapped) -> None:
    names = {
        each.framework: workshop.knowledge.frameworks[each.framework].name
        for each in (found.origin, found.project)
    }
    for side in found.mine:
        show.heading(f"Yours in {names[found.origin.framework]}: {side.anchor}")
        show.source(side.mine or side.start, side.path)
    for cut in found.places:
        show.heading(f"Empty in {names[found.project.framework]}: {cut.anchor}")
        show.source(cut.stub, cut.path)
    if found.rewritten:
        tell_rewritten(found.rewritten)
    place = shlex.quote(str(found.project.folder))
    show.line(f"Write it in {found.project.folder}, then:")
    show.commands([own_command(f"lesson check {place} {found.there.key}")])


def _as_json(found: Swapped) -> dict[str, object]:
    return {
        "step": found.step.key,
        "framework": found.project.framework,
        "folder": str(found.project.folder),
        "there": found.there.key,
        "mine": wire.plain(found.mine),
        "places": wire.plain(found.places),
        **(rewritten_as_json(found.rewritten) if found.rewritten else {}),
    }
