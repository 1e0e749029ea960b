"""The one value that flows through the house: a project as text, by relative path."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from types import MappingProxyType

from sandbox.errors import ScaffoldError


@dataclass(frozen=True, eq=False)
class FileTree(Mapping[str, str]):
    """Map relative POSIX paths to texts, sorted by path and never changed.

    Two trees are equal when every path and every text is. `unread` says of files on disk that
    gave no text why; a folder that could not be looked into ends in a slash there. Raises
    `ScaffoldError` for a path that could leave the project's folder.
    """

    files: Mapping[str, str] = field(repr=False)
    unread: Mapping[str, str] = field(repr=False, default_factory=dict[str, str])

    def __post_init__(self) -> None:
        for path in self.files:
            _refuse_unsafe(path)
        ordered = {path: self.files[path] for path in sorted(self.files)}
        object.__setattr__(self, "files", MappingProxyType(ordered))

    def __getitem__(self, path: str) -> str:
        return self.files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FileTree) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def paths(self) -> tuple[str, ...]:
        """Return every path, sorted."""
        return tuple(self.files)

    def why_unread(self, path: str) -> str | None:
        """Return why a file that is there has no text in this tree, or None."""
        above = (f"{folder}/" for folder in PurePosixPath(path).parents)
        found = (self.unread.get(place) for place in (path, *above, ""))
        return next((reason for reason in found if reason), None)

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of all paths and texts, in hexadecimal."""
        digest = hashlib.sha256()
        for path, text in self.files.items():
            for part in (path, text):
                encoded = part.encode("utf-8", "surrogatepass")
                digest.update(len(encoded).to_bytes(8, "big") + encoded)
        return digest.hexdigest()


def _refuse_unsafe(path: str) -> None:
    if not _stays_inside(path):
        raise ScaffoldError(
            f"{path!r} is not a plain relative path.", "Use forward slashes and stay inside."
        )


# The same few dozen paths come again in every variant of a project.
@lru_cache(maxsize=4096)
def _stays_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    plain = str(PurePosixPath(path)) == path and "\\" not in path and "\0" not in path
    if not parts or not plain:
        return False
    return not path.startswith("/") and ".." not in parts and ":" not in parts[0]
