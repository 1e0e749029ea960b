"""What comes before an app starts: its environment, and its database the first time."""

from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress

from sandbox.errors import ServerError
from sandbox.run import compiled, environment, setup
from sandbox.run.environment import NotInstalled
from sandbox.run.job import Job, environment_python, words_of
from sandbox.run.keeper import Keeper

_WHICH = "import sys; print('.'.join(map(str, sys.version_info[:3])))"


def prepare(keeper: Keeper, meanwhile: Callable[[], None]) -> dict[str, str]:
    """Make the environment unless it is ready; return the versions in it.

    `meanwhile` is called when the packages are there and only the project itself is still being
    installed. Raises `ServerError` where the environment does not come about, `OSError` where
    nothing can be written.
    """
    job = keeper.job
    if versions := environment.ready(job):
        return dict(versions)
    if job.uv is None:
        raise ServerError(
            "There is no uv on this computer, which installs the packages of projects.",
            "Type `pip install uv`, then try again.",
        )
    keeper.tell(phase="preparing", step="Installing the packages")
    environment.claim(job)
    environment.unmark(job)
    problem = ServerError("")
    for commands in environment.ways(job):
        try:
            for words in commands:
                _check(keeper, *keeper.carry_out(words, environment.environment_for_uv()))
            return _install_itself(keeper, meanwhile)
        except NotInstalled as failure:
            problem = ServerError(failure.message, failure.hint)
            if failure.final:
                break
    raise problem


def _install_itself(keeper: Keeper, meanwhile: Callable[[], None]) -> dict[str, str]:
    """Install the project itself among its packages, and mark the environment ready.

    Raises `NotInstalled` if it is not whole.
    """
    job = keeper.job
    keeper.begin_beside(environment.installing_itself(job), environment.environment_for_uv())
    compiled.lend(environment.packages_of(job.project))
    environment.look(job, _python(keeper))
    meanwhile()
    _check(keeper, *keeper.end_of_beside())
    versions = environment.look(job, _python(keeper))
    environment.mark_ready(job, versions)
    keeper.fresh = True
    return versions


def _check(keeper: Keeper, code: int, output: str) -> None:
    if code != 0:
        raise NotInstalled.because(output, keeper.job.project)


def _python(keeper: Keeper) -> str:
    """Return which Python the environment's interpreter says it is, "" if it does not start."""
    words = [str(environment_python(keeper.job.project)), "-I", "-S", "-c", _WHICH]
    try:
        code, output = keeper.carry_out(words, {}, shown=False)
    except ServerError:
        return ""
    return output.strip() if code == 0 else ""


def try_migrate(keeper: Keeper) -> None:
    """Migrate a project that never was, as far as that goes while it is not yet installed."""
    with suppress(ServerError):  # it is tried again when all is there, and then said
        if setup.never_done(keeper.records):
            migrate(keeper)


def migrate(keeper: Keeper) -> None:
    """Make the tables where that was not done yet; raises `ServerError` and `OSError`."""
    for step in setup.steps(keeper.job, keeper.records):
        if step.name == "migrate":
            keeper.tell(phase="starting", step=step.sentence)
            for line in step.lines:
                _carry_out(keeper, line)
            setup.done(keeper.job, keeper.records, step)


@contextmanager
def seeding(keeper: Keeper) -> Generator[None]:
    """Sow the sample books where that was not done yet, beside what is done in the context.

    Raises `ServerError` and `OSError`.
    """
    job = keeper.job
    due = [step for step in setup.steps(job, keeper.records) if step.name == "seed"]
    lines = [line for step in due for line in step.lines]

    def begin(line: str) -> None:
        keeper.begin_beside(words_of(line, job.project), job.variables())

    for line in lines[:1]:
        begin(line)
    yield
    for number, line in enumerate(lines):
        keeper.tell(step=due[0].sentence)
        if number:
            begin(line)
        keeper.log.say(f"$ {line}")
        _expect_done(job, line, *keeper.end_of_beside())
    for step in due:
        setup.done(job, keeper.records, step)


def _carry_out(keeper: Keeper, line: str) -> None:
    keeper.log.say(f"$ {line}")
    words = words_of(line, keeper.job.project)
    _expect_done(keeper.job, line, *keeper.carry_out(words, keeper.job.variables()))


def _expect_done(job: Job, line: str, code: int, output: str) -> None:
    if code != 0:
        raise setup.failed(job, line, output)
