"""A started app: its own process group, its output in a log file, ready when it answers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx2

from sandbox.errors import ProgramError, ServerError, not_an_app

_GRACE_SECONDS = 2.0
_PAUSE_SECONDS = 0.05
_TAIL_LINES = 6
_TRACEBACK_LINES = 120
_OF_IMPORTS = 'File "<frozen '  # Python's own lines between one file and the one it imports
_TAIL_BYTES = 16_384


@dataclass(frozen=True)
class Launch:
    """How an app is started: `command` is an argument list, `url` where it answers then.

    Output is appended to the file `log`; without `environment` the app gets ours.
    """

    command: tuple[str, ...]
    url: str
    folder: Path
    log: Path
    environment: Mapping[str, str] | None = None
    patience_seconds: float = 30.0


class Server:
    """One app that is started, stopped as a whole group of processes, and started again.

    As a context manager it starts the app and stops it in the end, whatever happens in between.
    On Windows only the process itself is stopped, and that is untested.
    """

    def __init__(self, launch: Launch) -> None:
        self.launch = launch
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        """Tell whether the started process is alive."""
        return self._process is not None and self._process.poll() is None

    def start(self, changes: Mapping[str, str | None] | None = None) -> None:
        """Start the app and return when it answers; a `ServerError` leaves nothing running.

        `changes` are environment variables for this once; `None` takes one away. An app that
        answers before ours is started would be mistaken for it: that is refused.
        """
        url = self.launch.url
        if self.running:
            raise ServerError(f"The app at {url} is already running.", "Stop it first.")
        if _answers(url):
            raise ServerError(
                f"Something else already answers at {url}.",
                "Stop it, or choose another port.",
            )
        try:
            self.spawn(changes or {})
            self._wait_until_it_answers()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the whole group: ask, wait two seconds, then kill; no error if it is gone already."""
        process, self._process = self._process, None
        if process is None:
            return
        _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + _GRACE_SECONDS
        while _group_lives(process) and time.monotonic() < deadline:
            time.sleep(_PAUSE_SECONDS)
        if _group_lives(process):
            _signal_group(process, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        process.wait()

    def restart(self, changes: Mapping[str, str | None] | None = None) -> None:
        """Stop the app, start it again, and return when it answers."""
        self.stop()
        self.start(changes)

    def end(self, seconds: float) -> int | None:
        """Ask the process to end (SIGTERM) and return its exit code, `None` if it goes on.

        Only the process itself is asked and waited for, as a container does it: `stop` is for all.
        """
        if self._process is not None:
            self._process.terminate()
        return self.wait(seconds)

    def wait(self, seconds: float) -> int | None:
        """Return the exit code when the process ends by itself in time, `None` if it goes on."""
        if self._process is None:
            return None
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self._process.poll()

    def answers_or_ends(self) -> bool:
        """Wait like `start` after `spawn`; tell whether the app answers, and let it run."""
        deadline = time.monotonic() + self.launch.patience_seconds
        while self.running and time.monotonic() < deadline:
            if _answers(self.launch.url):
                return True
            time.sleep(_PAUSE_SECONDS)
        return False

    def last_output(self, lines: int = _TAIL_LINES) -> str:
        """Return the end of what the app printed."""
        try:
            with self.launch.log.open("rb") as log:
                log.seek(max(0, log.seek(0, os.SEEK_END) - _TAIL_BYTES))
                text = log.read().decode("utf-8", "replace")
        except OSError:
            return ""
        printed = [each for each in text.splitlines() if _OF_IMPORTS not in each]
        return "\n".join(printed[-lines:])

    def spawn(self, changes: Mapping[str, str | None]) -> None:
        """Start the process and wait for nothing."""
        launch = self.launch
        if not launch.command:
            raise ServerError("There is no command to start.", "Give the one that starts the app.")
        if not launch.folder.is_dir():
            raise ServerError(f"There is no folder {launch.folder}.", "Check its spelling.")
        try:
            with launch.log.open("ab") as log:
                self._process = subprocess.Popen(
                    launch.command,
                    cwd=launch.folder,
                    env=_changed(launch.environment, changes),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise ServerError(
                f"{launch.command[0]!r} cannot be started: {reason}.",
                "Check that the program is installed and spelled like this.",
            ) from None

    def _wait_until_it_answers(self) -> None:
        launch = self.launch
        deadline = time.monotonic() + launch.patience_seconds
        while time.monotonic() < deadline:
            if not self.running:
                raise self._dead("The app ended before it answered.")
            if _answers(launch.url):
                return
            time.sleep(_PAUSE_SECONDS)
        raise self._dead(
            f"The app did not answer at {launch.url} within {launch.patience_seconds:g} seconds."
        )

    def _dead(self, message: str) -> ProgramError:
        output = self.last_output()
        hint = f"It printed:\n{output}" if output else "It printed nothing."
        whole = self.last_output(_TRACEBACK_LINES)
        return ProgramError(message, hint, output=whole, folder=str(self.launch.folder))


def _changed(
    environment: Mapping[str, str] | None, changes: Mapping[str, str | None]
) -> dict[str, str]:
    merged = {**(os.environ if environment is None else environment), **changes}
    return {name: value for name, value in merged.items() if value is not None}


def _answers(url: str) -> bool:
    try:
        with httpx2.Client(trust_env=False, timeout=2.0) as client, client.stream("GET", url):
            return True
    except httpx2.InvalidURL:
        raise not_an_app(url) from None
    except httpx2.HTTPError:
        return False


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all that it has started in its session, at once."""
    _signal_group(process, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if sys.platform == "win32":
        process.terminate()
        return
    try:
        # The session was started with the process, so its group has the same number.
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _group_lives(process: subprocess.Popen[bytes]) -> bool:
    ended = process.poll() is not None
    if sys.platform == "win32":
        return not ended
    try:
        os.killpg(process.pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True
