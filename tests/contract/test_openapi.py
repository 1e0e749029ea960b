"""The structure of OpenAPI documents: what is wrong is said, what is right is found."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.contract.openapi import problems, read_operations

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shelf", "version": "1"},
    "servers": [{"url": "http://127.0.0.1:8000/api"}],
    "paths": {
        "/books/{book_id}": {
            "parameters": [
                {"name": "book_id", "in": "path", "required": True, "schema": {"type": "integer"}}
            ],
            "patch": {
                "operationId": "change",
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/B"}}}
                },
                "responses": {
                    "200": {
                        "description": "The book.",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "allOf": [
                                        {"$ref": "#/components/schemas/B"},
                                        {"properties": {"id": {"type": "integer"}}},
                                    ]
                                }
                            }
                        },
                    }
                },
            },
        }
    },
    "components": {"schemas": {"B": {"properties": {"title": {"type": "string"}}}}},
}


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    document = copy.deepcopy(DOCUMENT)
    change(document)
    return document


def patch_of(document: dict[str, Any]) -> dict[str, Any]:
    return document["paths"]["/books/{book_id}"]["patch"]


def test_a_right_document_has_no_problems() -> None:
    assert list(problems(DOCUMENT)) == []


def test_operations_are_found_with_server_path_schemas_and_shared_parameters() -> None:
    operation = read_operations(DOCUMENT)["PATCH", "/api/books/{}"]
    assert operation.body("application/json") == {"title"}
    assert operation.answer(200) == {"title", "id"}
    assert operation.parameters() == {"book_id"}
    assert operation.answer(404) is None


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda d: d.update(openapi="2.0"), "not 3.x"),
        (lambda d: d["info"].pop("title"), "no title"),
        (lambda d: d.pop("paths"), "no paths"),
        (lambda d: d["components"]["schemas"].clear(), "which is not there"),
        (lambda d: patch_of(d).pop("responses"), "no responses"),
        (lambda d: patch_of(d)["responses"]["200"].pop("description"), "no description"),
        (lambda d: patch_of(d)["responses"].update(fine={"description": "x"}), "status 'fine'"),
        (lambda d: d["paths"]["/books/{book_id}"].pop("parameters"), "declares the path"),
        (
            lambda d: d["paths"]["/books/{book_id}"].update(get=patch_of(d)),
            "operationId 'change' of another",
        ),
    ],
)
def test_what_is_wrong_is_said(change: Callable[[dict[str, Any]], object], problem: str) -> None:
    found = list(problems(changed(change)))
    assert any(problem in each for each in found), found


@pytest.mark.parametrize("value", [None, [], "x", 5, {}, {"paths": {"x": None}}, {"paths": []}])
def test_anything_else_is_no_document(value: Any) -> None:
    assert list(problems(value))
