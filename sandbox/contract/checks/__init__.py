"""Every check of the contract; a new feature is one more module in `_MODULES`."""

from types import ModuleType

from sandbox.contract.check import Check
from sandbox.contract.checks import (
    averages,
    book_input,
    changing,
    creating,
    foundations,
    hello,
    isbn,
    json_body,
    listing,
    reading,
    removing,
    reviews,
    search,
    storing,
    text,
)

_MODULES: tuple[ModuleType, ...] = (
    hello,
    foundations,
    reading,
    listing,
    search,
    creating,
    book_input,
    isbn,
    text,
    json_body,
    storing,
    changing,
    removing,
    reviews,
    averages,
)

CHECKS: tuple[Check, ...] = tuple(
    value for module in _MODULES for value in vars(module).values() if isinstance(value, Check)
)
