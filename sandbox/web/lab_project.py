"""One project in the Lab: its state, its log, and what can be done with its folder."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast
from urllib.parse import urlsplit

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import wire
from sandbox.errors import WorkspaceError
from sandbox.run.checked import digest_of
from sandbox.run.ports import HOST
from sandbox.web import lab_board
from sandbox.web.current import current_workshop
from sandbox.web.endpoint import as_json
from sandbox.web.events import current_events
from sandbox.web.going import current_checks
from sandbox.web.lab_board import Card
from sandbox.web.lab_log import Shown, readable, shown
from sandbox.web.own_projects import own_project
from sandbox.web.security import OWN_POLICY, POLICY, needs_token
from sandbox.workshop import Workshop
from sandbox.workspace import Project, read_tree

_LOG_ON_PAGE = 64 * 1024  # characters of a log's end that a page begins with


@dataclass(frozen=True)
class Fault:
    """Why a folder's new name is refused: which form it was, and what was typed."""

    form: str
    typed: str
    error: WorkspaceError


@needs_token
def project(name: str) -> ResponseReturnValue:
    """Show one project, with a look at its app where that allows it."""
    answer = make_response(_page(name))
    shown_at = current_workshop().lab.state(own_project(name)).shown_at
    answer.headers[POLICY] = f"{OWN_POLICY}; frame-src {_frames_from(shown_at)}"
    return answer


@needs_token
def log(name: str) -> ResponseReturnValue:
    """Return what an app printed from `offset` on, as JSON for the page that follows it."""
    offset = request.args.get("offset", "")
    part = _log(name, int(offset) if offset.isdecimal() else 0)
    return as_json(cast("wire.Json", wire.plain(part)))


@needs_token
def rename(name: str) -> ResponseReturnValue:
    """Give the folder another name, and go to the project under it."""
    current_checks().drop(own_project(name).folder)
    return _under_a_new_name(name, "rename", Workshop.rename)


@needs_token
def duplicate(name: str) -> ResponseReturnValue:
    """Copy the project under another name, and go to the copy."""
    return _under_a_new_name(name, "duplicate", Workshop.duplicate)


@needs_token
def trash(name: str) -> ResponseReturnValue:
    """Move the project to the trash, and say on the Lab's page where it lies."""
    workshop = current_workshop()
    found = own_project(name)
    workshop.lab.stop(found)
    current_checks().drop(found.folder)
    return redirect(url_for("lab.page", trashed=workshop.trash(found).name), 303)


def _frames_from(shown_at: str) -> str:
    """Return where a look at the app may come from: this computer, or the server in front."""
    if not shown_at:
        return f"http://{HOST}:*"
    parts = urlsplit(shown_at)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else "'self'"


def _under_a_new_name(
    name: str, form: str, do: Callable[[Workshop, Project, str], Project]
) -> ResponseReturnValue:
    typed = request.form.get("name", "")
    workshop, found = current_workshop(), own_project(name)
    try:
        if form == "rename" and workshop.lab.state(found).phase in lab_board.AT_WORK:
            raise WorkspaceError("The project is running under its name.", "Stop it first.")
        made = do(workshop, found, typed)
    except WorkspaceError as error:
        return _page(name, Fault(form, typed, error)), 409
    return redirect(url_for("lab.project", name=made.folder.name), 303)


def _page(name: str, fault: Fault | None = None) -> str:
    workshop = current_workshop()
    seen = current_events().seen()
    found = own_project(name)
    card = lab_board.card(workshop, found, workshop.lab.state(found))
    log = _end_of_log(name)
    search = request.args.get("search", "")
    lines = [line for line in log.text.splitlines() if search.lower() in line.lower()]
    return render_template(
        "lab/project.html",
        card=card,
        log=log,
        lines="".join(f"{line}\n" for line in lines) if search else log.text,
        search=search,
        found=len(lines),
        commands=workshop.commands(found),
        fault=fault,
        seen=seen,
        under_way=card.under_way,
        changed=_changed_since(card),
        readable=readable,
        words=lab_board.WORDS,
        buttons=lab_board.BUTTONS,
    )


def _changed_since(card: Card) -> bool:
    """Tell whether the code is another one than that which was checked."""
    checked = card.outcomes.checked
    if checked is None:
        return False
    try:
        return digest_of(read_tree(card.project.folder)) != checked.code
    except WorkspaceError:
        return True


def _end_of_log(name: str) -> Shown:
    """Return the last lines of a log, whole ones."""
    part = _log(name, 0)
    if len(part.text) <= _LOG_ON_PAGE:
        return part
    text = part.text[-_LOG_ON_PAGE:].partition("\n")[2]
    return replace(part, text=text, skipped=part.offset - len(text))


def _log(name: str, offset: int) -> Shown:
    return shown(current_workshop().lab.log(own_project(name), offset))
