"""What the Lab's pages do, for programs: the same states, actions, logs and answers as JSON."""

from collections.abc import Mapping
from typing import cast

from sandbox import wire
from sandbox.errors import RequestError
from sandbox.run.console_request import ConsoleRequest, kind_of, read_headers
from sandbox.web.current import current_workshop
from sandbox.web.endpoint import Answer, Endpoint, View
from sandbox.web.lab_actions import ACTIONS, Action
from sandbox.web.lab_console import fields, running
from sandbox.web.lab_log import shown
from sandbox.web.own_projects import own_project
from sandbox.web.query import Asked, one

_PROJECTS = {"project": "one or more folders of the workspace"}


def states(asked: Asked) -> Answer:
    """Tell what every app is doing."""
    return wire.states(current_workshop().lab.states())


def log(asked: Asked, project: str) -> Answer:
    """Return what an app printed from an offset on."""
    offset = one(asked, "offset", "0")
    if not offset.isdecimal():
        raise RequestError("offset", f"{offset[:60]!a} is no offset.", "Give a whole number.")
    part = current_workshop().lab.log(own_project(project), int(offset))
    return cast("wire.Json", wire.plain(shown(part)))


def ask(asked: Asked) -> Answer:
    """Send a request to running apps and tell where their answers differ."""
    kind = kind_of(one(asked, "kind", "none"))
    text = one(asked, "text", "")
    request = ConsoleRequest(
        one(asked, "method", "GET"),
        one(asked, "path", ""),
        read_headers(asked.get("header", ())),
        kind,
        text if kind != "form" else "",
        fields(text) if kind == "form" else (),
        one(asked, "page", ""),
    )
    apps = _chosen(asked, running())
    workshop = current_workshop()
    return wire.replies(workshop, workshop.console.send(apps, request), workshop.projects())


def _chosen(asked: Asked, apps: Mapping[str, str]) -> Mapping[str, str]:
    """Return the apps that are named, all running ones where none is; raises `RequestError`."""
    named = asked.get("project", ())
    for name in named:
        if name not in apps:
            raise RequestError(
                "project", f"“{name[:60]}” is not running.", "Start it: POST /api/lab/start."
            )
    return {name: apps[name] for name in named or apps}


def _doing(name: str, action: Action) -> View:
    def act(asked: Asked) -> Answer:
        named = dict.fromkeys(asked.get("project", ()))
        if not named:
            raise RequestError("project", "No project is named.", "Add its folder's name.")
        workshop = current_workshop()
        action(workshop.lab, [own_project(each) for each in named])
        found = workshop.lab.states()
        return wire.states({each: found[each] for each in named if each in found})

    act.__name__ = f"lab_{name}"
    return act


_WHAT = {
    "start": "Begin to prepare and start apps; how far they are stands in their states.",
    "stop": "Stop apps, and answer when they have ended.",
    "restart": "Stop apps and begin to start them again.",
    "cancel": "Call off what is being prepared or started.",
    "test": "Begin to run the projects' own tests.",
    "check": "Begin to hold copies of projects to the contract.",
}

ENDPOINTS: tuple[tuple[Endpoint, View], ...] = (
    (
        Endpoint("GET", "/api/lab", "What every app of your workspace is doing.", token=True),
        states,
    ),
    *(
        (
            Endpoint("POST", f"/api/lab/{name}", _WHAT[name], _PROJECTS, token=True),
            _doing(name, action),
        )
        for name, action in ACTIONS.items()
    ),
    (
        Endpoint(
            "GET",
            "/api/lab/log/<project>",
            "What an app printed, without colour codes; the next part begins at offset.",
            {"offset": "where to begin (default: 0)"},
            token=True,
        ),
        log,
    ),
    (
        Endpoint(
            "POST",
            "/api/lab/request",
            "One request to all running apps, and where their answers differ.",
            {
                "project": "only these (default: all that run)",
                "method": "default: GET",
                "path": "such as /api/books",
                "header": "headers, each as Name: value",
                "kind": "the body: none, json, form or text (default: none)",
                "text": "what the body says; a form has name=value a line",
                "page": "where the form stands, if not at the path",
            },
            token=True,
        ),
        ask,
    ),
)
