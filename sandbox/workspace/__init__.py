"""Workspace: the learner's folder of projects. It writes whole projects or nothing."""

from sandbox.workspace.project import Project, read_project, read_tree
from sandbox.workspace.workspace import Damaged, Workspace, write_file

__all__ = ["Damaged", "Project", "Workspace", "read_project", "read_tree", "write_file"]
