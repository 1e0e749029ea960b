"""`sandbox compare`: frameworks and your own projects side by side."""

import os
from collections.abc import Sequence
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.choices import (
    complete_framework,
    features_option,
    json_option,
    open_here,
    own_command,
)
from sandbox.compare import LISTING, Cell, Comparison, Row
from sandbox.errors import RequestError
from sandbox.generate import ProjectRequest
from sandbox.paths import in_home
from sandbox.program import as_line
from sandbox.workshop import EVERY_FRAMEWORK, Workshop
from sandbox.workspace import Project, read_project


def _complete_concept(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    workshop = open_here(ctx)
    return [
        CompletionItem(name, help=workshop.knowledge.concepts[name].title)
        for name in workshop.concepts
        if name.startswith(incomplete)
    ]


@click.command("compare")
@click.argument(
    "columns",
    nargs=-1,
    metavar="[FRAMEWORK|PROJECT-FOLDER]...",
    shell_complete=complete_framework,
)
@features_option
@click.option(
    "--concept",
    metavar="ID",
    shell_complete=_complete_concept,
    help="Show the code of one concept; see `sandbox list concepts`.",
)
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    columns: tuple[str, ...],
    features: tuple[str, ...],
    concept: str | None,
    json_wanted: bool,
) -> None:
    """Compare how frameworks, or projects of your own, solve the same tasks.

    Without names: all frameworks. --features says what the generated projects have.
    """
    workshop = open_here(ctx)
    result = workshop.comparison(_sources(workshop, columns, features), concept)
    if json_wanted:
        show.as_json(wire.comparison(result))
        return
    wanted = ("--features", ",".join(features)) if features else ()
    _tell_costs(result)
    for row in result.rows:
        _tell_row(result, row, with_code=concept is not None)
    if concept is None and result.rows:
        show.line()
        one = ("--concept", result.rows[0].concept.id)
        first = own_command(as_line("compare", *columns, *wanted, *one))
        show.line("See the code of one concept, such as the first:")
        show.commands([first])


def _sources(
    workshop: Workshop, columns: Sequence[str], features: Sequence[str]
) -> list[ProjectRequest | Project]:
    found: list[ProjectRequest | Project] = []
    for name in columns or (EVERY_FRAMEWORK,):
        if name == EVERY_FRAMEWORK or name in workshop.scaffolds:
            found += workshop.requests((name,), features=features)
        else:
            found.append(_project(workshop, name))
    return found


def _project(workshop: Workshop, name: str) -> Project:
    """Return the project in a folder, or the one of that name in the workspace."""
    folder = in_home(Path(name))
    if os.path.isdir(folder) or os.path.dirname(name):  # noqa: PTH112, PTH120 - they never raise
        return read_project(folder.resolve())
    known = [*workshop.projects(), *workshop.damaged()]
    if name not in (each.folder.name for each in known):
        raise RequestError(
            "framework",
            f"{name[:60]!a} is neither a framework nor a project folder.",
            f"Name {', '.join(workshop.scaffolds)}, or the folder of a project, "
            "as `sandbox list` shows it.",
        )
    return workshop.workspace.project(name)


def _tell_costs(result: Comparison) -> None:
    header = ("", *(column.title for column in result.columns))
    costs = [result.costs[column.key] for column in result.columns]
    kinds = [kind for kind in costs[0].lines if any(cost.lines[kind] for cost in costs)]
    show.table(
        header,
        [
            ("files", *(cost.all_files for cost in costs)),
            ("lines", *(cost.all_lines for cost in costs)),
            *((f"  {kind}", *(cost.lines[kind] for cost in costs)) for kind in kinds),
            ("packages", *(len(cost.packages) for cost in costs)),
        ],
    )


def _tell_row(result: Comparison, row: Row, *, with_code: bool) -> None:
    show.heading(f"{row.concept.title} ({row.concept.id})")
    show.line(row.concept.question)
    for column in result.columns:
        cell = row.cells[column.key]
        where = _place(cell)
        show.line()
        show.line(f"{column.title}: {cell.who or '-'}{where}", indent=2)
        show.line(cell.reason or cell.note, indent=4)
        if with_code and cell.more:
            show.line()
            show.line(cell.more, indent=4)
        if with_code and cell.excerpt:
            show.line()
            show.source(cell.excerpt.text, cell.excerpt.path, first_line=cell.excerpt.first_line)
        if with_code and cell.docs:
            show.line(f"Documentation: {cell.docs}", indent=4)


def _place(cell: Cell) -> str:
    if cell.excerpt is None or cell.excerpt.path == LISTING:
        return ""
    return f", {cell.excerpt.path}:{cell.excerpt.first_line}"
