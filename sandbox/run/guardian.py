"""The process between the sandbox and one app: it prepares, starts, watches and ends it.

`python -m sandbox.run.guardian RECORDS` reads its job as the first line of its input. That pipe is
its lifeline: when it ends, since the sandbox has ended however that happened, so does the app.
"""

import os
import sys
from functools import partial
from pathlib import Path

from sandbox.errors import ServerError
from sandbox.run.job import Job, read_job
from sandbox.run.keeper import Ended, Keeper
from sandbox.run.preparing import migrate, prepare, try_migrate
from sandbox.run.serving import serve
from sandbox.run.state import AppState, Held, Phase, now, read_state

_NOTHING = {"address": None, "step": "", "problem": "", "hint": "", "place": None}


def work(keeper: Keeper) -> None:
    """Do the job; whatever happens, nothing of the app is left running."""
    rest: Phase = "unprepared"
    try:
        runs = keeper.job.goal == "running"
        versions = prepare(keeper, partial(try_migrate, keeper) if runs else _nothing)
        rest = "prepared"
        keeper.tell(versions=versions)
        if keeper.job.goal == "prepared":
            keeper.tell(phase="prepared", **_NOTHING)
        elif keeper.job.goal == "tested":
            from sandbox.run.testing import run_tests  # an app that starts need not wait for it

            run_tests(keeper)
        else:
            migrate(keeper)
            rest = "stopped"
            serve(keeper)
    except Ended:
        keeper.leave(phase=rest, **_NOTHING)
    except ServerError as error:
        keeper.leave(phase="failed", **{**_NOTHING, "problem": error.message, "hint": error.hint})
    except OSError as error:
        reason = (error.strerror or "the system refuses").lower()
        said = {"problem": f"Something cannot be written: {reason}.", "hint": "Make room there."}
        keeper.leave(phase="failed", **{**_NOTHING, **said})
    finally:
        keeper.leave()
        keeper.log.close()


def _nothing() -> None:
    """Wait."""


def main() -> None:
    """Read the job and do it; without one, whoever started this has changed their mind."""
    records = Path(sys.argv[1])
    job = _read()
    if job is not None:
        held = read_state(records) or Held(AppState(records.name, "preparing", since=now()))
        keeper = Keeper(records, job, held)
        keeper.listen()
        work(keeper)


def _read() -> Job | None:
    line = b""
    while not line.endswith(b"\n"):
        data = os.read(0, 1 << 16)
        if not data:
            return None
        line += data
    return read_job(line.decode())


if __name__ == "__main__":
    main()
