"""The edge: run a command and turn every expected failure into one sentence and an exit code."""

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from sandbox.cli import show
from sandbox.cli.exit_codes import BAD_INPUT, INTERRUPTED
from sandbox.cli.group import COMMANDS, sandbox
from sandbox.errors import SandboxError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `sandbox` and return its exit code: 0, 1 a check found something, 2 bad input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name typed in another encoding must not end in a traceback when it is echoed.
            stream.reconfigure(errors="backslashreplace")
    try:
        code: object = sandbox.main(args=arguments, prog_name="sandbox", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except SandboxError as error:
        return _refuse(error.message, error.hint, _workspace_in(arguments))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return BAD_INPUT
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else _command_in(arguments)
        return _refuse(error.format_message(), f"See `{path} --help`.")
    except click.ClickException as error:
        return _refuse(error.format_message(), "")
    except OSError as error:
        return _refuse(_sentence(error), "Check the folder, its permissions and the free space.")
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED


def _command_in(arguments: Sequence[str] | None) -> str:
    # click does not say whose option it is that lacks its value.
    typed = sys.argv[1:] if arguments is None else arguments
    return " ".join(["sandbox", *(word for word in typed if word in COMMANDS)][:2])


def _workspace_in(arguments: Sequence[str] | None) -> Path | None:
    """Return the workspace that was typed, which a command in a hint has to name as well."""
    typed = [*(sys.argv[1:] if arguments is None else arguments)]
    for place, word in enumerate(typed):
        option, equals, value = word.partition("=")
        if option == "--workspace":
            following = value if equals else "".join(typed[place + 1 : place + 2])
            return Path(following) if following else None
    return None


def _sentence(error: OSError) -> str:
    reason = error.strerror or str(error) or type(error).__name__
    return f"{error.filename}: {reason}." if error.filename else f"{reason}."


def _refuse(message: str, hint: str, workspace: Path | None = None) -> int:
    if "`" in hint:
        from sandbox.program import as_typed_here  # only what went wrong pays for it

        hint = as_typed_here(hint, workspace)
    show.problem(message, hint)
    return BAD_INPUT
