"""Workspace: the learner's folder of projects. It writes a whole project or nothing."""

from sandbox.workspace.project import Project, read_project, read_tree
from sandbox.workspace.workspace import Workspace

__all__ = ["Project", "Workspace", "read_project", "read_tree"]
