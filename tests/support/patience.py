"""Time for a contract run that shares a small machine with other tests."""

from sandbox.contract import Clock, Limits


def unhurried() -> Clock:
    """Return a clock by which no right app fails for being slow.

    How fast an app must be is held where a planted fault makes it slow: there by the contract's
    own limits.
    """
    return Clock(Limits(answer_seconds=60, run_seconds=3600, slack=8))
