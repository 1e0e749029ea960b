"""`sandbox lesson predict`: guess first, then let your running app answer."""

from dataclasses import asdict
from pathlib import Path

import click

from sandbox.cli import show
from sandbox.cli.choices import json_option, open_here
from sandbox.cli.lesson_meant import step_arguments, step_meant
from sandbox.errors import LessonError
from sandbox.learn.predict import Predicted, predicted
from sandbox.workspace import read_project


@click.command("predict")
@step_arguments
@click.option("--guess", help="What you expect; without it you are asked.")
@json_option
@click.pass_context
def predict_step(
    ctx: click.Context,
    /,
    *,
    folder: Path,
    step: str | None,
    guess: str | None,
    json_wanted: bool,
) -> None:
    """Guess what a step will show; your running app answers, or what was recorded of it.

    Nobody counts the guesses.
    """
    workshop = open_here(ctx)
    project = read_project(folder.resolve())
    meant = step_meant(workshop, project, step)
    if meant.predict is None:
        raise LessonError(f"The step {meant.key} asks for no guess.", "Begin it, and write.")
    if not json_wanted and guess is None:
        show.heading(meant.predict.question)
        guess = click.prompt("Your guess", default="", show_default=False)
    address = workshop.lab.state(project).address
    app = (project.folder.name, address) if address else None
    found = predicted(meant, workshop.console, app)
    if json_wanted:
        show.as_json({"step": meant.key, "guess": guess, **_as_json(found)})
        return
    if guess:
        show.line(f"You said: {guess}")
    _tell(found)


def _tell(found: Predicted) -> None:
    if found.said:
        show.line(f"{found.asked} at {found.address} answers:")
        show.line(found.said, indent=4)
    else:
        why = "Your app does not run, so" if found.asked else "No request can show it, so"
        show.line(f"{why} this is the answer as it was recorded:")
    show.markdown(found.expected)


def _as_json(found: Predicted) -> dict[str, object]:
    return {"answered_by": "app" if found.said else "record", **asdict(found)}
