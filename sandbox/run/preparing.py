"""What comes before an app starts: its environment, and its database the first time."""

from collections.abc import Callable
from contextlib import suppress

from sandbox.errors import ServerError
from sandbox.run import compiled, environment, setup
from sandbox.run.environment import NotInstalled
from sandbox.run.job import environment_python, words_of
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


def try_set_up(keeper: Keeper) -> None:
    """Set up a project that never was, as far as that goes while it is not yet installed."""
    with suppress(ServerError):  # it is tried again when all is there, and then said
        if setup.never_done(keeper.records):
            set_up(keeper)


def set_up(keeper: Keeper) -> None:
    """Migrate and seed where that was not done yet; raises `ServerError` and `OSError`."""
    job = keeper.job
    for step in setup.steps(job, keeper.records):
        keeper.tell(phase="starting", step=step.sentence)
        for line in step.lines:
            keeper.log.say(f"$ {line}")
            code, output = keeper.carry_out(words_of(line, job.project), job.variables())
            if code != 0:
                raise setup.failed(job, line, output)
        setup.done(job, keeper.records, step)
