"""The top command: it knows every command by name and help, and imports only the one used."""

from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from sandbox.cli.places import Place
from sandbox.errors import UsageError

COMMANDS = {
    "recommend": "Answer a few questions, see which framework fits and why.",
    "new": "Generate a project in one or several frameworks.",
    "run": "Run projects, or the same app in every framework, and show their logs.",
    "open": "Open a running app, or the Lab, in the browser.",
    "request": "Send one request to all running apps and compare the answers.",
    "logs": "Show what apps have printed.",
    "test": "Run the own tests of projects, and the contract.",
    "stop": "Stop running apps.",
    "project": "Rename a project, duplicate it, or move it to the trash.",
    "compare": "See how the frameworks solve the same task, side by side.",
    "lesson": "Follow the tutorial in your own editor and check your work.",
    "hunt": "Find a planted bug from the complaint of a visitor.",
    "check": "Run the HTTP checks against any running app.",
    "list": "List your projects and what they do; frameworks, features, questions.",
    "serve": "Start the web pages (what plain `sandbox` does).",
    "doctor": "See whether this computer has what the projects need.",
    "lint": "Check the product's own data, scaffolds and lessons.",
}


class LazyGroup(click.Group):
    """Import a command's module only when that command runs, so that `--help` stays instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order a learner meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import `sandbox.cli.<name>` and return its `command`; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"sandbox.cli.{cmd_name}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what stands before a command; say where an option of `serve` belongs."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            serve, option = self.get_command(ctx, "serve"), error.option_name
            if serve is None or all(option not in each.opts for each in serve.params):
                raise
            message = f"{option} is an option of `sandbox serve`."
            raise UsageError(message, f"Write it as in `sandbox serve {option}`.") from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the nearest one that exists."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            near = get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"There is no command {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table as it stands, without importing a command to ask for its help."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete command names from the same table."""
        names = [
            CompletionItem(name, help=text)
            for name, text in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return names + click.Command.shell_complete(self, ctx, incomplete)


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version  # costs as much as half of click

        click.echo(f"Framework Sandbox {version('framework-sandbox')}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Tab completion for bash, zsh or fish: "
    'eval "$(_SANDBOX_COMPLETE=bash_source sandbox)" in your shell\'s start file.',
)
@click.option(
    "--workspace",
    envvar="SANDBOX_WORKSPACE",
    type=Place(file_okay=False),
    help="Folder of your projects (default: framework-sandbox in your home).",
    show_envvar=True,
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and stop.",
)
@click.pass_context
def sandbox(ctx: click.Context, workspace: Path | None) -> int | None:
    """Choose and learn a Python web framework by running it: Django, Flask or FastAPI.

    Without a command: start the web pages and open the browser.
    """
    ctx.obj = workspace
    if ctx.invoked_subcommand is None:
        serve = sandbox.get_command(ctx, "serve")
        assert serve is not None
        result: int | None = ctx.invoke(serve)
        return result
    return None
