"""The learner's own projects, as every room of the pages asks for them."""

from sandbox.errors import WorkspaceError
from sandbox.learn import look_up_progress
from sandbox.web.current import current_workshop
from sandbox.web.security import is_trusted
from sandbox.workspace import Project


def troubles() -> tuple[str, ...]:
    """Return what cannot be used of the learner's projects, and why; nothing without the token."""
    if not is_trusted():
        return ()
    workshop = current_workshop()
    damaged = [f"{each.problem} {each.hint}" for each in workshop.damaged()]
    problems = {
        each.folder.name: look_up_progress(each.folder).problem for each in workshop.projects()
    }
    return (*damaged, *(f"“{name}”: {problem}" for name, problem in problems.items() if problem))


def own_project(name: str) -> Project:
    """Return the project in the folder called `name`; raises `WorkspaceError` if it is no use."""
    workshop = current_workshop()
    for each in workshop.damaged():
        if each.folder.name == name:
            raise WorkspaceError(each.problem, each.hint)
    return workshop.workspace.project(name)
