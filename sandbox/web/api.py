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
    Endpoint,
    View,
    add_endpoint,
    as_json,
)
from sandbox.web.query import Asked, one, requests, several
from sandbox.web.security import is_public
from sandbox.workshop import EVERY_FRAMEWORK

blueprint = Blueprint("api", __name__, url_prefix="/api")


def capabilities(asked: Asked) -> Answer:
    """Describe this installation."""
    return {
        **wire.capabilities(current_workshop()),
        "endpoints": [asdict(each) for each, _ in ENDPOINTS if not (each.token and is_public())],
    }


def recommendation(asked: Asked) -> Answer:
    """Recommend a framework."""
    workshop = current_workshop()
    return wire.recommendation(
        workshop, workshop.recommend(Answers.parse(workshop.knowledge, asked))
    )


def tree(asked: Asked) -> Answer:
    """Show a project's files."""
    return wire.tree(current_workshop(), _one_request(asked), chosen=several(asked, "features"))


def zip_file(asked: Asked) -> Answer:
    """Send a project as a zip file."""
    wanted = requests(asked, _named(asked))
    response = Response(current_workshop().archive(wanted), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{wanted[0].slug}.zip"'
    return response


def difference(asked: Asked) -> Answer:
    """Compare two projects line by line."""
    workshop = current_workshop()
    after = _one_request(asked)
    before = workshop.request(
        one(asked, "from_framework", after.framework), features=several(asked, "from_features")
    )
    sides = {"before": wire.request(workshop, before), "after": wire.request(workshop, after)}
    return {**sides, **wire.difference(workshop.diff(before, after))}


def comparison(asked: Asked) -> Answer:
    """Set generated projects side by side."""
    chosen = requests(asked, several(asked, "framework"))
    concept = one(asked, "concept", "") or None
    return wire.comparison(current_workshop().comparison(chosen, concept))


def lessons(asked: Asked, framework: str) -> Answer:
    """List a framework's lessons."""
    return wire.ladder(current_workshop().ladder(_known(framework)))


def lesson(asked: Asked, framework: str, feature: str) -> Answer:
    """Show one lesson."""
    return wire.lesson(current_workshop().lesson(_known(framework), feature))


def _known(framework: str) -> str:
    """Return a framework named in the path; an unknown one is an address that is not there."""
    try:
        return current_workshop().scaffold(framework).framework
    except RequestError as error:
        raise LessonError(error.message, error.hint) from None


def projects(asked: Asked) -> Answer:
    """List the workspace."""
    return wire.projects(current_workshop())


def create(asked: Asked) -> Answer:
    """Write projects to disk, all of them or none."""
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


_FRAMEWORK = {"framework": "one framework, such as flask"}
_FRAMEWORKS = {"framework": "frameworks by comma, or all"}
_PROJECT = {
    "features": "features by comma; those they need come along (default: none but hello)",
    "name": "the project's name (default: Shelf)",
    "slug": "its folder and package name (default: made from the name)",
}

ENDPOINTS: tuple[tuple[Endpoint, View], ...] = (
    (
        Endpoint("GET", "/api", "This document: everything that can be named, every address."),
        capabilities,
    ),
    (
        Endpoint(
            "GET",
            "/api/recommend",
            "Which framework fits these answers, why, and what would change it.",
            {
                ANY_NAME: "a question's id with option ids by comma, as in product=simple_api",
                "important": "up to two questions that count twice",
            },
        ),
        recommendation,
    ),
    (
        Endpoint(
            "GET",
            "/api/tree",
            "A generated project: every file with its text and why it is there.",
            _FRAMEWORK | _PROJECT,
        ),
        tree,
    ),
    (
        Endpoint(
            "GET",
            "/api/zip",
            "The same project as a zip file; several frameworks give one folder each.",
            _FRAMEWORKS | _PROJECT,
        ),
        zip_file,
    ),
    (
        Endpoint(
            "GET",
            "/api/compare",
            "Generated projects side by side, concept by concept, with what each costs.",
            {
                "framework": "frameworks by comma (default: all)",
                "features": "features by comma; those they need come along",
                "concept": "one concept instead of all",
            },
        ),
        comparison,
    ),
    (
        Endpoint(
            "GET",
            "/api/diff",
            "What changes from one generated project to another, file by file.",
            _FRAMEWORK
            | {
                "features": "features of the later project, by comma",
                "from_features": "features of the earlier one (default: none but hello)",
                "from_framework": "its framework (default: the same)",
            },
        ),
        difference,
    ),
    (Endpoint("GET", "/api/lessons/<framework>", "A framework's lessons in order."), lessons),
    (
        Endpoint("GET", "/api/lessons/<framework>/<feature>", "One lesson: text, code, changes."),
        lesson,
    ),
    (Endpoint("GET", "/api/projects", "The projects in your workspace.", token=True), projects),
    (
        Endpoint(
            "POST",
            "/api/projects",
            "Generate projects into your workspace; the body is a JSON object.",
            _FRAMEWORKS | _PROJECT,
            token=True,
        ),
        create,
    ),
    *lab_api.ENDPOINTS,
)
for _endpoint, _view in ENDPOINTS:
    add_endpoint(blueprint, _endpoint, _view)
