"""Kill a writer at random moments, round after round, and tell what it left: run by the tests.

`python killing.py FOLDER ROUNDS careful|naive`; a round forks, so that the writer begins at once.
On a busy machine more rounds are made, until a kill has come in the middle of some writing.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from sandbox.generate import FileTree, archive
from sandbox.workspace import Workspace, read_tree, write_file
from tests.support.variants import FRAMEWORKS, tree

TREES = {f"shelf-{name}": tree(name, ("routes",)) for name in FRAMEWORKS}
ZIPPED = archive(TREES)


def write(folder: Path, *, naive: bool) -> None:
    """Write projects and a zip again and again, until killed."""
    for number in range(10_000):
        into = folder / str(number)
        if naive:
            for name, files in TREES.items():
                for path, text in files.items():
                    (into / name / path).parent.mkdir(parents=True, exist_ok=True)
                    (into / name / path).write_text(text, encoding="utf-8")
        else:
            Workspace(into).write_all(TREES)
            write_file(into / "all.zip", ZIPPED)


def is_whole(path: Path, files: FileTree) -> bool:
    """Tell whether a project that has its name has all its files."""
    return read_tree(path) == files


def main(folder: Path, rounds: int, *, naive: bool) -> dict[str, int]:
    """Return how many projects and zips were found half written, and what was swept."""
    found = {"half": 0, "whole": 0, "staged": 0, "left": 0}
    for number in range(50 * rounds):
        if number >= rounds and found["whole"] and found["half" if naive else "staged"]:
            break
        root = folder / str(number)
        child = os.fork()
        if child == 0:
            write(root, naive=naive)
        while not root.exists():
            time.sleep(0.001)
        time.sleep(random.uniform(0.0, 0.08))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        for into in root.glob("*"):
            for name, files in TREES.items():
                if (into / name).exists():
                    found["whole" if is_whole(into / name, files) else "half"] += 1
            zipped = into / "all.zip"
            found["half"] += zipped.exists() and zipped.read_bytes() != ZIPPED
            found["staged"] += len(list(into.glob(".sandbox-staging-*")))
            write_file(into / "next", b"")
            found["left"] += len(list(into.glob(".sandbox-staging-*")))
    return found


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), naive=sys.argv[3] == "naive")))
