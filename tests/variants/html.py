"""Does every template exist that something names, and does every link lead somewhere?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tests.variants.facts import python_facts
from tests.variants.matrix import Problem, Variant

# Templates of the framework's own parts, which ours may extend or replace.
_FOREIGN = ("admin/", "flask_admin/", "sqladmin/", "rest_framework/", "registration/")
_TEMPLATE_NAME = re.compile(r"[\"']([\w./-]+\.html)[\"']")
_NAMED_ADDRESS = re.compile(
    r"(?:url_for\(\s*(?:request,\s*)?|\{% url |reverse\(|reverse_lazy\()[\"']([\w.:-]+)[\"']"
)
_ADDRESS = re.compile(r"(?:href|src|action)=\"(/[\w-]*)")
_NAME = re.compile(r"(?:\bname=|\.mount\(.*, )[\"']([\w-]+)[\"']")
# Names that the framework registers by itself.
_GIVEN = frozenset({"static", "index", "login", "logout", "openapi"})
# Templates that a framework looks up by itself.
_LOOKED_UP = (
    "/404.html",
    "/403.html",
    "/500.html",
    "/403_csrf.html",
    "/registration/login.html",
    "/admin/master.html",
)


def problems_in_html(variant: Variant) -> Iterator[Problem]:
    """Yield templates that nobody names or that are not there, and links to nowhere."""
    templates = {path for path in variant.tree.paths if path.endswith(".html")}
    named: set[str] = set()
    known, roots = _known_names(variant), _route_roots(variant)
    for path, text in variant.tree.items():
        if not path.endswith((".py", ".html")):
            continue
        for name in _all(_TEMPLATE_NAME, text):
            found = [each for each in templates if each == name or each.endswith(f"/{name}")]
            named.update(found)
            if not found and not name.startswith(_FOREIGN):
                yield Problem(variant, f"{path} names the template {name}, which is not there")
        for name in _all(_NAMED_ADDRESS, text):
            if re.split(r"[.:]", name)[-1] not in known:
                yield Problem(variant, f"{path} leads to {name}, which no route is called")
        if path in templates:
            for address in _all(_ADDRESS, text):
                if address != "/" and address not in roots:
                    yield Problem(variant, f"{path} leads to {address}, which is not there")
    for path in sorted(templates - named):
        if not path.endswith(_LOOKED_UP):
            yield Problem(variant, f"{path} is a template that nothing names")


@cache
def _all(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(pattern.findall(text))


def _known_names(variant: Variant) -> frozenset[str]:
    """Return what a route may be called: a function of this variant, or a name given to it."""
    found = set(_GIVEN)
    for path, text in variant.tree.items():
        if path.endswith(".py"):
            found |= python_facts(path, text).defined
            found.update(_all(_NAME, text))
    return frozenset(found)


def _route_roots(variant: Variant) -> frozenset[str]:
    """Return the first parts of all addresses that the code writes down."""
    found: set[str] = set()
    for path, text in variant.tree.items():
        if path.endswith(".py"):
            for each in python_facts(path, text).strings:
                found.add("/" + each.strip("/").split("/")[0])
    return frozenset(found)
