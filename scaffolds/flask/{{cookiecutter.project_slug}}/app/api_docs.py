"""The documentation of the API: `/openapi.json` for programs, `/docs` for people."""

import re
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from flask_swagger_ui import get_swaggerui_blueprint
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode
from werkzeug.routing import Rule

from . import answers, schemas
from .paging import Page

bp = Blueprint("api_docs", __name__)
swagger_ui = get_swaggerui_blueprint(
    "/docs",
    "/openapi.json",
    # Without `validatorUrl` the page asks a server of Swagger about the document.
    config={"app_name": "{{ cookiecutter.project_name }}", "validatorUrl": None},
)
ROW_ID = {"type": "integer", "minimum": 1}


@dataclass(frozen=True)
class Operation:
    """What an address takes and answers: a model in JSON, or a text of a given type."""

    answer: type[BaseModel] | str | None = None
    status: int = 200
    body: type[BaseModel] | str | None = None
    query: type[BaseModel] | None = None


class BookQuery(Page):
    """Which books to list."""

    q: str = ""


OPERATIONS = {
    "books.list_books": Operation(answers.BookList, query=BookQuery),
    "books.read_book": Operation(answers.BookAnswer),
    "books.create_book": Operation(answers.BookAnswer, 201, body=schemas.BookInput),
    #: if cookiecutter.database :#
    "books.change_book": Operation(answers.BookAnswer, body=schemas.BookChanges),
    "books.delete_book": Operation(status=204),
    "reviews.list_reviews": Operation(answers.ReviewList, query=Page),
    "reviews.create_review": Operation(
        answers.ReviewAnswer, 201, body=schemas.ReviewInput
    ),
    "reviews.change_review": Operation(
        answers.ReviewAnswer, body=schemas.ReviewChanges
    ),
    "reviews.delete_review": Operation(status=204),
    #: endif :#
    #: if cookiecutter.async :#
    "offers.list_offers": Operation(answers.OfferList),
    #: endif :#
    #: if cookiecutter.live :#
    "live.stream": Operation("text/event-stream"),
    #: endif :#
    #: if cookiecutter.jobs :#
    "imports.create_import": Operation(answers.ImportAnswer, 202, body="text/csv"),
    "imports.read_import": Operation(answers.ImportAnswer),
    #: endif :#
    #: if cookiecutter.model :#
    "scoring.score_review": Operation(answers.Score, body=schemas.ScoreInput),
    #: endif :#
}


@bp.get("/docs")
def docs() -> ResponseReturnValue:
    """Show the page that Swagger UI has at /docs/."""
    show = current_app.view_functions["swagger_ui.show"]
    return current_app.ensure_sync(show)()


@bp.get("/openapi.json")
def openapi() -> dict[str, Any]:
    """Describe every address under /api in the form that OpenAPI prescribes."""
    paths: dict[str, dict[str, Any]] = {}
    models: dict[str, Any] = {}
    for rule in current_app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            path = paths.setdefault(re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), {})
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                path[method.lower()] = _describe(rule, models)
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "{{ cookiecutter.project_name }}", "version": "0.1.0"},
        "paths": paths,
        "components": {"schemas": models},
    }
    #: if cookiecutter.auth :#
    # The browser sends the session by itself; for the token the page has to be asked.
    document["components"]["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "session"},
        "csrf_token": {"type": "apiKey", "in": "header", "name": "X-CSRFToken"},
    }
    document["security"] = [{}, {"session": [], "csrf_token": []}]
    #: endif :#
    return document


def _describe(rule: Rule, models: dict[str, Any]) -> dict[str, Any]:
    """Describe one address, and add the models that it needs to `models`."""
    operation = OPERATIONS.get(rule.endpoint, Operation())
    view = current_app.view_functions[rule.endpoint]
    success: dict[str, Any] = {"description": "It worked."}
    if operation.answer:
        success["content"] = _content(operation.answer, "serialization", models)
    problem = _content(answers.Problem, "serialization", models)
    described: dict[str, Any] = {
        "operationId": rule.endpoint,
        "tags": [rule.endpoint.partition(".")[0]],
        "summary": (view.__doc__ or rule.endpoint).partition("\n")[0],
        "parameters": _list_parameters(rule, operation),
        "responses": {
            str(operation.status): success,
            "4XX": {"description": "It was refused.", "content": problem},
        },
    }
    if operation.body:
        content = _content(operation.body, "validation", models)
        described["requestBody"] = {"required": True, "content": content}
    return described


def _list_parameters(rule: Rule, operation: Operation) -> list[dict[str, Any]]:
    """List what stands in the address itself and what may follow its question mark."""
    query = operation.query.model_json_schema() if operation.query else {}
    return [
        {"name": name, "in": "path", "required": True, "schema": ROW_ID}
        for name in sorted(rule.arguments)
    ] + [
        {"name": name, "in": "query", "schema": schema}
        for name, schema in query.get("properties", {}).items()
    ]


def _content(
    what: type[BaseModel] | str, mode: JsonSchemaMode, models: dict[str, Any]
) -> dict[str, Any]:
    """Describe a body: JSON that fits a model, or a text."""
    if isinstance(what, str):
        kind, schema = what, {"type": "string"}
    else:
        kind, schema = "application/json", _link(what, mode, models)
    content = {"schema": schema}
    return {kind: content}


def _link(
    model: type[BaseModel], mode: JsonSchemaMode, models: dict[str, Any]
) -> dict[str, str]:
    """Put a model among the components, once, and point to it."""
    schema = model.model_json_schema(
        mode=mode, ref_template="#/components/schemas/{model}"
    )
    # Changes have defaults that are never used, so nobody should read about them.
    for field in schema.get("properties", {}).values():
        field.pop("default", None)
    models |= schema.pop("$defs", {})
    models[model.__name__] = schema
    return {"$ref": f"#/components/schemas/{model.__name__}"}
