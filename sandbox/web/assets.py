"""Our style sheets and scripts: served under a hash of them all, so that browsers may keep them.

Scripts import each other by relative addresses, so one hash in the folder's place serves all.
"""

import hashlib
import re
from functools import cache

from flask import url_for

from sandbox.paths import TEMPLATES

FOLDER = TEMPLATES / "static"
KEPT_FOR = 365 * 24 * 60 * 60  # seconds
FIRST_MODULE = "main.js"
_IMPORT = re.compile(r'^import .*?"\./([\w.-]+)";$', re.MULTILINE)


@cache
def folder_hash() -> str:
    """Return a hash of the names and bytes of all our static files."""
    found = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            found.update(f"{path.relative_to(FOLDER).as_posix()}\0{len(content)}\0".encode())
            found.update(content)
    return found.hexdigest()[:16]


@cache
def modules() -> tuple[str, ...]:
    """Return every script that the first one imports, directly or not, to be fetched at once."""
    found: dict[str, None] = {}
    waiting = [FIRST_MODULE]
    while waiting:
        text = (FOLDER / waiting.pop()).read_text(encoding="utf-8")
        new = [name for name in _IMPORT.findall(text) if name not in found]
        found.update(dict.fromkeys(new))
        waiting += new
    return tuple(found)


def address_of(name: str) -> str:
    """Return the address of a static file."""
    return url_for("static", filename=name)
