"""The arguments and options that several commands share, with their completion."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from sandbox.cli.places import Place
from sandbox.errors import UsageError
from sandbox.names import each_once
from sandbox.program import as_line, as_text, own_line
from sandbox.workshop import EVERY_FRAMEWORK, Workshop, open_workshop

_LESSONS = "sandbox.lessons"
Command = TypeVar("Command", bound=Callable[..., Any])


def open_here(ctx: click.Context) -> Workshop:
    """Open the workshop on the workspace given before the command, with the lessons given to it."""
    return open_workshop(ctx.find_root().obj, lessons=lessons_given(ctx))


def own_command(line: str, *, here: bool = True) -> str:
    """Return a line that runs our command in any folder of the learner's terminal.

    It keeps to the workspace that was typed before this command, unless it touches none (`here`).
    """
    root = click.get_current_context().find_root()
    typed = here and root.get_parameter_source("workspace") is ParameterSource.COMMANDLINE
    lessons = lessons_given(click.get_current_context())
    if lessons is not None and line.startswith("lesson "):
        line = f"lesson {as_line('--lessons', as_text(lessons))} {line.removeprefix('lesson ')}"
    return f"{own_line(workspace=root.obj if typed else None)} {line}"


def lessons_given(ctx: click.Context) -> Path | None:
    """Return the folder of `--lessons`, None if it was not given."""
    return ctx.meta.get(_LESSONS)


def lessons_option(command: Command) -> Command:
    """Add `--lessons FOLDER`, which `open_here` takes into account."""

    def remember(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
        if value is not None:
            ctx.meta[_LESSONS] = value.absolute()
        return value

    return click.option(
        "--lessons",
        envvar="SANDBOX_LESSONS",
        type=Place(file_okay=False),
        callback=remember,
        expose_value=False,
        help="Folder of your own lessons, beside ours.",
        show_envvar=True,
    )(command)


def split(ctx: click.Context, param: click.Parameter, value: Sequence[str]) -> tuple[str, ...]:
    """Read `a,b` and repeated options alike; order and doubles do not matter to any command."""
    return each_once(value)


def read_staff(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> tuple[str, str] | None:
    """Read `NAME:PASSWORD`; the password may have colons of its own."""
    if value is None:
        return None
    name, _, password = value.partition(":")
    if not name or not password:
        raise UsageError(
            "--staff needs a name and a password.", "Write them as in --staff ada:her-password."
        )
    return name, password


def complete_framework(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the frameworks there are scaffolds for, and `all`."""
    workshop = open_here(ctx)
    known = {name: workshop.knowledge.frameworks[name].tagline for name in workshop.scaffolds}
    return starting({**known, EVERY_FRAMEWORK: "every framework"}, incomplete)


def complete_features(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the next feature of a comma-separated list."""
    before, comma, last = incomplete.rpartition(",")
    offered = open_here(ctx).offered
    left = {name: each.label for name, each in offered.items() if name not in before.split(",")}
    return [
        CompletionItem(f"{before}{comma}{item.value}", help=item.help)
        for item in starting(left, last)
    ]


def complete_question(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer `QUESTION=OPTION`, question first."""
    questions = open_here(ctx).knowledge.questions
    name, equals, _ = incomplete.partition("=")
    if param.name == "important" or not equals:
        end = "" if param.name == "important" else "="
        return starting({key + end: each.label for key, each in questions.items()}, incomplete)
    if name not in questions:
        return []
    options = questions[name].options.items()
    return starting({f"{name}={key}": each.label for key, each in options}, incomplete)


def starting(known: dict[str, str], incomplete: str) -> list[CompletionItem]:
    """Offer the names that begin as typed, each with its help."""
    return [
        CompletionItem(name, help=text)
        for name, text in known.items()
        if name.startswith(incomplete)
    ]


def features_option(command: Command) -> Command:
    """Add `--features a,b`."""
    return click.option(
        "--features",
        "-f",
        multiple=True,
        callback=split,
        metavar="A,B",
        shell_complete=complete_features,
        help="Features by comma; those they need come along. See `sandbox list features`.",
    )(command)


def json_option(command: Command) -> Command:
    """Add `--json`."""
    return click.option("--json", "json_wanted", is_flag=True, help="Answer in JSON for scripts.")(
        command
    )


def staff_option(command: Command) -> Command:
    """Add `--staff NAME:PASSWORD`."""
    return click.option(
        "--staff",
        callback=read_staff,
        metavar="NAME:PASSWORD",
        help="A staff member of the app, for the checks of its admin.",
    )(command)
