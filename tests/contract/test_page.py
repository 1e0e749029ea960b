"""The contract's page: what somebody builds Shelf from who has not read our code."""

from pathlib import Path

import pytest

from sandbox.contract import CHECKS
from sandbox.contract.endpoints import ENDPOINTS
from sandbox.contract.page import contract_page
from sandbox.contract.shapes import SHAPES
from sandbox.workshop import open_workshop

PAGE = Path(__file__).parents[2] / "docs" / "contract.md"


@pytest.fixture(scope="module")
def page() -> str:
    return contract_page(open_workshop().offered)


def test_the_page_in_docs_is_the_one_made_from_the_checks(page: str) -> None:
    assert PAGE.read_text(encoding="utf-8") == page, (
        "run: sandbox list checks --markdown > docs/contract.md"
    )


def test_the_page_has_every_sentence_shape_and_address(page: str) -> None:
    for check in CHECKS:
        assert f"- {check.sentence}" in page
    for shape in SHAPES:
        for part in shape.parts:
            assert f"| `{part.name}` | {part.kind.words} | {part.meaning}" in page
    for endpoint in ENDPOINTS:
        assert f"- `{endpoint.request}`" in page
    assert "{" + "checks}" not in page
