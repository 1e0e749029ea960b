"""The product as a process that can be killed: `python -m tests.run.product WORKSPACE HOW`.

It starts every project of a workspace of tiny ones, says "up" and waits; `naive` starts them as
plain children instead.
"""

import subprocess
import sys
import time
from pathlib import Path

from tests.run.labs import TinyLab


def main() -> None:
    """Start all and wait to be killed."""
    folder, how = Path(sys.argv[1]), sys.argv[2]
    tiny = TinyLab(folder)
    projects = tiny.projects()
    print("begun", flush=True)
    if how == "naive":
        children = [
            subprocess.Popen([sys.executable, "app.py", str(40_000 + number)], cwd=each.folder)
            for number, each in enumerate(projects)
        ]
        print(*[each.pid for each in children], flush=True)
    else:
        tiny.lab.begin(projects)
        for each in projects:
            tiny.lab.start(each)
        print("up", flush=True)
    time.sleep(600)


if __name__ == "__main__":
    main()
