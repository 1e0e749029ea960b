"""What to generate, already checked: a ProjectRequest that exists is one that works."""

import keyword
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sandbox.errors import RequestError
from sandbox.generate.scaffold import Scaffold
from sandbox.knowledge import ALWAYS, Feature, close_features

NAME_LENGTH = 60
_SLUG = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)
_ALLOWED_CATEGORIES = ("L", "M", "Nd")


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
) -> ProjectRequest:
    """Check what a learner asked for; raises `RequestError` naming field, reason and a way out."""
    closed = close_features(catalog, features)
    missing = [feature for feature in closed if feature not in (ALWAYS, *scaffold.offers)]
    if missing:
        raise RequestError(
            "features",
            f"The {scaffold.framework} scaffold does not offer {missing[0]!r} yet.",
            f"It offers: {', '.join(scaffold.offers)}.",
        )
    checked_name = _check_name(name)
    checked_slug = _check_slug(slug_from(checked_name) if slug is None else slug, scaffold)
    return ProjectRequest(scaffold.framework, closed, checked_name, checked_slug)


def slug_from(name: str) -> str:
    """Return the folder name that a project name suggests, which may still be unusable."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].rstrip("_")


def _check_name(name: str) -> str:
    checked = unicodedata.normalize("NFC", name).strip(" ")
    if not checked:
        raise RequestError("name", "The project has no name.", "Try “Shelf”.")
    if len(checked) > NAME_LENGTH:
        raise RequestError(
            "name",
            f"The project name is {len(checked)} characters long.",
            f"Use up to {NAME_LENGTH}, such as “Shelf”.",
        )
    odd = next((letter for letter in checked if not _in_a_name(letter)), None)
    if odd is not None:
        raise RequestError(
            "name",
            f"A project name cannot contain {_show(odd)}.",
            f"Use letters, digits, spaces, “-” and “_”, such as “{_suggested(checked)}”.",
        )
    return checked


def _in_a_name(letter: str) -> bool:
    return letter in " -_" or unicodedata.category(letter).startswith(_ALLOWED_CATEGORIES)


def _show(letter: str) -> str:
    printable = letter.isprintable() and not letter.isspace()
    return f"“{letter}”" if printable else f"the character U+{ord(letter):04X}"


def _suggested(name: str) -> str:
    kept = "".join(letter if _in_a_name(letter) else " " for letter in name)
    return " ".join(kept.split()) or "Shelf"


def _check_slug(slug: str, scaffold: Scaffold) -> str:
    suggestion = f"{slug_from(slug).lstrip('0123456789_')[:30] or 'shelf'}_app"
    hint = f"Choose another name or folder, such as “{suggestion}”."
    if not slug:
        raise RequestError(
            "slug", "This project name gives no folder name.", "Add a slug such as “shelf”."
        )
    if not _SLUG.fullmatch(slug) or slug.endswith("_"):
        raise RequestError(
            "slug",
            f"The folder name {_quoted(slug)} must be 1 to 40 of a-z, 0-9 and “_”, "
            "starting with a letter and not ending with “_”.",
            hint,
        )
    reason = _reserved(slug, scaffold)
    if reason:
        raise RequestError("slug", f"The folder name “{slug}” is {reason}.", hint)
    return slug


def _quoted(text: str) -> str:
    return ascii(text if len(text) <= 60 else f"{text[:57]}...")


def _reserved(slug: str, scaffold: Scaffold) -> str | None:
    packages = {name for names in scaffold.notes.installed.values() for name in names}
    distribution = re.sub(r"_+", "-", slug)
    if keyword.iskeyword(slug) or keyword.issoftkeyword(slug):
        return "a Python keyword"
    if slug in sys.stdlib_module_names:
        return "a module of Python's standard library"
    if slug in _DEVICES:
        return "a device name on Windows"
    if distribution in packages | {"django", "flask", "fastapi", "pytest"}:
        return "the name of a package the projects install"
    return None
