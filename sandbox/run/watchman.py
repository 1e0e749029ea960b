"""Clean up after a process that may be killed: `python -m sandbox.run.watchman MARKER`.

It waits for the end of its input, then ends whatever carries the marker.
"""

import os
import secrets
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

from sandbox.run.kin import end_marked


@contextmanager
def watched() -> Generator[str]:
    """Yield a marker for what is started in the block: it ends with the block, or this process."""
    marker = secrets.token_hex(16)
    watchman = subprocess.Popen(
        (sys.executable, "-m", "sandbox.run.watchman", marker),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert watchman.stdin is not None
    try:
        yield marker
    finally:
        watchman.stdin.close()
        watchman.wait()


def main() -> None:
    """Wait and clean up."""
    while os.read(0, 1024):
        pass
    end_marked([sys.argv[1]])


if __name__ == "__main__":
    main()
