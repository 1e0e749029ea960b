"""How a check ends that does not pass: a finding about the app, or no way to make it."""

from typing import Literal, TypeAlias

Silence: TypeAlias = Literal["absent", "hung", "cut", "foreign"]
MeansName: TypeAlias = Literal["restart", "production", "staff", "name"]


class Failure(Exception):  # noqa: N818 - a finding about the app, no error of ours
    """The app breaks the contract; the text tells a learner what was expected and what came.

    `step` is the request that went wrong, like `POST /api/books`, when there is one to blame.
    """

    def __init__(self, message: str, *, step: str | None = None) -> None:
        super().__init__(message)
        self.step = step


class NoAnswer(Failure):
    """No whole answer came: nothing listens, it hangs, it hangs up, or it is no HTTP.

    `hint` says what to do about it.
    """

    def __init__(
        self,
        message: str,
        *,
        step: str | None = None,
        kind: Silence = "hung",
        hint: str = "Look at the app's log.",
    ) -> None:
        super().__init__(message, step=step)
        self.kind: Silence = kind
        self.hint = hint


class Skipped(Exception):  # noqa: N818 - no error at all
    """A check cannot be made here; the text is the plain reason.

    `means` names what would make it possible, where something would: a field of `Means`, or `name`.
    """

    def __init__(self, message: str, *, means: MeansName | None = None) -> None:
        super().__init__(message)
        self.means: MeansName | None = means
