"""What comes before an app starts: its environment, and its database the first time."""

from sandbox.errors import ServerError
from sandbox.run import environment, setup
from sandbox.run.environment import NotInstalled
from sandbox.run.job import environment_python, words_of
from sandbox.run.keeper import Keeper


def prepare(keeper: Keeper) -> dict[str, str]:
    """Make the environment unless it is ready; return the versions in it.

    Raises `ServerError` where it does not come about, `OSError` where nothing can be written.
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
                code, output = keeper.carry_out(words, environment.environment_for_uv())
                if code != 0:
                    raise NotInstalled.because(output, job.project)
            return _look(keeper)
        except NotInstalled as failure:
            problem = ServerError(failure.message, failure.hint)
            if failure.final:
                break
    raise problem


def _look(keeper: Keeper) -> dict[str, str]:
    """Look at the environment and mark it ready; raises `NotInstalled` if it is not whole."""
    job = keeper.job
    words = [str(environment_python(job.project)), "-c", environment.LOOK, *job.packages]
    try:
        code, output = keeper.carry_out(words, {}, shown=False)
    except ServerError:
        code, output = 1, ""
    versions = environment.looked_at(job, code, output)
    environment.mark_ready(job, versions)
    return versions


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
