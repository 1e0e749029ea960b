"""Every check of the contract; a new feature is one more module in `_MODULES`."""

from types import ModuleType

from sandbox.contract.check import Check
from sandbox.contract.checks import (
    accounts,
    api_docs,
    averages,
    book_input,
    changing,
    creating,
    deploy,
    escaping,
    foundations,
    hello,
    imports,
    isbn,
    json_body,
    listing,
    live,
    members,
    moderation,
    offers,
    reading,
    removing,
    request_ids,
    reviews,
    scoring,
    search,
    sessions,
    site_form,
    site_list,
    storing,
    text,
    way_back,
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
    site_list,
    site_form,
    escaping,
    accounts,
    sessions,
    way_back,
    members,
    moderation,
    api_docs,
    offers,
    live,
    imports,
    scoring,
    request_ids,
    deploy,
)

CHECKS: tuple[Check, ...] = tuple(
    value for module in _MODULES for value in vars(module).values() if isinstance(value, Check)
)
