"""The one family of errors that a learner may meet, each a sentence and what to do about it."""


class SandboxError(Exception):
    """Say in one sentence what is wrong (`message`) and in another what to do (`hint`)."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class DataError(SandboxError):
    """A data file of ours is broken: names the file, the entry and the fix."""


class AnswerError(SandboxError):
    """An answer names something that does not exist or is not allowed together.

    `question` is the one at fault, or empty where there is no such question.
    """

    def __init__(self, message: str, hint: str = "", *, question: str = "") -> None:
        super().__init__(message, hint)
        self.question = question


class UsageError(SandboxError):
    """An option of a command lacks its partner or cannot be read."""


class RequestError(SandboxError):
    """A project cannot be generated as asked; `field` names the part at fault."""

    def __init__(self, field: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.field = field


class ScaffoldError(SandboxError):
    """A scaffold of ours is broken: names the scaffold, the file and the fix."""


class WorkspaceError(SandboxError):
    """The workspace folder cannot be read or written, or already holds that project."""


class LessonError(SandboxError):
    """A lesson or a step of it does not exist, or its progress cannot be kept."""


class ServerError(SandboxError):
    """A server or a command could not be started, reached or stopped."""


class ProgramError(ServerError):
    """A program of a project did not start or end well; `output` is the end of what it printed.

    `folder` is where it ran, as its output names it.
    """

    def __init__(self, message: str, hint: str = "", *, output: str, folder: str) -> None:
        super().__init__(message, hint)
        self.output = output
        self.folder = folder

    def moved(self, folder: str) -> "ProgramError":
        """Return the same complaint as if the program had run in another folder."""
        message, hint, output = (
            text.replace(self.folder, folder) for text in (self.message, self.hint, self.output)
        )
        return ProgramError(message, hint, output=output, folder=folder)


def not_an_app(url: str) -> ServerError:
    """Return the complaint about what cannot be the address of an app."""
    shown = url if len(url) <= 160 else f"{url[:159]}…"
    message = f"{shown!a} is not the address of an app."
    return ServerError(message, "Give it like http://127.0.0.1:8000.")
