"""Commands as the learner can type them: quoted, for the program and folder of this session."""

import os
from pathlib import Path

from sandbox.paths import default_workspace
from sandbox.program import NAME, as_line, own_program
from sandbox.web.current import current_workshop
from sandbox.web.security import is_trusted


def quoted(*words: object) -> str:
    """Return words as one line that a shell reads as exactly these."""
    return as_line(*map(as_text, words))


def as_text(path: object) -> str:
    """Return a path or a word as text that can be shown, whatever bytes it has on the disk."""
    return os.fsencode(str(path)).decode(errors="replace")


def sandbox_command(*words: str) -> str:
    """Return a line that runs our own command on the workspace of this session.

    Who has not shown the token learns nothing of this computer's folders.
    """
    if not is_trusted():
        return quoted(NAME, *words)
    folder = current_workshop().workspace.folder.absolute()
    named = () if _is_usual(folder) else ("--workspace", str(folder))
    return quoted(own_program(), *named, *words)


def _is_usual(folder: Path) -> bool:
    # Another terminal need not have the variable that this session was started with.
    return "SANDBOX_WORKSPACE" not in os.environ and folder == default_workspace()
