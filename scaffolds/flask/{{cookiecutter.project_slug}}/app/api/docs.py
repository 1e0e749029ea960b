"""The documentation of the API: /openapi.json for programs, /docs for people."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import flask_swagger_ui
from flask import Blueprint, current_app, render_template, request
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode
from werkzeug.routing import Rule
#: if cookiecutter.live or cookiecutter.auth :#

#: endif :#
#: if cookiecutter.live :#
from .. import live
#: endif :#
#: if cookiecutter.auth :#
from ..auth import OPEN_TO_ALL
#: endif :#

# The scripts of Swagger UI lie in a package, so the page needs no other computer.
ASSETS = Path(flask_swagger_ui.__file__).parent / "dist"
bp = Blueprint("docs", __name__, static_folder=ASSETS, static_url_path="/docs")
# A model stands for JSON; a dictionary is what OpenAPI calls `content`.
Content = type[BaseModel] | dict[str, Any]
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Operation:
    response: Content | None = None
    status: int = 200
    body: Content | None = None
    query: type[BaseModel] | None = None


OPERATIONS: dict[Callable[..., Any], Operation] = {}


def document(response: Content | None = None, **more: Any) -> Callable[[View], View]:
    """Say beside a view what it takes and returns: the fields of an `Operation`."""

    def remember(view: View) -> View:
        OPERATIONS[view] = Operation(response, **more)
        return view

    return remember


#: if cookiecutter.live :#
document({"text/event-stream": {"schema": {"type": "string"}}})(live.stream)


#: endif :#
class Problem(BaseModel):
    """What went wrong, and with bad input, which field and why."""

    detail: str
    errors: dict[str, str] = {}


@bp.get("/docs")
def show_docs() -> str:
    return render_template("docs.html")


@bp.get("/openapi.json")
def openapi() -> dict[str, Any]:
    """Describe every route below /api in the form that OpenAPI prescribes."""
    paths: dict[str, dict[str, Any]] = {}
    components: dict[str, Any] = {"schemas": {}}
    #: if cookiecutter.auth :#
    components["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "session"},
        "csrf_token": {"type": "apiKey", "in": "header", "name": "X-CSRFToken"},
    }
    #: endif :#
    for rule in current_app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            path = paths.setdefault(re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), {})
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                path[method.lower()] = _describe(rule, components["schemas"])
    return {
        "openapi": "3.1.0",
        "info": {"title": "{{ cookiecutter.project_name }}", "version": "0.1.0"},
        "servers": [{"url": request.script_root or "/"}],
        "paths": paths,
        "components": components,
    }


def _describe(rule: Rule, schemas: dict[str, Any]) -> dict[str, Any]:
    """Describe one view, and add what it needs to `schemas`."""
    view = current_app.view_functions[rule.endpoint]
    operation = OPERATIONS.get(view, Operation())
    query = operation.query.model_json_schema()["properties"] if operation.query else {}
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "integer"}}
        for name in sorted(rule.arguments)
    ] + [{"name": name, "in": "query", "schema": query[name]} for name in query]
    success: dict[str, Any] = {"description": "It worked."}
    if operation.response:
        success["content"] = _content(operation.response, schemas)
    refusal = {"description": "Refused.", "content": _content(Problem, schemas)}
    described: dict[str, Any] = {
        "operationId": rule.endpoint,
        "tags": [rule.endpoint.partition(".")[0]],
        "summary": (view.__doc__ or rule.endpoint).partition("\n")[0],
        "parameters": parameters,
        "responses": {str(operation.status): success, "4XX": refusal},
    }
    if operation.body:
        content = _content(operation.body, schemas, "validation")
        described["requestBody"] = {"required": True, "content": content}
    #: if cookiecutter.auth :#
    if "GET" not in (rule.methods or set()) and rule.endpoint not in OPEN_TO_ALL:
        described["security"] = [{"session": [], "csrf_token": []}]
    #: endif :#
    return described


def _content(
    what: Content, schemas: dict[str, Any], mode: JsonSchemaMode = "serialization"
) -> dict[str, Any]:
    """Describe a body; the schema of a model joins `schemas`."""
    if isinstance(what, dict):
        return what
    link = "#/components/schemas/{model}"
    schema = what.model_json_schema(mode=mode, ref_template=link)
    # Changes have defaults that are never used, so nobody should read about them.
    for field in schema["properties"].values():
        field.pop("default", None)
    schemas |= schema.pop("$defs", {})
    schemas[what.__name__] = schema
    return {"application/json": {"schema": {"$ref": link.format(model=what.__name__)}}}
