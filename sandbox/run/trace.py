"""Note what a project's processes ask their database, by a hook of Python's own at their start."""

import os
from dataclasses import dataclass
from pathlib import Path

_VARIABLE = "SANDBOX_QUERIES"
_HOOK = '''\
"""Note each statement that a connection of SQLite runs. Nothing else of the process changes."""

import os
import sqlite3

_path = os.environ.get("SANDBOX_QUERIES")
if _path:
    _file = os.open(_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    _connect = sqlite3.connect

    def _note(statement):
        os.write(_file, (" ".join(statement.split()) + "\\n").encode("utf-8", "replace"))

    def _traced(*args, **options):
        connection = _connect(*args, **options)
        connection.set_trace_callback(_note)
        return connection

    sqlite3.connect = sqlite3.dbapi2.connect = _traced
'''


@dataclass(frozen=True)
class Trace:
    """Where the hook lies, and the file that gets a line for each statement."""

    folder: Path

    @property
    def queries(self) -> Path:
        """Return the file of statements, which need not be there yet."""
        return self.folder / "queries.log"

    def environment(self, python_path: str = "") -> dict[str, str]:
        """Return the variables for a traced process, with what else its path of modules holds.

        Raises `OSError` if the hook cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        hook = self.folder / "sitecustomize.py"
        if not hook.is_file():
            hook.write_text(_HOOK, encoding="utf-8")
        path = os.pathsep.join(each for each in (python_path, str(self.folder)) if each)
        return {"PYTHONPATH": path, _VARIABLE: str(self.queries)}
