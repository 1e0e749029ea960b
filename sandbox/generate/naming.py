"""What a project may be called. The hooks of the templates hold this very text, so that the plain
`cookiecutter` command refuses what `sandbox new` refuses, in the same words.
"""

import keyword
import re
import sys
import unicodedata
from collections.abc import Collection

from slugify import slugify

NAME_LENGTH = 60
SLUG_LENGTH = 40
_SLUG = re.compile(r"[a-z][a-z0-9_]*")
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)
_ALLOWED_CATEGORIES = ("L", "M", "Nd")


class RefusedNameError(ValueError):
    """Say which answer is at fault (`field`), what is wrong with it and what to do."""

    def __init__(self, field: str, message: str, hint: str) -> None:
        super().__init__(f"{message} {hint}")
        self.field = field
        self.message = message
        self.hint = hint


def slug_from(name: str) -> str:
    """Return the folder name that a project name suggests, which may still be unusable."""
    return slugify(name, separator="_", max_length=SLUG_LENGTH)


def check_name(name: str) -> str:
    """Return a project name in composed letters; raises `RefusedNameError`."""
    if not name.strip():
        raise RefusedNameError("name", "The project has no name.", "Try “Shelf”.")
    if name != name.strip(" "):
        raise RefusedNameError(
            "name",
            "The project name begins or ends with a space.",
            f"Leave it out, as in “{_suggested(name)}”.",
        )
    checked = unicodedata.normalize("NFC", name)
    if len(checked) > NAME_LENGTH:
        raise RefusedNameError(
            "name",
            f"The project name is {len(checked)} characters long.",
            f"Use up to {NAME_LENGTH}, such as “Shelf”.",
        )
    odd = next((letter for letter in checked if not _in_a_name(letter)), None)
    if odd is not None:
        raise RefusedNameError(
            "name",
            f"A project name cannot contain {_show(odd)}.",
            f"Use letters, digits, spaces, “-” and “_”, such as “{_suggested(checked)}”.",
        )
    return checked


def check_slug(slug: str, packages: Collection[str]) -> str:
    """Return a folder name that is no name of one of these packages; raises `RefusedNameError`."""
    suggestion = f"{slug_from(slug).lstrip('0123456789_')[:30] or 'shelf'}_app"
    hint = f"Choose another name or folder, such as “{suggestion}”."
    if not slug.strip("-_"):  # cookiecutter needs some name for the folder: there it is “-”
        raise RefusedNameError(
            "slug",
            "This project name gives no folder name.",
            "Add a folder name (slug) such as “shelf”.",
        )
    if not _SLUG.fullmatch(slug) or slug.endswith("_") or len(slug) > SLUG_LENGTH:
        raise RefusedNameError(
            "slug",
            f"The folder name {_quoted(slug)} must be 1 to {SLUG_LENGTH} of a-z, 0-9 and “_”, "
            "starting with a letter and not ending with “_”.",
            hint,
        )
    reason = _reserved(slug, packages)
    if reason:
        raise RefusedNameError("slug", f"The folder name “{slug}” is {reason}.", hint)
    return slug


def _in_a_name(letter: str) -> bool:
    return letter in " -_" or unicodedata.category(letter).startswith(_ALLOWED_CATEGORIES)


def _show(letter: str) -> str:
    printable = letter.isprintable() and not letter.isspace()
    return f"“{letter}”" if printable else f"the character U+{ord(letter):04X}"


def _suggested(name: str) -> str:
    kept = "".join(letter if _in_a_name(letter) else " " for letter in name)
    return " ".join(kept.split())[:NAME_LENGTH] or "Shelf"


def _quoted(text: str) -> str:
    return ascii(text if len(text) <= 60 else f"{text[:57]}...")


def _reserved(slug: str, packages: Collection[str]) -> str:
    if keyword.iskeyword(slug) or keyword.issoftkeyword(slug):
        return "a Python keyword"
    if slug in sys.stdlib_module_names:
        return "a module of Python's standard library"
    if slug in _DEVICES:
        return "a device name on Windows"
    if re.sub(r"_+", "-", slug) in packages:
        return "the name of a package the projects install"
    return ""
