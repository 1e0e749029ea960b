"""A process that a guardian starts: its own group, its output in the log, ended as a whole."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from sandbox.errors import ServerError
from sandbox.run.kin import end_group

_CHUNK = 64 * 1024
_PER_TENTH = 1024 * 1024
_TAIL = 64 * 1024
_LAST_WORDS = 0.5  # seconds to read what was printed when the process had ended


class Child:
    """One started command; `output` is the end of what it printed, whoever of its processes."""

    def __init__(
        self,
        words: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        write: Callable[[bytes], None],
    ) -> None:
        """Start it; raises `ServerError` if there is no such program."""
        self._write = write
        self._tail = bytearray()
        try:
            self._process = subprocess.Popen(
                words,
                cwd=folder,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise ServerError(
                f"{Path(words[0]).name!r} cannot be started: {reason}.",
                "Try again; if the project's folder was changed by hand, look whether it is whole.",
            ) from None
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """Return the number of the process, which is that of its group."""
        return self._process.pid

    @property
    def code(self) -> int | None:
        """Return the exit code, None while it runs."""
        return self._process.poll()

    @property
    def output(self) -> str:
        """Return the end of what was printed."""
        return bytes(self._tail).decode("utf-8", "replace")

    def end(self, grace: float) -> None:
        """End the whole group: ask, wait `grace` seconds, kill."""
        end_group(self.pid, grace, self._process.poll)
        self._process.wait()
        self.hear_out()

    def hear(self, seconds: float) -> bool:
        """Wait for the end of what it prints; tell whether that has come."""
        self._reader.join(seconds)
        return not self._reader.is_alive()

    def hear_out(self) -> None:
        """Wait a moment for the last words of a process that has ended."""
        self._reader.join(_LAST_WORDS)

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        with suppress(OSError, ValueError), stream:
            pace = _Pace()
            while data := os.read(stream.fileno(), _CHUNK):
                self._write(data)
                pace.keep(len(data))
                self._tail += data
                del self._tail[:-_TAIL]


class _Pace:
    """Read an app's output at ten megabytes a second at most: it waits, and the computer lives."""

    def __init__(self) -> None:
        self._until = 0.0
        self._bytes = 0

    def keep(self, count: int) -> None:
        """Wait if more has come in this tenth of a second than belongs there."""
        moment = time.monotonic()
        if moment > self._until:
            self._until, self._bytes = moment + 0.1, 0
        self._bytes += count
        if self._bytes > _PER_TENTH:
            time.sleep(max(0.0, self._until - moment))
