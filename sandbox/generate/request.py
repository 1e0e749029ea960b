"""What to generate, already checked: a ProjectRequest that exists is one that works."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sandbox.errors import RequestError
from sandbox.generate.naming import RefusedNameError, check_name, check_slug, slug_from
from sandbox.generate.scaffold import Scaffold
from sandbox.knowledge import ALWAYS, Feature, close_features


@dataclass(frozen=True)
class ProjectRequest:
    """Name a framework, its features (closed under needs, in order), a project name and a slug."""

    framework: str
    features: tuple[str, ...]
    name: str
    slug: str


def create_request(
    scaffold: Scaffold,
    catalog: Mapping[str, Feature],
    *,
    features: Iterable[str] = (),
    name: str = "Shelf",
    slug: str | None = None,
    reserved: Iterable[str] = (),
) -> ProjectRequest:
    """Check what a learner asked for; raises `RequestError` naming field, reason and a way out.

    `reserved` are folder names that no project may have, beside the packages it installs.
    """
    closed = close_features(catalog, features)
    missing = [feature for feature in closed if feature not in (ALWAYS, *scaffold.offers)]
    if missing:
        raise RequestError(
            "features",
            f"The {scaffold.framework} scaffold does not offer {missing[0]!r} yet.",
            f"It offers: {', '.join(scaffold.offers)}.",
        )
    packages = {*reserved_names(scaffold), *reserved}
    try:
        checked_name = check_name(name)
        checked_slug = check_slug(slug_from(checked_name) if slug is None else slug, packages)
    except RefusedNameError as refused:
        raise RequestError(refused.field, refused.message, refused.hint) from None
    return ProjectRequest(scaffold.framework, closed, checked_name, checked_slug)


def reserved_names(scaffold: Scaffold) -> set[str]:
    """Return the packages that a project installs, which its own folder would hide."""
    return {"pytest", *(name for names in scaffold.notes.installed.values() for name in names)}
