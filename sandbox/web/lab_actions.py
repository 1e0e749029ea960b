"""What one can do with projects in the Lab: each a plain form that leads back to where it stood."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from sandbox.errors import RequestError
from sandbox.run.lab import Lab
from sandbox.web.current import current_workshop
from sandbox.web.own_projects import own_project
from sandbox.web.query import asked, one, requests, several
from sandbox.web.security import needs_token
from sandbox.workspace import Project

Action = Callable[[Lab, Sequence[Project]], None]


def _each(do: Callable[[Lab, Project], object]) -> Action:
    """Return what does something with all projects at the same time, for it may take seconds."""

    def all_at_once(lab: Lab, projects: Sequence[Project]) -> None:
        with ThreadPoolExecutor(len(projects)) as pool:
            for done in [pool.submit(do, lab, each) for each in projects]:
                done.result()

    return all_at_once


def _stop_and_start(lab: Lab, project: Project) -> None:
    lab.stop(project)
    lab.begin([project])


ACTIONS: Mapping[str, Action] = {
    "start": Lab.begin,
    "stop": _each(Lab.stop),
    "restart": _each(_stop_and_start),
    "cancel": _each(Lab.cancel),
    "test": _each(Lab.begin_test),
    "check": _each(Lab.begin_check),
}


@needs_token
def act(action: str) -> ResponseReturnValue:
    """Do something with the projects named, and go back to the page it was asked on."""
    if action not in ACTIONS:
        raise NotFound
    ACTIONS[action](current_workshop().lab, _named())
    return redirect(_back(), 303)


@needs_token
def show() -> ResponseReturnValue:
    """Make the same app in every framework where it is not there, and start all of them."""
    workshop = current_workshop()
    wanted = asked()
    named = several(wanted, "framework") or tuple(workshop.scaffolds)
    projects = workshop.found_or_made(requests(wanted, named))
    workshop.lab.begin(projects)
    names = ",".join(each.folder.name for each in projects)
    return redirect(url_for("lab.page", made=names), 303)


@needs_token
def prove() -> ResponseReturnValue:
    """Hold a project to the contract, made first where a framework is named; go where it shows."""
    workshop = current_workshop()
    wanted = asked()
    if name := one(wanted, "project", ""):
        project = own_project(name)
    else:
        (project,) = workshop.found_or_made(requests(wanted, [one(wanted, "framework", "")]))
    workshop.lab.begin_check(project)
    address = url_for("lab.project", name=project.folder.name, _anchor="checks-title")
    return redirect(address, 303)


def _named() -> Sequence[Project]:
    """Return the projects that the form names; raises `RequestError` and `WorkspaceError`."""
    names = dict.fromkeys(request.form.getlist("project"))
    if not names:
        raise RequestError("project", "No project is named.", "Use a button of the Lab.")
    return [own_project(name) for name in names]


def _back() -> str:
    """Return the address of the page that the form stands on."""
    name = one(asked(), "project", "") if len(request.form.getlist("project")) == 1 else ""
    if name and one(asked(), "back", "") == "project":
        return url_for("lab.project", name=name)
    return url_for("lab.page", _anchor=f"app-{name}" if name else None)
