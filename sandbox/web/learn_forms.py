"""What the forms of lessons send: the learner's project and the address of their own app."""

from urllib.parse import urlsplit

from flask import request

from sandbox.errors import RequestError
from sandbox.learn import Progress, look_up_progress
from sandbox.learn.hunt import RECORD as HUNT
from sandbox.web.current import current_workshop
from sandbox.web.own_projects import own_project
from sandbox.web.security import is_trusted
from sandbox.web.settings import OWN_HOSTS
from sandbox.workspace import Project


def projects_of(framework: str | None = None) -> tuple[Project, ...]:
    """Return the learner's projects, or those of one framework; none for who has no token.

    Bug hunts are none to learn in: a fault is planted there.
    """
    found = current_workshop().projects() if is_trusted() else ()
    own = (each for each in found if not (each.folder / HUNT).is_file())
    return tuple(each for each in own if framework in (None, each.framework))


def progress() -> dict[str, Progress]:
    """Return what is done in each project, by folder name; nothing for who has no token."""
    return {each.folder.name: look_up_progress(each.folder) for each in projects_of()}


def project_in(framework: str, name: str | None = None) -> Project:
    """Return the project that a form names; raises `RequestError` if it is of another framework."""
    project = own_project(request.form.get("project", "") if name is None else name)
    if project.framework != framework:
        raise RequestError(
            "project",
            f"“{project.folder.name}” is not a {framework} project.",
            "Choose one that was made for this lesson.",
        )
    return project


def own_address(url: str) -> str:
    """Return the address of an app on this computer; raises `RequestError` for any other."""
    wanted = url.strip() if "//" in url else f"http://{url.strip()}"
    try:
        parts = urlsplit(wanted)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        usable = parts.scheme == "http" and host in OWN_HOSTS and parts.port is not None
    except ValueError:
        usable = False
    if not usable:
        raise RequestError(
            "url",
            "That is not the address of an app on this computer.",
            "Write what your app prints when it starts, such as http://127.0.0.1:8000.",
        )
    return wanted.rstrip("/")
