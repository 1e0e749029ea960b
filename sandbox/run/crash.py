"""What an app's output says of a crash: the exception, the learner's line, the usual cause."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

_HEAD = "Traceback (most recent call last):"
_FRAME = re.compile(r'^\s*File "([^"\n]+)", line (\d+)')
_EXCEPTION = re.compile(r"^([A-Za-z_][\w.]*(?:Error|Exception|Warning|Exit|Interrupt|\w*)): ?(.*)$")
_BARE = re.compile(r"^[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt|NotFound|Forbidden)$")
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_BARS = re.compile(r"^[ +|-]*[|+] ?", re.MULTILINE)  # before the lines of an exception group
_QUOTED = re.compile(r"""(['"`“])[^'"`”]+(['"`”])""")
_NAME = re.compile(r"\w+(?:[./]\w+)*")
_LONGEST = 300


@dataclass(frozen=True)
class Crash:
    """An exception as a learner reads it: its last line, where in their code, and what it means."""

    problem: str
    place: tuple[str, int] | None = None
    hint: str = ""


def find_crash(text: str, project: Path, mistakes: Path | None = None) -> Crash | None:
    """Return the last exception in an app's output, None where there is no whole one."""
    text = _COLOURS.sub("", text)
    blocks = list(_blocks(text))
    if not blocks:
        return None
    problem, _ = blocks[-1]
    place = next(
        (found for _, frames in reversed(blocks) if (found := _innermost(frames, project))), None
    )
    return Crash(problem, place, usual_cause(text, mistakes))


def last_line(text: str) -> str:
    """Return the last line that says something."""
    lines = [line.strip() for line in _COLOURS.sub("", text).splitlines() if line.strip()]
    return lines[-1][:_LONGEST] if lines else "The app ended without a word."


def usual_cause(text: str, mistakes: Path | None) -> str:
    """Return what a typical mistake tells that shows like this one, "" where none does.

    The names in the data's own examples stand for any name; of several the one that shows most
    of itself is meant.
    """
    best, most = "", 0
    for entry in _mistakes(mistakes):
        signs = [_sign(each, entry) for each in entry.get("shows", ()) if not _is_path(each)]
        if not signs or not all(re.search(sign, text) for sign, _ in signs):
            continue
        weight = sum(letters for _, letters in signs)
        if weight > most:
            best, most = str(entry.get("tells", "")), weight
    return best


def _blocks(text: str) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Yield each traceback: its exception and its frames."""
    for part in text.split(_HEAD)[1:]:
        frames: list[tuple[str, int]] = []
        for line in _BARS.sub("", part).splitlines():
            if frame := _FRAME.match(line):
                frames.append((frame[1], int(frame[2])))
            elif line[:1].strip() and frames:
                if _EXCEPTION.match(line) or _BARE.match(line):
                    yield line.strip()[:_LONGEST], frames
                break


def _innermost(frames: list[tuple[str, int]], project: Path) -> tuple[str, int] | None:
    """Return the last frame in the learner's own files, by their path in the project."""
    root = f"{os.path.realpath(project)}{os.sep}"
    for path, line in reversed(frames):
        whole = os.path.realpath(project / path)
        inside = whole.removeprefix(root)
        if inside != whole and not inside.startswith(".venv") and "site-packages" not in inside:
            return Path(inside).as_posix(), line
    return None


def _mistakes(path: Path | None) -> Iterator[Mapping[str, Any]]:
    if path is None or not path.is_file():
        return
    yield from cast("Mapping[str, Any]", tomllib.loads(path.read_text("utf-8"))).values()


def _is_path(text: str) -> bool:
    return "/" in text and " " not in text and "." in text


def _sign(text: str, entry: Mapping[str, Any]) -> tuple[str, int]:
    """Return a text as a pattern in which its particular names are any, and its other letters."""
    invented = {
        name
        for edit in entry.get("edits", ())
        for name in _NAME.findall(edit.get("put", ""))
        if name not in edit.get("find", "")
    }
    pattern, letters = "", 0
    for part in re.split(r"('[^']*'|\w+(?:[./]\w+)*)", text):
        named = part[:1] == "'" and len(part) > 2 and " " not in part
        if named or part in invented:
            pattern += "'[^'\n]+'" if named else r"[\w./-]+"
        else:
            pattern += re.escape(part)
            letters += len(part)
    return pattern, letters
