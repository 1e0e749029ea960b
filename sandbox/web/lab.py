"""The Lab: every project of the workspace, what it does now, and what can be done with it."""

import os

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.web import lab_actions, lab_board, lab_console, lab_project
from sandbox.web.current import current_workshop
from sandbox.web.events import current_events
from sandbox.web.query import asked, one, several
from sandbox.web.security import needs_token
from sandbox.web.typed import as_text
from sandbox.workspace.moving import TRASH

blueprint = Blueprint("lab", __name__)
blueprint.get("/lab/projects/<name>")(lab_project.project)
blueprint.get("/lab/projects/<name>/log")(lab_project.log)
blueprint.post("/lab/projects/<name>/rename")(lab_project.rename)
blueprint.post("/lab/projects/<name>/duplicate")(lab_project.duplicate)
blueprint.post("/lab/projects/<name>/trash")(lab_project.trash)
blueprint.post("/lab/<action>")(lab_actions.act)
blueprint.post("/lab/show")(lab_actions.show)
blueprint.post("/lab/prove")(lab_actions.prove)
blueprint.get("/lab/console")(lab_console.console)
blueprint.post("/lab/console")(lab_console.send)


@blueprint.get("/lab")
@needs_token
def page() -> ResponseReturnValue:
    """Show all projects, those just made first."""
    workshop = current_workshop()
    seen = current_events().seen()
    there = {each.folder.name for each in workshop.projects()}
    made = [name for name in several(asked(), "made") if name in there]
    groups = lab_board.groups(workshop, first=made)
    return render_template(
        "lab/page.html",
        groups=groups,
        damaged=workshop.damaged(),
        made=made,
        trashed=_trashed(),
        folder=as_text(workshop.workspace.folder),
        seen=seen,
        under_way=any(card.under_way for each in groups for card in each.cards),
        words=lab_board.WORDS,
        buttons=lab_board.BUTTONS,
    )


@blueprint.get("/lab/events")
@needs_token
def events() -> Response:
    """Tell as long as the page is open that something changed."""
    return current_events().response()


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


def _trashed() -> str:
    """Return where the project lies that was just moved to the trash, if one was."""
    name = one(asked(), "trashed", "")
    path = current_workshop().workspace.folder / TRASH / name
    there = name and os.sep not in name and name not in (".", "..") and path.is_dir()
    return as_text(path) if there else ""
