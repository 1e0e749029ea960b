"""Change files of a learner's project, as a lesson may: what they were is kept in a snapshot first.

This is the one place that writes over files of a learner (SAFETY.md 3).
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sandbox.errors import WorkspaceError
from sandbox.generate import FileTree, archive
from sandbox.replace import replace_text
from sandbox.workspace.fault import fault_of
from sandbox.workspace.project import LESSONS, shown_name
from sandbox.workspace.workspace import write_file

SNAPSHOTS = f"{LESSONS}/snapshots"


def take_snapshot(folder: Path, tree: FileTree, why: str) -> Path:
    """Keep a project's text as a zip beside its lesson record; return where, below the project.

    Raises `WorkspaceError`; nothing was changed then.
    """
    kept = keep_folder(folder)
    moment = datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S-%f")
    path = kept / f"{moment}-{why.replace('/', '-')}.zip"
    write_file(path, archive({folder.name: tree}))
    return path.relative_to(folder)


def keep_folder(folder: Path) -> Path:
    """Return the folder of a project's snapshots, made if need be and kept out of git."""
    kept = folder / SNAPSHOTS
    try:
        _refuse_links(folder, SNAPSHOTS)
        kept.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError), (kept.parent / ".gitignore").open("x") as note:
            note.write("*\n")
    except OSError as error:
        raise _refusal(folder, SNAPSHOTS, error) from None
    return kept


def rewrite(folder: Path, changes: Mapping[str, str | None]) -> None:
    """Give files of a project a new text, or take them away where it is None.

    Line ends stay as they are in each file. Raises `WorkspaceError` naming the file; the ones
    before it are written then, and doing the same again goes on.
    """
    for path in changes:
        _refuse_links(folder, path)
    for path, text in changes.items():
        target = folder / path
        try:
            if text is None:
                target.unlink(missing_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            replace_text(target, _with_line_ends_of(target, text))
        except OSError as error:
            raise _refusal(folder, path, error) from None


def _with_line_ends_of(target: Path, text: str) -> str:
    try:
        mode = target.read_bytes()
    except FileNotFoundError:
        return text
    return text.replace("\n", "\r\n") if b"\r\n" in mode else text


def _refuse_links(folder: Path, path: str) -> None:
    """Follow no link: it might lead out of the project."""
    place = folder
    for part in Path(path).parts:
        place = place / part
        if place.is_symlink():
            raise WorkspaceError(
                f"{path} lies behind a link, which is not followed.",
                "Put an ordinary file or folder there; nothing was written.",
            )


def _refusal(folder: Path, path: str, error: OSError) -> WorkspaceError:
    fault = fault_of(error)
    return WorkspaceError(
        f"{path} in “{shown_name(folder)}” cannot be written: {fault.reason}.", fault.hint
    )
