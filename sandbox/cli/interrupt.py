"""Ctrl-C and its like, while something is under way: it ends at once, and whole."""

import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType

from sandbox.contract import Clock, Limits


@contextmanager
def called_off_by_signals(seconds: float | None = None) -> Generator[Clock, None, None]:
    """Give a run's clock, which Ctrl-C and a request to end (SIGTERM) call off.

    What other threads of the run wait for ends with it.
    """
    limits = Limits() if seconds is None else Limits(run_seconds=seconds)
    clock = Clock(limits)

    def call_off(number: int, frame: FrameType | None) -> None:
        clock.call_off()
        raise KeyboardInterrupt

    with _handling(signal.SIGTERM, call_off), _handling(signal.SIGINT, call_off):
        yield clock


@contextmanager
def ended_by_signals() -> Generator[None, None, None]:
    """Let a request to end (SIGTERM), and a terminal that closes, do what Ctrl-C does."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    closed = getattr(signal, "SIGHUP", signal.SIGTERM)
    with _handling(signal.SIGTERM, interrupt), _handling(closed, interrupt):
        yield


@contextmanager
def undisturbed() -> Generator[None, None, None]:
    """Keep a second Ctrl-C from leaving processes behind while they are being stopped."""
    with _handling(signal.SIGINT, signal.SIG_IGN), _handling(signal.SIGTERM, signal.SIG_IGN):
        yield


@contextmanager
def _handling(
    number: signal.Signals, handler: Callable[[int, FrameType | None], None] | signal.Handlers
) -> Generator[None, None, None]:
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)
