"""Workspace: the learner's folder of projects. It writes whole projects or nothing."""

from sandbox.workspace.edited import Edited, edited_since
from sandbox.workspace.moving import TRASH, check_folder_name, duplicate, rename, trash
from sandbox.workspace.project import Project, made_at, read_project, read_tree
from sandbox.workspace.rewriting import keep_folder, rewrite, take_snapshot
from sandbox.workspace.workspace import Damaged, Workspace, write_file

__all__ = [
    "TRASH",
    "Damaged",
    "Edited",
    "Project",
    "Workspace",
    "check_folder_name",
    "duplicate",
    "edited_since",
    "keep_folder",
    "made_at",
    "read_project",
    "read_tree",
    "rename",
    "rewrite",
    "take_snapshot",
    "trash",
    "write_file",
]
