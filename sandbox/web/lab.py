"""The Lab: every project of the workspace, what it does now, and what can be done with it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.web.current import current_workshop
from sandbox.web.lab_board import groups
from sandbox.web.query import asked, several
from sandbox.web.security import needs_token
from sandbox.web.typed import as_text

blueprint = Blueprint("lab", __name__)


@blueprint.get("/lab")
@needs_token
def page() -> ResponseReturnValue:
    """Show all projects, those just made first."""
    workshop = current_workshop()
    there = {each.folder.name for each in workshop.projects()}
    made = [name for name in several(asked(), "made") if name in there]
    return render_template(
        "lab/page.html",
        groups=groups(workshop, first=made),
        damaged=workshop.damaged(),
        made=made,
        folder=as_text(workshop.workspace.folder),
        commands=workshop.commands,
    )


@blueprint.get("/projects")
def old_page() -> ResponseReturnValue:
    """Lead the old address of the projects to the Lab."""
    return redirect(url_for("lab.page", made=request.args.get("made")), 308)


@blueprint.get("/lab/doctor")
@needs_token
def doctor() -> ResponseReturnValue:
    """Show what this computer has of what projects need."""
    findings = current_workshop().examine()
    return render_template("lab/doctor.html", findings=findings)
