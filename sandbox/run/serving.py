"""An app from its start to its end: up only if it is ours that answers, crashed if it says so."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from sandbox.errors import ServerError
from sandbox.run import compiled, environment, probe
from sandbox.run.child import Child
from sandbox.run.edits import newest
from sandbox.run.front import Front
from sandbox.run.job import filled, words_of
from sandbox.run.keeper import Keeper
from sandbox.run.limits import limit_files
from sandbox.run.log import read_log
from sandbox.run.ports import HOST, claimed, is_free
from sandbox.run.preparing import seeding
from sandbox.run.state import now

if TYPE_CHECKING:
    from sandbox.run.crash import Crash

_PAUSE = 0.01  # seconds between two looks at an app that is about to answer
_WATCH = 0.25  # seconds between two looks at one that runs
_TRIES = 5
_MISSED = 3.0  # seconds in which a development server notices what was saved
_AFTERTHOUGHT = 1.0  # seconds in which an app that printed an exception may still come up
_BROKEN = 500  # the status of an answer that is no answer
_WINDOW = 64 * 1024  # bytes of output that are looked through

Outcome: TypeAlias = Literal["ended", "stolen", "mended"]


def serve(keeper: Keeper) -> None:
    """Start the app at a free port and stay until it ends.

    Raises `Ended` when that was asked for, and `ServerError` if it never answers.
    """
    job = keeper.job
    limit_files()
    wanted = job.wanted_port if job.takes_port else int(job.address.rpartition(":")[2])
    tries, outcome = _TRIES, "begun"
    while tries > 0:
        with claimed(wanted, only=not job.takes_port) as port:
            outcome = _Serving(keeper, port, again=outcome == "mended").serve()
        if outcome == "ended":
            return
        wanted = port if outcome == "mended" else None
        tries -= outcome == "stolen"
    raise ServerError("Other programs took every port that was chosen.", "Try again.")


class _Serving:
    """One app at one port."""

    def __init__(self, keeper: Keeper, port: int, *, again: bool) -> None:
        self._keeper = keeper
        self._port = port
        self._begun = keeper.log.offset  # where the output of the app, as it is now, begins
        self._seen = self._begun
        self._family: frozenset[int] = frozenset()  # its processes when it was last looked at
        self._listened = False
        self._reloading = False
        self._complained: float | None = None
        self._again = again
        self._edited = newest(keeper.job.project)  # the last change that the app has seen
        self._unseen: float | None = None
        self._health: probe.Health | None = None
        with seeding(keeper):
            self._child = self._start()

    def serve(self) -> Outcome:
        """Stay until the app ends, or until it has to be started anew."""
        deadline = time.monotonic() + self._keeper.job.patience
        probe.get_ready()
        while not self._is_up():
            if self._child.code is not None:
                return self._ended_early()
            if self._has_complained():
                self._tell_crash()
                break
            if time.monotonic() > deadline:
                return self._never_answered()
            self._keeper.wait(_PAUSE)
        else:
            self._tell_running(reloaded=self._again)
            if self._keeper.fresh:
                compiled.keep(environment.packages_of(self._keeper.job.project))
        return self._watch()

    def _start(self) -> Child:
        keeper, job = self._keeper, self._keeper.job
        keeper.tell(
            phase="starting",
            address=f"http://{HOST}:{self._port}",
            shown_at=Front(job.front).address(self._port) if job.front else "",
            step="Starting the app",
            problem="",
            hint="",
            place=None,
            reloaded=None,
            log_from=self._begun,
        )
        line = job.lines_of("run")[-1]
        words = [*words_of(line, job.project), *filled(job.port.split(), port=self._port)]
        more = job.variables(port=self._port)
        if job.front:
            told = Front(job.front).values(self._port)
            words = [job.front_words.get(each, each) for each in words]
            texts = filled([*job.front_environment.values()], **told)
            more |= dict(zip(job.front_environment, texts, strict=True))
        return keeper.start(words, more)

    def _is_up(self) -> bool:
        listens = probe.listens(self._port)
        return listens and self._is_ours() and self._asks()

    def _asks(self) -> bool:
        """Ask the app how it is; tell whether it answers."""
        self._health = probe.health(self._port)
        return self._health is not None

    def _is_ours(self) -> bool:
        return probe.owns(self._child.pid, self._keeper.job.marker, self._port)

    def _never_answered(self) -> Outcome:
        """Give the port up if it is somebody else's; raises `ServerError` otherwise."""
        if probe.listens(self._port) and not self._is_ours():
            self._keeper.leave()
            return "stolen"
        raise ServerError(
            f"The app did not answer at {HOST}:{self._port} within "
            f"{self._keeper.job.patience:g} seconds.",
            "Read its log: what does it wait for?",
        )

    def _ended_early(self) -> Outcome:
        self._child.hear_out()
        if self._keeper.job.takes_port and not is_free(self._port):
            self._keeper.leave()
            return "stolen"
        self._tell_end()
        return "ended"

    def _watch(self) -> Outcome:
        """Follow the app until it ends by itself; raises `Ended` when that was asked for."""
        keeper = self._keeper
        while self._child.code is None:
            if not keeper.job.project.is_dir():
                keeper.leave(phase="crashed", address=None, problem="The project's folder is gone.")
                return "ended"
            if self._notice():
                self._reloading, self._complained = True, None
                self._edited = newest(keeper.job.project)
            if self._reloading or keeper.held.state.phase == "crashed":
                self._look()
            if keeper.held.state.phase == "crashed" and self._is_mended_unseen():
                keeper.leave()
                return "mended"
            keeper.wait(_PAUSE if self._reloading else _WATCH)
        self._child.hear_out()
        self._tell_end()
        return "ended"

    def _is_mended_unseen(self) -> bool:
        """Tell whether a file was saved long ago and the development server has missed it.

        Django's does when that happens in the second in which it comes up.
        """
        if newest(self._keeper.job.project) == self._edited:
            self._unseen = None
            return False
        self._unseen = self._unseen or time.monotonic()
        return not self._reloading and time.monotonic() - self._unseen > _MISSED

    def _look(self) -> None:
        """Find out how a reload went, or whether an app that had crashed is up after all."""
        status = self._new_answer()
        if status is not None:
            if status >= _BROKEN and self._crash():
                self._tell_crash()
            else:
                self._tell_running(reloaded=True)
        elif self._reloading and self._has_complained():
            self._tell_crash()

    def _new_answer(self) -> int | None:
        """Return the status that the app answers if it is not as it was when last asked.

        An app that is broken prints its exception at each question: it is asked once.
        """
        changed = _family(self._child.pid) - self._family
        if not changed and (self._reloading or self._listened):
            return None
        if not probe.listens(self._port) or not self._is_ours():
            return None
        return self._health.status if self._asks() and self._health else None

    def _has_complained(self) -> bool:
        """Tell whether there was an exception, and time enough to come up in spite of it."""
        if self._complained is None and self._crash():
            self._complained = time.monotonic()
        return self._complained is not None and time.monotonic() - self._complained > _AFTERTHOUGHT

    def _notice(self) -> bool:
        """Read what is new in the output; tell whether a reload began."""
        keeper = self._keeper
        before, part = self._seen, read_log(keeper.records, self._seen, most=_WINDOW)
        self._seen = part.offset
        if part.offset == before:
            return False
        if (mark := keeper.job.reloads) and mark in part.text:
            at = len(part.text[: part.text.rindex(mark)].encode())
            self._begun = before + part.skipped + at
            return True
        if keeper.held.state.phase == "running" and (crash := self._crash()):
            keeper.tell(problem=crash.problem, hint=crash.hint, place=crash.place)
        return False

    def _output(self) -> str:
        return read_log(self._keeper.records, self._begun, most=_WINDOW).text

    def _crash(self) -> "Crash | None":
        from sandbox.run.crash import find_crash

        job = self._keeper.job
        return find_crash(self._output(), job.project, Path(job.mistakes))

    def _tell_running(self, *, reloaded: bool = False) -> None:
        when = now() if reloaded else self._keeper.held.state.reloaded
        told = {"step": "", "problem": "", "hint": "", "place": None, "reloaded": when}
        framing = self._health is not None and self._health.framing
        self._keeper.tell(phase="running", framing=framing, **told)
        self._remember()

    def _tell_crash(self, **changes: object) -> None:
        """Say what the app's last exception was; it waits for the line to be mended."""
        from sandbox.run.crash import find_crash, last_line, usual_cause

        job, output = self._keeper.job, self._output()
        crash = find_crash(output, job.project, Path(job.mistakes))
        self._remember()
        self._keeper.tell(
            phase="crashed",
            step="",
            problem=crash.problem if crash else last_line(output),
            hint=crash.hint if crash else usual_cause(output, Path(job.mistakes)),
            place=crash.place if crash else None,
            **changes,
        )

    def _remember(self) -> None:
        self._family = _family(self._child.pid)
        self._listened = probe.listens(self._port)
        self._reloading, self._complained = False, None

    def _tell_end(self) -> None:
        self._keeper.leave()
        self._tell_crash(address=None)


def _family(leader: int) -> frozenset[int]:
    import psutil

    try:
        return frozenset(each.pid for each in psutil.Process(leader).children(recursive=True))
    except psutil.Error:
        return frozenset()
