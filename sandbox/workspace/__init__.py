"""Workspace: the learner's folder of projects. It writes whole projects or nothing."""

from sandbox.workspace.project import Project, read_project, read_tree
from sandbox.workspace.rewriting import keep_folder, rewrite, take_snapshot
from sandbox.workspace.workspace import Damaged, Workspace, write_file

__all__ = [
    "Damaged",
    "Project",
    "Workspace",
    "keep_folder",
    "read_project",
    "read_tree",
    "rewrite",
    "take_snapshot",
    "write_file",
]
