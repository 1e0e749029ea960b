"""The folder of projects: a project appears in it whole, by one rename, or not at all."""

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from sandbox.errors import WorkspaceError
from sandbox.generate import FileTree
from sandbox.workspace.project import PROVENANCE, Project, read_project

_STAGING = ".sandbox-staging-"
_STAGING_LIFETIME = 3600.0  # seconds; a write takes milliseconds, so an older one was interrupted


class Workspace:
    """Hold the path of the learner's folder, which is made when something is first written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, tree: FileTree, slug: str) -> Project:
        """Write a project to `folder/slug`; raises `WorkspaceError` and leaves nothing behind.

        The files are written and flushed in a staging folder beside the target, then renamed: a
        crash leaves either no project or all of it. An existing target is never touched.
        """
        target = self.folder / slug
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _refuse_existing(target)
            staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=self.folder))
            try:
                _write_files(tree, staging)
                # On Linux and macOS this fails for a target that holds anything, on Windows for
                # any target, so whoever comes second loses and nothing is merged.
                staging.rename(target)
            except BaseException:
                shutil.rmtree(staging, ignore_errors=True)
                raise
        except OSError as error:
            raise self._refusal(target, error) from None
        return read_project(target)

    def refuse_existing(self, slugs: Iterable[str]) -> None:
        """Raise `WorkspaceError` if one of these projects is already there."""
        for slug in slugs:
            _refuse_existing(self.folder / slug)

    def projects(self) -> tuple[Project, ...]:
        """Return the readable projects in the folder, by folder name."""
        if not self.folder.is_dir():
            return ()
        found: list[Project] = []
        for folder in sorted(self.folder.iterdir()):
            if not folder.name.startswith(_STAGING) and (folder / PROVENANCE).is_file():
                with suppress(WorkspaceError):  # one broken record must not hide the others
                    found.append(read_project(folder))
        return tuple(found)

    def project(self, name: str) -> Project:
        """Return the project in the folder called `name`; raises `WorkspaceError` if none is."""
        found = {project.folder.name: project for project in self.projects()}
        if name not in found:
            raise WorkspaceError(
                f"The workspace has no project called “{name[:60]}”.",
                f"It has: {', '.join(found) or 'none yet'}.",
            )
        return found[name]

    def sweep(self) -> None:
        """Remove what writes interrupted more than an hour ago have left behind."""
        for staging in self.folder.glob(f"{_STAGING}*"):
            if time.time() - staging.stat().st_mtime > _STAGING_LIFETIME:
                shutil.rmtree(staging, ignore_errors=True)

    def _refusal(self, target: Path, error: OSError) -> WorkspaceError:
        if error.errno in (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR) and os.path.lexists(
            target
        ):
            return _existing(target)
        reasons = {errno.ENOSPC: "the disk is full", errno.EROFS: "it is read-only"}
        reason = reasons.get(error.errno or 0) or (error.strerror or "it failed").lower()
        return WorkspaceError(
            f"“{target.name}” cannot be written to the folder “{self.folder.name}”: {reason}.",
            "Free some space or choose another folder; nothing was written.",
        )


def _refuse_existing(target: Path) -> None:
    if os.path.lexists(target):
        raise _existing(target)


def _existing(target: Path) -> WorkspaceError:
    return WorkspaceError(
        f"“{target.name}” already exists in the folder “{target.parent.name}”.",
        "Choose another name or folder; nothing was overwritten.",
    )


def _write_files(tree: FileTree, staging: Path) -> None:
    staging.chmod(0o755)
    made: set[Path] = set()
    for path, text in tree.items():
        target = staging / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_bytes(text.encode())
    # Only now, because the system writes many waiting files together faster than one by one.
    for path in tree:
        with (staging / path).open("r+b") as file:
            os.fsync(file.fileno())
