"""Of what an app or a command has printed: the lines that tell what has gone wrong."""

import re

_REQUEST = re.compile(r"(GET|POST|PUT|PATCH|DELETE) ([^\s?]+)")
_ACCESS = re.compile(r'(?m)^.*"([A-Z]+) (\S+) HTTP/[\d.]+" (\d{3}).*$')
_RAISED = re.compile(r"(?m)^[\w.]*(?:Error|Exception|Warning|DoesNotExist)\b")
_WHILE_HANDLING = "During handling of the above exception, another exception occurred:"
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_UVICORN = "INFO: "
_MOST_LINES = 12
# What Django's shell says of itself before anything of the learner's.
_NOISE = re.compile(r"\d+ objects? imported automatically")
_OF_UNITTEST = ("FAIL: ", "ERROR: ")
_TRACEBACK = "Traceback (most recent call last):"
# What pytest says of a test that failed: the complaint, and then the place in the test.
_OF_A_FAILURE = re.compile(r"E |\S+\.py:\d+: ")


def raised(log: str) -> bool:
    """Tell whether a log has the last line of a traceback, or a warning."""
    return _RAISED.search(log) is not None


def about(log: str, told: str) -> str:
    """Return what a log says of the first request that was answered as it was `told`.

    Uvicorn writes a traceback right after the line of its request, others right before it. All of
    the log comes back where it does not say which request was which.
    """
    log = _COLOUR.sub("", log)
    asked = _REQUEST.match(told)
    lines = list(_ACCESS.finditer(log))
    for place, line in enumerate(lines):
        if asked is None or not _is(asked, line):
            continue
        before = log[lines[place - 1].end() if place else 0 : line.end()]
        after = log[line.end() : lines[place + 1].start() if place + 1 < len(lines) else len(log)]
        parts = (after, before) if line[0].startswith(_UVICORN) else (before, after)
        for part in parts:
            if raised(part):
                return part
    return log


def last_raised(log: str) -> str:
    """Return the end of a log, from the error that came while another one was being handled.

    An `except` that names something unknown raises such: what it was to catch is not the cause.
    """
    return log.rpartition(_WHILE_HANDLING)[2]


def _is(asked: re.Match[str], line: re.Match[str]) -> bool:
    method, target, status = line.groups()
    path = target.partition("?")[0]
    return status >= "500" and (method, path) == asked.groups()


def telling_lines(output: str) -> list[str]:
    """Return the lines of a command's output that a learner needs, in their order.

    Of a traceback that is its last line and what follows; of pytest, its first failure and the end.
    """
    said = _COLOUR.sub("", output).strip().splitlines()
    lines = [each for each in said if not _NOISE.match(each)]
    found = _of_pytest(lines) or _of_unittest(lines)
    return found or _below_the_frames(lines)[-_MOST_LINES:]


def _below_the_frames(lines: list[str]) -> list[str]:
    """Return what stands below the frames of the last traceback, all where there is none."""
    if _TRACEBACK not in lines:
        return lines
    begins = len(lines) - lines[::-1].index(_TRACEBACK)
    below = (place for place in range(begins, len(lines)) if not lines[place].startswith(" "))
    return lines[next(below, begins) :]


def _of_unittest(lines: list[str]) -> list[str]:
    """Return the first test that failed, with which words, and how many did; nothing if none."""
    starts = [place for place, each in enumerate(lines) if each.startswith(_OF_UNITTEST)]
    if not starts:
        return []
    rest = lines[starts[0] + 1 :]
    ends = (place for place, each in enumerate(rest) if each.startswith(("====", "Ran ")))
    said = _below_the_frames(rest[: next(ends, len(rest))])
    words = [each for each in said if each and not each.startswith("---")]
    summary = [each for each in lines if each.startswith("FAILED (")]
    return [lines[starts[0]], *words[:_MOST_LINES], *summary]


def _of_pytest(lines: list[str]) -> list[str]:
    """Return the line of code before the first complaint, the complaint, its place, and the end."""
    first = next((place for place, each in enumerate(lines) if each.startswith("E  ")), None)
    if first is None:
        return []
    code = [each for each in lines[:first] if each.startswith("> ")][-1:]
    said = [each for each in lines[first:] if _OF_A_FAILURE.match(each)]
    at = next((place for place, each in enumerate(said) if not each.startswith("E ")), len(said))
    return [*code, *said[: min(at, _MOST_LINES)], *said[at : at + 1], lines[-1]]
