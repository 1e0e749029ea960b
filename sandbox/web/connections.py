"""Connections of the server: as many as the system allows, and none kept by who was refused.

Any web page can open connections to this computer. Held open, they would leave none for ours.
"""

import select
import sys
from collections.abc import Callable

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ThreadedTaskDispatcher, WSGITask

_WANTED = 4096
_KEPT_FREE = 100  # open files for the pages' own work: templates, projects, checks
_FEW = 200
_SELECT_LIMIT = 400  # where the system has no poll(), select() ends at 512


class ClosingTask(WSGITask):
    """Answer a request, and close the connection after a refusal."""

    def build_response_header(self) -> bytes:
        """Return the head of the answer."""
        if self.status >= "400":
            self.set_close_on_finish()
        return super().build_response_header()


class RefusingParser(HTTPRequestParser):
    """Read a request, and refuse as malformed what waitress would stumble over."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head; raises `ParsingError`."""
        try:
            super().parse_header(header_plus)
        except ValueError:  # a length of more digits than Python reads as a number
            raise ParsingError("The header cannot be read.") from None


class ClosingChannel(HTTPChannel):
    """Carry one connection."""

    task_class = ClosingTask
    parser_class = RefusingParser


class EndingDispatcher(ThreadedTaskDispatcher):
    """Run requests in threads; at the end, first end those that would go on for ever."""

    def __init__(self, end_streams: Callable[[], None]) -> None:
        super().__init__()
        self._end_streams = end_streams

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        """End all threads."""
        self._end_streams()
        return super().shutdown(cancel_pending, timeout)


def connection_limit() -> int:
    """Return how many connections may be open at once, after asking the system for more."""
    if not hasattr(select, "poll") or sys.platform == "win32":
        return _SELECT_LIMIT
    import resource  # Windows has none

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _WANTED + _KEPT_FREE
    if soft != resource.RLIM_INFINITY and soft < most:
        soft = most if hard == resource.RLIM_INFINITY else min(hard, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    files = most if soft == resource.RLIM_INFINITY else min(soft, most)
    return max(files - _KEPT_FREE, files // 2)


def say_few_connections() -> str:
    """Return a sentence for systems that allow so few that other pages can use them up, or ""."""
    limit = connection_limit()
    if limit >= _FEW:
        return ""
    return (
        f"This system lets a program open few files, so {limit} connections at once are the most: "
        "close pages that you do not use if these answer slowly."
    )
