"""Where a server in front, such as a hub's, shows the apps: at what address, below which path."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.errors import RequestError

_PORT = "{port}"
_ALLOWED = re.compile(r"(https?://[A-Za-z0-9.-]+(:[0-9]+)?)?(/[A-Za-z0-9._~@+%-]+)*/?")


@dataclass(frozen=True)
class Front:
    """Say where the app of a port is shown: an address, or only its path, with `{port}` in it.

    The server in front passes on what follows that path, and says the path itself in
    `X-Forwarded-Prefix`. Raises `RequestError` for what is no such address.
    """

    url: str

    def __post_init__(self) -> None:
        address = self.url.replace(_PORT, "1")
        if _PORT in self.url and _ALLOWED.fullmatch(address) and ".." not in address:
            return
        raise RequestError(
            "apps-url",
            f"{self.url[:80]!a} does not say where the app of a port is shown.",
            "Write a path or a whole address with {port} in it, such as /user/ada/proxy/{port}/ or "
            "https://{port}.sandbox.example/.",
        )

    def address(self, port: int) -> str:
        """Return where a browser finds the app of a port."""
        return f"{self.url.replace(_PORT, str(port)).rstrip('/')}/"

    def values(self, port: int) -> dict[str, str]:
        """Return what the app of a port is told: by which host and from which origin it is asked.

        Without a name in the address any host is right, written `*`, and no origin is known.
        """
        parts = urlsplit(self.address(port))
        origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
        return {"host": parts.hostname or "*", "origin": origin}
