"""Count what a project costs its reader: files, lines and installed packages."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from types import MappingProxyType

from sandbox.generate import FileTree

KINDS = ("code", "tests", "config", "docs", "data")

_BY_ENDING = {
    ".cfg": "config",
    ".csv": "data",
    ".env": "config",
    ".ini": "config",
    ".json": "data",
    ".lock": "config",
    ".md": "docs",
    ".rst": "docs",
    ".toml": "config",
    ".txt": "docs",
    ".yaml": "config",
    ".yml": "config",
}
_BY_NAME = {
    ".dockerignore": "config",
    ".gitignore": "config",
    ".python-version": "config",
    "Dockerfile": "config",
    "LICENSE": "docs",
    "package.json": "config",
    "requirements.txt": "config",
}
_TEST_FOLDERS = frozenset({"test", "tests"})
_TEST_NAMES = ("test_*.py", "*_test.py", "conftest.py", "tests.py")


@dataclass(frozen=True)
class Cost:
    """Count a project's files, its lines that are not blank by kind, and name its packages.

    `files` and `lines` have every kind of `KINDS`; `packages` are those that an empty environment
    receives, sorted, without the project itself.
    """

    files: Mapping[str, int]
    lines: Mapping[str, int]
    packages: tuple[str, ...]

    @property
    def all_files(self) -> int:
        """Return the number of files of all kinds."""
        return sum(self.files.values())

    @property
    def all_lines(self) -> int:
        """Return the number of lines of all kinds."""
        return sum(self.lines.values())


def count(tree: FileTree, packages: Iterable[str] = ()) -> Cost:
    """Count a project's files and lines, and keep the packages it is said to install."""
    files = Counter(kind_of(path) for path in tree)
    lines = Counter[str]()
    for path, text in tree.items():
        lines[kind_of(path)] += _lines_of(text)
    return Cost(_by_kind(files), _by_kind(lines), tuple(sorted(set(packages))))


@lru_cache(maxsize=4096)
def _lines_of(text: str) -> int:
    return sum(not line.isspace() for line in text.splitlines() if line)


@lru_cache(maxsize=4096)
def kind_of(path: str) -> str:
    """Return what a file is for, judged by its folder and name: one of `KINDS`."""
    pure = PurePosixPath(path)
    in_tests = not _TEST_FOLDERS.isdisjoint(pure.parts[:-1])
    if in_tests or any(pure.match(pattern) for pattern in _TEST_NAMES):
        return "tests"
    return _BY_NAME.get(pure.name) or _BY_ENDING.get(pure.suffix.lower(), "code")


def _by_kind(counted: Mapping[str, int]) -> Mapping[str, int]:
    return MappingProxyType({kind: counted.get(kind, 0) for kind in KINDS})
