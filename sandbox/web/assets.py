"""Our style sheets and scripts: two joined files under a hash of them all, for browsers to keep.

The sheets of every page follow each other in `site.css`. In `site.js` each module is a block that
gives what it exports to those that import it; the files alone work as they stand, too.
"""

import hashlib
import io
import re
from collections.abc import Callable
from functools import cache

from flask import Flask, Response, send_file, url_for

from sandbox.paths import TEMPLATES

FOLDER = TEMPLATES / "static"
KEPT_FOR = 365 * 24 * 60 * 60  # seconds
FIRST_MODULE = "main.js"
SHEETS = (
    "tokens.css",
    "base.css",
    "layout.css",
    "parts.css",
    "code.css",
    "viewer.css",
    "builder.css",
    "compare.css",
    "rooms.css",
    "start.css",
    "advisor.css",
    "library.css",
    "print.css",
)
_IMPORT = re.compile(r'^import (\{.*?\}) from "\./([\w.-]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function |const |let )(\w+)", re.MULTILINE)


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


def serve_joined(app: Flask) -> None:
    """Answer the addresses of the joined files beside those of the single ones."""

    def static(filename: str) -> Response:
        if filename not in _JOINED:
            return app.send_static_file(filename)
        content = io.BytesIO(_JOINED[filename]().encode())
        return send_file(
            content, download_name=filename, etag=folder_hash(), max_age=KEPT_FOR, conditional=True
        )

    app.view_functions["static"] = static


@cache
def sheets() -> str:
    """Return the style sheets of every page as one."""
    return "\n".join(_read(name) for name in SHEETS)


@cache
def scripts() -> str:
    """Return the first module and all that it imports as one, in the order in which they run."""
    blocks: dict[str, str] = {}
    _add(FIRST_MODULE, blocks)
    return "\n".join(blocks.values())


def _add(name: str, blocks: dict[str, str]) -> None:
    text = _read(name)
    for _, imported in _IMPORT.findall(text):
        if imported not in blocks:
            _add(imported, blocks)
    exported = ", ".join(found for _, found in _EXPORT.findall(text))
    body = _IMPORT.sub(lambda found: f"const {found[1]} = {_variable(found[2])};", text)
    body = _EXPORT.sub(r"\1\2", body)
    blocks[name] = f"const {_variable(name)} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();"


def _variable(name: str) -> str:
    return re.sub(r"\W", "_", name)


def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


_JOINED: dict[str, Callable[[], str]] = {"site.css": sheets, "site.js": scripts}


def address_of(name: str) -> str:
    """Return the address of a static file."""
    return url_for("static", filename=name)
