"""The learner's own projects: what lies in the workspace and where to go from there."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from sandbox.learn import look_up_progress
from sandbox.web.current import current_workshop
from sandbox.web.query import asked, several
from sandbox.web.security import needs_token

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
        folder=workshop.workspace.folder,
        commands={each.folder: [*workshop.commands(each).starting] for each in found},
        progress={each.folder: look_up_progress(each.folder) for each in found},
    )
