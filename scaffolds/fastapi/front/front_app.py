"""The project's app, for a server in front that says below which path it shows it."""

from app.main import app as shelf
from starlette.types import Receive, Scope, Send

_PREFIX = b"x-forwarded-prefix"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer below that path, as with `--root-path`; who asks the app itself names none."""
    prefix = dict(scope.get("headers", ())).get(_PREFIX, b"")
    if prefix:
        root = prefix.decode("latin-1")
        path, raw_path = root + scope["path"], prefix + scope.get("raw_path", b"")
        scope = {**scope, "root_path": root, "path": path, "raw_path": raw_path}
    await shelf(scope, receive, send)
