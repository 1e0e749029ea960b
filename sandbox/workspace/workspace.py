"""The folder of projects: projects appear in it whole, all of them or none."""

import os
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sandbox.errors import WorkspaceError
from sandbox.generate import FileTree
from sandbox.workspace.fault import fault_of
from sandbox.workspace.lock import held
from sandbox.workspace.project import PROVENANCE, Project, read_project, shown_name
from sandbox.workspace.staging import PREFIX, staging

_SERVED = ".sandbox-served"
_LOOK_SECONDS = 0.5  # somebody who only looks whether it is served lets go at once


@dataclass(frozen=True)
class Damaged:
    """Name a folder that cannot be shown as a project, why, and how to mend it."""

    folder: Path
    name: str
    problem: str
    hint: str


class Workspace:
    """Hold the path of the learner's folder, which is made when something is first written."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Return the folder; raises `WorkspaceError` where none is named and there is no home."""
        if self._folder is None:
            raise WorkspaceError(
                "This computer knows no home folder of yours, so there is no place for projects.",
                "Name a folder with --workspace or in SANDBOX_WORKSPACE.",
            )
        return self._folder

    def write(self, tree: FileTree, slug: str) -> Project:
        """Write one project to `folder/slug`, as `write_all` does."""
        return self.write_all({slug: tree})[0]

    def write_all(self, trees: Mapping[str, FileTree]) -> tuple[Project, ...]:
        """Write projects to the folders they are keyed by, all of them or none.

        They are made in a staging folder beside the targets and then renamed, so a kill leaves
        only whole projects. Existing targets are never touched. Raises `WorkspaceError`.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with staging(self.folder) as staged:
                self._refuse_existing(trees)
                for name, tree in trees.items():
                    _write_files(tree, staged / name)
                self._deliver(staged, trees)
        except OSError as error:
            raise self._refusal(trees, error) from None
        return tuple(read_project(self.folder / name) for name in trees)

    def taken(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return those of these names that something in the folder has already."""
        return tuple(name for name in names if os.path.lexists(self.folder / name))

    def _refuse_existing(self, names: Iterable[str]) -> None:
        there = self.taken(names)
        if there:
            named = " and ".join(f"“{name}”" for name in there)
            raise WorkspaceError(
                f"{named} already exist{'s' if len(there) == 1 else ''} "
                f"in the folder “{shown_name(self.folder)}”.",
                "Choose another name or folder; nothing was overwritten.",
            )

    def _deliver(self, staged: Path, names: Iterable[str]) -> None:
        try:
            for name in names:
                # On Linux and macOS this fails for a target that holds anything, on Windows for
                # any target, so whoever comes second loses and nothing is merged.
                (staged / name).rename(self.folder / name)
        except BaseException:
            for name in names:
                if not (staged / name).exists():
                    (self.folder / name).rename(staged / name)
            raise

    def projects(self) -> tuple[Project, ...]:
        """Return the readable projects in the folder, by folder name."""
        return tuple(each for each in self._listing() if isinstance(each, Project))

    def damaged(self) -> tuple[Damaged, ...]:
        """Return what cannot be read: projects, by folder name, or the workspace itself."""
        return tuple(each for each in self._listing() if isinstance(each, Damaged))

    def _listing(self) -> Iterator[Project | Damaged]:
        try:
            folders = sorted(self.folder.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            yield _unreadable(self.folder, error)
            return
        for folder in folders:
            try:
                if not folder.name.startswith(PREFIX) and _has_record(folder):
                    yield read_project(folder)
            except WorkspaceError as error:
                yield Damaged(folder, shown_name(folder), error.message, error.hint)
            except OSError as error:
                yield _unreadable(folder, error)

    def project(self, name: str) -> Project:
        """Return the project in the folder called `name`; raises `WorkspaceError` if none is."""
        found = {project.folder.name: project for project in self.projects()}
        if name in found:
            return found[name]
        for each in self.damaged():
            if each.folder.name == name:
                raise WorkspaceError(each.problem, each.hint)
        raise WorkspaceError(
            f"The workspace has no project called {name[:60]!a}.",
            f"It has: {', '.join(found) or 'none yet'}.",
        )

    @contextmanager
    def served(self, address: str) -> Generator[None]:
        """Be the one server of this workspace; raises `WorkspaceError` naming the other one.

        Where nothing can be written, nothing needs to be kept apart either. A folder that was made
        for this goes again if it stayed empty.
        """
        with ExitStack() as stack:
            notice = self.folder / _SERVED
            if not os.path.lexists(self.folder):
                stack.callback(_remove_empty, self.folder)
            try:
                if not self.folder.exists():
                    self.folder.mkdir(parents=True, exist_ok=True)
                    stack.callback(_remove_if_empty, self.folder)
                handle = stack.enter_context(held(notice, wait=_LOOK_SECONDS))
                os.truncate(handle, 0)
                os.write(handle, address.encode())
            except TimeoutError:
                raise _served_elsewhere(notice) from None
            except OSError:
                pass
            yield

    def served_at(self) -> str | None:
        """Return the address at which the pages for this workspace are served just now."""
        notice = self.folder / _SERVED
        try:
            with held(notice, create=False):
                return None  # left by a server that was killed
        except TimeoutError:
            return _address_in(notice) or None
        except OSError:
            return None

    def _refusal(self, names: Iterable[str], error: OSError) -> WorkspaceError:
        fault = fault_of(error)
        named = " and ".join(f"“{name}”" for name in names)
        return WorkspaceError(
            f"{named} cannot be written to the folder “{shown_name(self.folder)}”: {fault.reason}.",
            f"{fault.hint} Nothing was written.",
        )


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def write_file(path: Path, content: bytes) -> None:
    """Write a file that must not exist yet, whole or not at all; raises `WorkspaceError`."""
    taken = WorkspaceError(
        f"“{shown_name(path)}” already exists.",
        "Choose another file name; nothing was overwritten.",
    )
    try:
        if os.path.lexists(path):
            raise taken
        with staging(path.parent) as staged:
            part = staged / path.name
            part.write_bytes(content)
            try:
                path.hardlink_to(part)  # which refuses an existing target, as a rename does not
            except FileExistsError:
                raise taken from None
            except OSError:  # a file system without such links
                part.rename(path)
    except OSError as error:
        fault = fault_of(error)
        raise WorkspaceError(
            f"“{shown_name(path)}” cannot be written: {fault.reason}.",
            f"{fault.hint} Nothing was written.",
        ) from None


def _has_record(folder: Path) -> bool:
    try:
        (folder / PROVENANCE).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _unreadable(folder: Path, error: OSError) -> Damaged:
    name = shown_name(folder)
    reason = (error.strerror or "the system refuses").lower()
    problem = f"“{name}” cannot be read: {reason}."
    return Damaged(folder, name, problem, "Allow reading it.")


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _address_in(notice: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        address = notice.read_text(encoding="utf-8")[:200]
        return address if address.isprintable() else ""
    return ""


def _served_elsewhere(notice: Path) -> WorkspaceError:
    address = _address_in(notice)
    at = f" at {address}" if address else ""
    return WorkspaceError(
        f"The pages for this workspace are already served{at}.",
        "Use those, stop them with Ctrl-C first, or name another folder with --workspace.",
    )


def _write_files(tree: FileTree, folder: Path) -> None:
    folder.mkdir()
    made = {folder}
    for path, text in tree.items():
        target = folder / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_bytes(text.encode())
