"""The learner's own projects: what lies in the workspace and where to go from there."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from sandbox.errors import WorkspaceError
from sandbox.learn import look_up_progress
from sandbox.web.current import current_workshop
from sandbox.web.query import asked, several
from sandbox.web.security import is_trusted, needs_token
from sandbox.web.typed import as_text
from sandbox.workspace import Project

blueprint = Blueprint("projects", __name__)


@blueprint.get("/projects")
@needs_token
def page() -> ResponseReturnValue:
    """List the projects, those just made first."""
    workshop = current_workshop()
    found = workshop.projects()
    made = [
        name for name in several(asked(), "made") if name in {each.folder.name for each in found}
    ]
    found = sorted(found, key=lambda each: each.folder.name not in made)
    return render_template(
        "projects/page.html",
        projects=found,
        damaged=workshop.damaged(),
        made=made,
        folder=as_text(workshop.workspace.folder),
        commands={each.folder: [*workshop.commands(each).starting] for each in found},
        progress={each.folder: look_up_progress(each.folder) for each in found},
    )


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
