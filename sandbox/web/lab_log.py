"""An app's log as text that can be read: without colour codes, other control signs made visible."""

import re
from dataclasses import dataclass

from sandbox.run.log import LogPart

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_BEGUN = re.compile(r"\x1b(\[[0-9;]*)?\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Shown:
    """A piece of a log to show; the next one begins at `offset`."""

    text: str
    offset: int
    skipped: int


def shown(part: LogPart) -> Shown:
    """Return a piece of a log as it is shown; a code that is cut off comes with the next one."""
    begun = _BEGUN.search(part.text)
    whole = part.text[: begun.start()] if begun else part.text
    held_back = len(begun[0]) if begun else 0
    return Shown(readable(whole), part.offset - held_back, part.skipped)


def readable(text: str) -> str:
    """Return what an app printed without its colours, each other control sign as its picture."""
    plain = _COLOUR.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(
        lambda found: chr(0x2421 if found[0] == "\x7f" else 0x2400 + ord(found[0])), plain
    )
