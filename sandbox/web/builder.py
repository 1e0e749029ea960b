"""The Builder: choose framework and features, read every file, take the project with you."""

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.generate import FileTree, ProjectRequest
from sandbox.knowledge import ALWAYS, close_features
from sandbox.web.current import current_workshop
from sandbox.web.query import asked, one, one_of, requests, several
from sandbox.web.security import needs_token
from sandbox.web.typed import sandbox_command

blueprint = Blueprint("builder", __name__)


@dataclass(frozen=True)
class Choice:
    """What the form holds: the requests it stands for, and the features ticked by hand."""

    requests: tuple[ProjectRequest, ...]
    ticked: tuple[str, ...]

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
        name = self.requests[0].name
        return {
            "framework": ",".join(self.frameworks),
            "features": ",".join(self.ticked) or None,
            "name": name if name != "Shelf" else None,
        }


@blueprint.get("/build")
def page() -> ResponseReturnValue:
    """Show the form and, at once, the project it describes."""
    workshop = current_workshop()
    choice = _choice()
    chosen = _shown(choice)
    view = one_of(asked(), "view", ("files", "changes"), "files")
    last = (choice.features or (ALWAYS,))[-1]
    feature = one_of(asked(), "feature", tuple(workshop.offered), last)
    commands = workshop.commands(chosen)
    tree = workshop.tree(chosen)
    return render_template(
        "builder/page.html",
        choice=choice,
        chosen=chosen,
        offered=[each for each in workshop.offered.values() if each.id != ALWAYS],
        tree=tree,
        folders=_by_folder(tree),
        why=workshop.reasons(chosen),
        cost=workshop.comparison([chosen]).costs[chosen.framework],
        starting=commands.starting,
        on_occasion=commands.on_occasion,
        own_tools=workshop.scaffold(chosen.framework).notes.by_hand,
        copied=_commands(choice, chosen),
        view=view,
        feature=workshop.knowledge.features[feature],
        changes=_changes(chosen, feature) if view == "changes" else None,
        scaffolds=workshop.scaffolds,
    )


def _by_folder(tree: FileTree) -> dict[str, list[str]]:
    """Return folder → paths of its files, so that each folder is named once."""
    folders: dict[str, list[str]] = {}
    for path in tree:
        folders.setdefault(path.rpartition("/")[0], []).append(path)
    return folders


@blueprint.get("/build/zip")
def download() -> ResponseReturnValue:
    """Send the projects as one zip file."""
    workshop = current_workshop()
    chosen = _choice().requests
    folders = workshop.folder_names(chosen)
    name = folders[chosen[0]] if len(chosen) == 1 else chosen[0].slug
    response = Response(workshop.archive(chosen), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


@blueprint.post("/build")
@needs_token
def create() -> ResponseReturnValue:
    """Write the projects into the workspace and go there."""
    made = current_workshop().create(_choice().requests)
    names = ",".join(each.folder.name for each in made)
    return redirect(url_for("lab.page", made=names), 303)


def _choice() -> Choice:
    wanted = asked()
    named = several(wanted, "framework") or tuple(current_workshop().scaffolds)[:1]
    ticked = several(wanted, "features")
    return Choice(requests(wanted, named), tuple(each for each in ticked if each != ALWAYS))


def _shown(choice: Choice) -> ProjectRequest:
    wanted = one(asked(), "show", "")
    return next((each for each in choice.requests if each.framework == wanted), choice.requests[0])


def _changes(chosen: ProjectRequest, feature: str) -> dict[str, object]:
    """Return what `feature` adds to the project, which is first taken without it."""
    workshop = current_workshop()
    known = workshop.knowledge.features
    without = [name for name in chosen.features if feature not in close_features(known, [name])]
    before = workshop.request(chosen.framework, features=without, name=chosen.name)
    after = workshop.request(chosen.framework, features=[*without, feature], name=chosen.name)
    return {"before": before, "after": after, "diff": workshop.diff(before, after)}


def _commands(choice: Choice, chosen: ProjectRequest) -> dict[str, str]:
    """Return the commands that make the same projects in a terminal."""
    features = ("--features", ",".join(choice.ticked)) if choice.ticked else ()
    name = ("--name", chosen.name) if chosen.name != "Shelf" else ()
    offers = current_workshop().scaffold(chosen.framework).offers
    switches = " ".join(f"{key}={str(key in chosen.features).lower()}" for key in offers)
    return {
        "sandbox": sandbox_command("new", *choice.frameworks, *features, *name),
        "cookiecutter": f"cookiecutter scaffolds/{chosen.framework} --no-input "
        f'project_name="{chosen.name}" {switches}',
    }
