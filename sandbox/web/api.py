"""`/api`: the same results as the pages and the command line, as JSON.

`GET /api` describes everything: what can be named, and every endpoint with its parameters.
"""

from dataclasses import asdict

from flask import Blueprint, Response

from sandbox import wire
from sandbox.errors import LessonError, RequestError
from sandbox.generate import ProjectRequest
from sandbox.recommend import Answers
from sandbox.web import lab_api
from sandbox.web.current import current_workshop
from sandbox.web.endpoint import (
    ANY_NAME,
    Answer,
    Api,
    as_json,
)
from sandbox.web.query import Asked, one, requests, several
from sandbox.workshop import EVERY_FRAMEWORK

blueprint = Blueprint("api", __name__, url_prefix="/api")
api = Api(blueprint)

_FRAMEWORK = {"framework": "one framework, such as flask"}
_FRAMEWORKS = {"framework": "frameworks by comma, or all"}
_PROJECT = {
    "features": "features by comma; those they need come along (default: none but hello)",
    "name": "the project's name (default: Shelf)",
    "slug": "its folder and package name (default: made from the name)",
}
_ANSWERS = {
    ANY_NAME: "a question's id with option ids by comma, as in product=simple_api",
    "important": "up to two questions that count twice",
}
_CHANGE = {
    "features": "features of the later project, by comma",
    "from_features": "features of the earlier one (default: none but hello)",
    "from_framework": "its framework (default: the same)",
}
_COLUMNS = {
    "framework": "frameworks by comma (default: all)",
    "features": "features by comma; those they need come along",
    "concept": "one concept instead of all",
}


@api.at("GET", "/api")
def capabilities(asked: Asked) -> Answer:
    """Say everything that can be named, and every address: this document."""
    return {
        **wire.capabilities(current_workshop()),
        "endpoints": [asdict(each) for each in api.offered()],
    }


@api.at("GET", "/api/recommend", _ANSWERS)
def recommendation(asked: Asked) -> Answer:
    """Say which framework fits these answers, why, and what would change it."""
    workshop = current_workshop()
    return wire.recommendation(
        workshop, workshop.recommend(Answers.parse(workshop.knowledge, asked))
    )


@api.at("GET", "/api/tree", _FRAMEWORK | _PROJECT)
def tree(asked: Asked) -> Answer:
    """Show a generated project: every file with its text and why it is there."""
    return wire.tree(current_workshop(), _one_request(asked), chosen=several(asked, "features"))


@api.at("GET", "/api/zip", _FRAMEWORKS | _PROJECT)
def zip_file(asked: Asked) -> Answer:
    """Send the same project as a zip file; several frameworks give one folder each."""
    wanted = requests(asked, _named(asked))
    response = Response(current_workshop().archive(wanted), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{wanted[0].slug}.zip"'
    return response


@api.at("GET", "/api/diff", _FRAMEWORK | _CHANGE)
def difference(asked: Asked) -> Answer:
    """Show what changes from one generated project to another, file by file."""
    workshop = current_workshop()
    after = _one_request(asked)
    before = workshop.request(
        one(asked, "from_framework", after.framework), features=several(asked, "from_features")
    )
    sides = {"before": wire.request(workshop, before), "after": wire.request(workshop, after)}
    return {**sides, **wire.difference(workshop.diff(before, after))}


@api.at("GET", "/api/compare", _COLUMNS)
def comparison(asked: Asked) -> Answer:
    """Set generated projects side by side, concept by concept, with what each costs."""
    chosen = requests(asked, several(asked, "framework"))
    concept = one(asked, "concept", "") or None
    return wire.comparison(current_workshop().comparison(chosen, concept))


@api.at("GET", "/api/lessons/<framework>")
def lessons(asked: Asked, framework: str) -> Answer:
    """List a framework's lessons in order."""
    return wire.ladder(current_workshop().ladder(_known(framework)))


@api.at("GET", "/api/lessons/<framework>/<feature>")
def lesson(asked: Asked, framework: str, feature: str) -> Answer:
    """Show one lesson: text, code, changes."""
    return wire.lesson(current_workshop().lesson(_known(framework), feature))


def _known(framework: str) -> str:
    """Return a framework named in the path; an unknown one is an address that is not there."""
    try:
        return current_workshop().scaffold(framework).framework
    except RequestError as error:
        raise LessonError(error.message, error.hint) from None


@api.at("GET", "/api/projects", token=True)
def projects(asked: Asked) -> Answer:
    """List the projects in your workspace."""
    return wire.projects(current_workshop())


@api.at("POST", "/api/projects", _FRAMEWORKS | _PROJECT, token=True)
def create(asked: Asked) -> Answer:
    """Generate projects into your workspace, all of them or none; the body is a JSON object."""
    wanted = requests(asked, _named(asked))
    made = current_workshop().create(wanted)
    told = wire.created(current_workshop(), wanted, made, chosen=several(asked, "features"))
    return as_json(told, 201)


def _one_request(asked: Asked) -> ProjectRequest:
    named = _named(asked)
    if len(named) != 1 or named[0] == EVERY_FRAMEWORK:
        raise RequestError(
            "framework", "This address shows one framework at a time.", "Name one of them."
        )
    return requests(asked, named)[0]


def _named(asked: Asked) -> tuple[str, ...]:
    named = several(asked, "framework")
    if not named:
        known = ", ".join(current_workshop().scaffolds)
        raise RequestError("framework", "No framework is named.", f"Add framework= with {known}.")
    return named


for _endpoint, _view in lab_api.ENDPOINTS:
    api.add(_endpoint, _view)
