"""Print for people: tables and colour on a terminal, plain lines in a pipe, JSON on request."""

import json
import shutil
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager

import click

# A learner's file or a stranger's server may hold escape codes, or signs that turn the direction of
# writing; a terminal would obey them.
_ORDERS = (*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS = {code: "\ufffd" for code in _ORDERS if chr(code) not in "\n\t"}
_WIDEST = 200  # signs of a cell, so that one record with a huge name leaves the table readable


def as_json(value: Mapping[str, object]) -> None:
    """Print one JSON document, the same that the HTTP API answers."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def heading(text: str) -> None:
    """Print a title with room above it."""
    click.echo()
    click.secho(plain(text), bold=True)


def line(text: str = "", *, indent: int = 0, colour: str | None = None) -> None:
    """Print a paragraph, wrapped to the terminal's width and left as it is in a pipe."""
    space = " " * indent
    if sys.stdout.isatty() and text:
        width = min(_terminal_width(), 100)
        text = click.wrap_text(plain(text), width, space, space, preserve_paragraphs=True)
        click.secho(text, fg=colour)
    else:
        click.echo(space + plain(text))


def note(text: str) -> None:
    """Print a remark about what is being done to standard error, so that pipes stay clean."""
    click.echo(plain(text), err=True)


def problem(message: str, hint: str) -> None:
    """Print what is wrong and what to do about it to standard error."""
    click.echo(click.style("Error: ", fg="red", bold=True) + plain(message), err=True)
    if hint:
        note(hint)


def bullets(texts: Sequence[str]) -> None:
    """Print one item a line."""
    for text in texts:
        if sys.stdout.isatty():
            click.echo(click.wrap_text(plain(text), min(_terminal_width(), 100), "  • ", "    "))
        else:
            click.echo(f"  - {plain(text)}")


def commands(texts: Sequence[str]) -> None:
    """Print what to type, unwrapped and without any mark, so that it can be copied."""
    for text in texts:
        click.echo(f"  {plain(text)}")


def markdown(text: str) -> None:
    """Print prose: formatted on a terminal, as it was written in a pipe."""
    if sys.stdout.isatty():
        _rich_markdown(plain(text))
    else:
        click.echo(plain(text))


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under a header, in columns."""
    cells = [[_cell(str(cell)) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _rich_table(header, cells)
        return
    widths = [max(len(row[at]) for row in [list(header), *cells]) for at in range(len(header))]
    for row in [list(header), *cells]:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(padded).rstrip())


def source(text: str, path: str, *, first_line: int = 1) -> None:
    """Print a piece of a file with its line numbers, highlighted on a terminal."""
    if sys.stdout.isatty():
        _rich_source(plain(text), path, first_line)
        return
    for number, content in enumerate(plain(text).splitlines(), first_line):
        click.echo(f"  {number:>4}  {content}".rstrip())


def changed_line(sign: str, text: str) -> None:
    """Print one line of a difference; the sign says what the colour says."""
    colours = {"+": "green", "-": "red"}
    click.secho(f"{sign} {plain(text)}".rstrip(), fg=colours.get(sign))


@contextmanager
def working(task: str) -> Generator[None, None, None]:
    """Show on a terminal that something is under way; nothing is printed elsewhere."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # a tenth of a second, and only terminals need it

    with Console(stderr=True).status(task):
        yield


def plain(text: str) -> str:
    """Return a text of which no terminal obeys a part."""
    return text.translate(_CONTROLS)


def _cell(text: str) -> str:
    line = plain(text).replace("\n", "\ufffd")
    return line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…"


def _terminal_width() -> int:
    return shutil.get_terminal_size().columns


def _rich_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(*header, box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for row in rows:
        shown.add_row(*(Text(cell) for cell in row))
    Console().print(shown)


def _rich_source(text: str, path: str, first_line: int) -> None:
    from rich.console import Console
    from rich.syntax import Syntax

    lexer = Syntax.guess_lexer(path, text)
    Console().print(
        Syntax(
            text,
            lexer,
            theme="ansi_dark",
            line_numbers=True,
            start_line=first_line,
            word_wrap=True,
            background_color="default",
        )
    )


def _rich_markdown(text: str) -> None:
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=min(_terminal_width(), 100)).print(Markdown(text, code_theme="ansi_dark"))
