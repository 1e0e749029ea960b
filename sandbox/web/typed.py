"""Commands as the learner can type them: quoted, for the program and folder of this session."""

import os
from pathlib import Path

from sandbox.paths import SCAFFOLDS, default_workspace
from sandbox.program import NAME, as_line, as_text, as_typed_here, own_line, own_program
from sandbox.web.current import current_workshop
from sandbox.web.security import is_trusted

__all__ = ["as_text", "cookiecutter_command", "in_own_words", "quoted", "sandbox_command"]


def quoted(*words: object) -> str:
    """Return words as one line that a shell reads as exactly these."""
    return as_line(*map(as_text, words))


def sandbox_command(*words: str) -> str:
    """Return a line that runs our own command on the workspace of this session.

    Who has not shown the token learns nothing of this computer's folders.
    """
    if not is_trusted():
        return quoted(NAME, *words)
    return own_line(*words, workspace=_unusual())


def in_own_words(text: str) -> str:
    """Return a sentence in which commands in backticks are typed as in this session."""
    return as_typed_here(text, _unusual()) if "`" in text and is_trusted() else text


def cookiecutter_command(framework: str, *words: str) -> str:
    """Return a line that lays a scaffold down with the plain cookiecutter of our environment."""
    if not is_trusted():
        return quoted("cookiecutter", f"scaffolds/{framework}", *words)
    return quoted(*own_program("cookiecutter"), SCAFFOLDS / framework, *words)


def _unusual() -> Path | None:
    """Return the workspace where a command has to name it."""
    folder = current_workshop().workspace.folder.absolute()
    # Another terminal need not have the variable that this session was started with.
    usual = "SANDBOX_WORKSPACE" not in os.environ and folder == default_workspace()
    return None if usual else folder
