"""The Builder: choose framework and features, read every file, take the project with you."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.compare import TreeDiff
from sandbox.errors import RequestError, WorkspaceError
from sandbox.generate import ProjectRequest
from sandbox.generate.naming import slug_from
from sandbox.knowledge import ALWAYS, close_features, needed_by, terms_in
from sandbox.web.current import current_workshop
from sandbox.web.query import Asked, asked, in_order, one, one_of, requests, several
from sandbox.web.security import is_trusted, needs_token
from sandbox.web.typed import cookiecutter_command, sandbox_command
from sandbox.web.viewer import Viewed, Viewer, first_file, look, part_of

blueprint = Blueprint("builder", __name__)

_NAMING = ("name", "slug")
_USUAL_NAME = "Shelf"
_SPARE = range(2, 100)


@dataclass(frozen=True)
class Choice:
    """What the form holds: the requests it stands for, and what was ticked and typed by hand."""

    requests: tuple[ProjectRequest, ...]
    ticked: tuple[str, ...]
    name: str
    slug: str

    @property
    def features(self) -> tuple[str, ...]:
        """Return the features of the projects, with those that come along, without hello."""
        return tuple(name for name in self.requests[0].features if name != ALWAYS)

    @property
    def frameworks(self) -> tuple[str, ...]:
        """Return the frameworks chosen."""
        return tuple(each.framework for each in self.requests)

    @property
    def query(self) -> dict[str, str | None]:
        """Return the parameters that choose the same again."""
        return {
            "framework": ",".join(self.frameworks),
            "features": ",".join(self.ticked) or None,
            "name": self.name or None,
            "slug": self.slug or None,
        }

    def address(self, **other: str | None) -> str:
        """Return where the same is shown but for some parameters."""
        kept: dict[str, Any] = {key: each or None for key, each in (self.query | other).items()}
        return url_for("builder.page", **kept)


@blueprint.get("/build")
def page() -> ResponseReturnValue:
    """Show the form and, at once, the project it describes."""
    try:
        choice = _choice(asked())
    except RequestError as problem:
        return _page_with(problem)
    shown = _shown(choice)
    return part_of(_viewer(choice, shown), asked()) or _page(choice)


@blueprint.get("/build/zip")
def download() -> ResponseReturnValue:
    """Send the projects as one zip file."""
    workshop = current_workshop()
    chosen = _choice(asked()).requests
    folders = workshop.folder_names(chosen)
    name = folders[chosen[0]] if len(chosen) == 1 else chosen[0].slug
    response = Response(workshop.archive(chosen), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


@blueprint.post("/build")
@needs_token
def create() -> ResponseReturnValue:
    """Write the projects into the workspace and start them; a taken name is said at its field."""
    try:
        choice = _choice(asked())
    except RequestError as problem:
        return _page_with(problem)
    try:
        made = current_workshop().create(choice.requests)
    except WorkspaceError:
        if not _taken(choice):
            raise
        return _page(choice), 409
    if "run" in asked():
        current_workshop().lab.begin(made)
    return redirect(url_for("lab.page", made=",".join(each.folder.name for each in made)), 303)


def _page_with(problem: RequestError) -> ResponseReturnValue:
    """Show the form as it was filled in, with what is wrong at its field."""
    if problem.field not in _NAMING:
        raise problem
    wanted = {name: values for name, values in asked().items() if name not in _NAMING}
    return _page(_choice(wanted), problem), 400


def _page(choice: Choice, problem: RequestError | None = None) -> str:
    workshop = current_workshop()
    shown = _shown(choice)
    commands = workshop.commands(shown)
    taken = () if problem else _taken(choice)
    offered = [each for each in workshop.offered.values() if each.id != ALWAYS]
    return render_template(
        "builder/page.html",
        choice=choice,
        shown=shown,
        typed={key: one(asked(), key, "") for key in (*_NAMING, "show")},
        problem=problem,
        suggested=_suggested(choice) if problem else "",
        taken=taken,
        spare=_spare(choice) if taken else "",
        offered=offered,
        words=terms_in(
            workshop.knowledge, " ".join(f"{each.label} {each.adds}" for each in offered)
        ),
        needed_by=needed_by(workshop.knowledge.features, choice.ticked),
        viewer=_viewer(choice, shown),
        step=_step(choice),
        cost=workshop.comparison([shown]).costs[shown.framework],
        starting=commands.starting,
        on_occasion=commands.on_occasion,
        own_tools=workshop.scaffold(shown.framework).notes.by_hand,
        copied=_commands(choice, shown),
        in_order=in_order(choice.frameworks),
    )


def _choice(wanted: Asked) -> Choice:
    """Return what is chosen, where no framework means all of them; raises `RequestError`."""
    named = several(wanted, "framework") or tuple(current_workshop().scaffolds)
    ticked = several(wanted, "features")
    return Choice(
        requests(wanted, named),
        tuple(each for each in ticked if each != ALWAYS),
        one(wanted, "name", "").strip(" "),
        one(wanted, "slug", ""),
    )


def _shown(choice: Choice) -> ProjectRequest:
    wanted = one(asked(), "show", "")
    return next((each for each in choice.requests if each.framework == wanted), choice.requests[0])


def _step(choice: Choice) -> str:
    """Return the feature whose changes are marked: the last one, unless another is asked for."""
    last = (choice.features or (ALWAYS,))[-1]
    return one_of(asked(), "feature", tuple(current_workshop().offered), last)


def _viewer(choice: Choice, shown: ProjectRequest) -> Viewer:
    workshop = current_workshop()
    step = _step(choice)
    several_shown = len(choice.requests) > 1
    query = choice.query | {
        "show": shown.framework if several_shown else None,
        "feature": step if "feature" in asked() else None,
    }
    return look(
        Viewed(
            tree=workshop.tree(shown),
            address=partial(url_for, "builder.page", **query),
            diff=_changes(shown, step) if step != ALWAYS else TreeDiff(()),
            step=workshop.knowledge.features[step].label,
            why=workshop.reasons(shown),
            first=first_file(shown),
        ),
        asked(),
    )


def _changes(shown: ProjectRequest, feature: str) -> TreeDiff:
    """Return what `feature` adds to the project, which is first taken without it."""
    workshop = current_workshop()
    known = workshop.knowledge.features
    without = [name for name in shown.features if feature not in close_features(known, [name])]
    before = workshop.request(shown.framework, features=without, name=shown.name)
    after = workshop.request(shown.framework, features=[*without, feature], name=shown.name)
    return workshop.diff(before, after)


def _taken(choice: Choice) -> tuple[str, ...]:
    """Return the folders of these projects that are there already, to who may know of them."""
    workshop = current_workshop()
    return (
        workshop.workspace.taken(workshop.folder_names(choice.requests).values())
        if is_trusted()
        else ()
    )


def _suggested(choice: Choice) -> str:
    """Return a folder name that works, near what was typed."""
    typed = one(asked(), "slug", "") or one(asked(), "name", "")
    near = slug_from(typed).lstrip("0123456789_")[:30].rstrip("_") or "shelf"
    try:
        current_workshop().requests(choice.frameworks, slug=near)
    except RequestError:
        return f"{near}_app"
    return near


def _spare(choice: Choice) -> str:
    """Return a folder name near the chosen one that is free, or nothing."""
    workshop = current_workshop()
    slug = choice.requests[0].slug
    for number in _SPARE:
        wanted = f"{slug[:36].rstrip('_')}_{number}"
        chosen = workshop.requests(choice.frameworks, features=choice.ticked, slug=wanted)
        if not workshop.workspace.taken(workshop.folder_names(chosen).values()):
            return wanted
    return ""


def _commands(choice: Choice, shown: ProjectRequest) -> dict[str, str]:
    """Return the commands that make the same projects in a terminal."""
    features = ("--features", ",".join(choice.ticked)) if choice.ticked else ()
    name = ("--name", shown.name) if shown.name != _USUAL_NAME else ()
    slug = ("--slug", choice.slug) if choice.slug else ()
    offers = current_workshop().scaffold(shown.framework).offers
    switches = [f"{key}={str(key in shown.features).lower()}" for key in offers]
    named = f"project_name={shown.name}"
    return {
        "sandbox": sandbox_command("new", *choice.frameworks, *features, *name, *slug),
        "cookiecutter": cookiecutter_command(shown.framework, "--no-input", named, *switches),
    }
