"""An OpenAPI 3 document: what is wrong with its structure, and what it says of an address."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast
from urllib.parse import unquote, urlsplit

from sandbox.contract.answer import Json

Value: TypeAlias = Any
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_VERSION = re.compile(r"3\.[0-2]\.\d+")
_PARAMETER = re.compile(r"\{[^{}/]+\}")
_STATUS = re.compile(r"[1-5](\d\d|XX)|default")
_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Operation:
    """What a document says of one method of one address."""

    document: Mapping[str, Value]
    value: Mapping[str, Value]

    def parameters(self) -> set[str]:
        """Return the names of the parameters."""
        listed = [resolve(self.document, each) for each in _list(self.value.get("parameters"))]
        return {str(each.get("name")) for each in listed}

    def body(self, kind: str) -> set[str] | None:
        """Return the properties of the body of this content type; `None` without a schema."""
        body = resolve(self.document, self.value.get("requestBody"))
        return self._schema(body, kind)

    def answer(self, status: int, kind: str = "application/json") -> set[str] | None:
        """Return the properties of an answer; `None` without a schema."""
        answers = _object(self.value.get("responses"))
        return self._schema(resolve(self.document, answers.get(str(status))), kind)

    def items(self, status: int, name: str) -> set[str]:
        """Return the properties of the items of a list in an answer."""
        answers = _object(self.value.get("responses"))
        content = _object(resolve(self.document, answers.get(str(status))).get("content"))
        schema = _object(content.get("application/json")).get("schema")
        return item_properties(self.document, schema, name)

    def answers(self, status: int) -> bool:
        """Tell whether an answer with this status is described."""
        return str(status) in _object(self.value.get("responses"))

    def _schema(self, holder: Mapping[str, Value], kind: str) -> set[str] | None:
        content = _object(holder.get("content"))
        found = next((value for key, value in content.items() if key.split(";")[0] == kind), None)
        # OpenAPI 3.2 describes the single events of a stream by an itemSchema.
        schema = _object(found).get("schema") or _object(found).get("itemSchema")
        return None if not schema else properties(self.document, schema)


def read_operations(document: Mapping[str, Value]) -> dict[tuple[str, str], Operation]:
    """Return the operations by method and path, with `{}` for every parameter in the path."""
    prefix = server_path(document)
    found: dict[tuple[str, str], Operation] = {}
    for path, item in _object(document.get("paths")).items():
        whole = _object(resolve(document, item))
        shared = _list(whole.get("parameters"))
        for method in METHODS:
            if isinstance(whole.get(method), dict):
                value = dict(_object(whole[method]))
                value["parameters"] = [*shared, *_list(value.get("parameters"))]
                template = _PARAMETER.sub("{}", prefix + path)
                found[method.upper(), template] = Operation(document, value)
    return found


def server_path(document: Mapping[str, Value]) -> str:
    """Return what stands before every path: the path of the first server."""
    servers = _list(document.get("servers"))
    return urlsplit(str(_object(servers[0]).get("url", ""))).path.rstrip("/") if servers else ""


def problems(document: Json) -> Iterator[str]:
    """Say what is wrong with the structure of a document, a sentence a problem."""
    if not isinstance(document, dict):
        yield "it is not a JSON object"
        return
    if not _VERSION.fullmatch(str(document.get("openapi", ""))):
        yield f"openapi is {document.get('openapi')!r}, not 3.x"
    info = _object(document.get("info"))
    for name in ("title", "version"):
        if not isinstance(info.get(name), str) or not info[name]:
            yield f"info has no {name}"
    if not isinstance(document.get("paths"), dict):
        yield "it has no paths"
    for place, reference in _references(document):
        if target(document, reference) is None:
            yield f"{place} refers to {reference!r}, which is not there"
    yield from _path_problems(document)


def _path_problems(document: Mapping[str, Value]) -> Iterator[str]:
    names: set[str] = set()
    for path, item in _object(document.get("paths")).items():
        if not path.startswith("/"):
            yield f"the path {path!r} does not begin with a slash"
        whole = _object(resolve(document, item))
        for method in METHODS:
            if method in whole:
                where = f"{method.upper()} {path}"
                shared = _list(whole.get("parameters"))
                yield from _operation_problems(document, where, _object(whole[method]), shared)
                name = _object(whole[method]).get("operationId")
                if name is not None and name in names:
                    yield f"{where} has the operationId {name!r} of another operation"
                names.add(str(name))


def _operation_problems(
    document: Mapping[str, Value], where: str, value: Mapping[str, Value], shared: list[Value]
) -> Iterator[str]:
    answers = _object(value.get("responses"))
    if not answers:
        yield f"{where} has no responses"
    for status, answer in answers.items():
        if not _STATUS.fullmatch(status):
            yield f"{where} has the status {status!r}"
        if not isinstance(resolve(document, answer).get("description"), str):
            yield f"{where} {status} has no description"
    listed = [resolve(document, each) for each in [*shared, *_list(value.get("parameters"))]]
    for each in listed:
        if each.get("in") not in {"path", "query", "header", "cookie"} or not each.get("name"):
            yield f"{where} has a parameter without name or place"
        elif "schema" not in each and "content" not in each:
            yield f"{where} has the parameter {each['name']!r} without schema"
    declared = {each.get("name") for each in listed if each.get("in") == "path"}
    in_path = {found[1:-1] for found in _PARAMETER.findall(where)}
    if declared != in_path:
        yield f"{where} declares the path parameters {sorted(map(str, declared))}"
    if any(each.get("in") == "path" and each.get("required") is not True for each in listed):
        yield f"{where} has a path parameter that is not required"


def properties(document: Mapping[str, Value], schema: Value, depth: int = 0) -> set[str]:
    """Return the names of all properties of a schema, also of those it is put together from."""
    value = resolve(document, schema)
    found = set(_object(value.get("properties")))
    if depth < _DEPTH:
        for key in ("allOf", "anyOf", "oneOf"):
            for each in _list(value.get(key)):
                found |= properties(document, each, depth + 1)
    return found


def item_properties(document: Mapping[str, Value], schema: Value, name: str) -> set[str]:
    """Return the properties of the items of a schema's property that is a list."""
    value = resolve(document, schema)
    listed = resolve(document, _object(value.get("properties")).get(name))
    return properties(document, listed.get("items"))


def resolve(document: Mapping[str, Value], value: Value) -> Mapping[str, Value]:
    """Return an object of the document, following references."""
    for _ in range(_DEPTH):
        reference = _object(value).get("$ref")
        if not isinstance(reference, str):
            break
        value = target(document, reference)
    return _object(value)


def target(document: Mapping[str, Value], reference: str) -> Value | None:
    """Return what a reference within the document leads to, or `None`."""
    if not reference.startswith("#/"):
        return None
    value: Value = document
    for part in reference[2:].split("/"):
        key = unquote(part).replace("~1", "/").replace("~0", "~")
        if not isinstance(value, dict) or key not in value:
            return None
        value = cast("dict[str, Value]", value)[key]
    return value


def _references(value: Value, place: str = "it", key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in cast("dict[str, Value]", value).items():
            if name == "$ref" and isinstance(inner, str) and key not in {"properties", "example"}:
                yield place, inner
            elif name not in {"example", "examples"}:
                yield from _references(inner, f"{place} / {name}"[-80:], name)
    elif isinstance(value, list):
        for inner in cast("list[Value]", value):
            yield from _references(inner, place, key)


def _object(value: Value) -> dict[str, Value]:
    return cast("dict[str, Value]", value) if isinstance(value, dict) else {}


def _list(value: Value) -> list[Value]:
    return cast("list[Value]", value) if isinstance(value, list) else []
