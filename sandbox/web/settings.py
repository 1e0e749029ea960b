"""What a running server is told at its start; nothing of it changes afterwards."""

import secrets
from dataclasses import dataclass

DEFAULT_PORT = 8765
OWN_HOSTS = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """Say where the server listens and who may change things.

    `token` is what the printed link carries; None lets everyone in who reaches the server.
    `base_url` is a path such as `/sandbox` under which the pages live behind another server.
    `allowed_hosts` are further host names, without port, that requests may ask for.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    base_url: str = ""
    token: str | None = None
    allowed_hosts: tuple[str, ...] = ()

    @property
    def hosts(self) -> frozenset[str]:
        """Return every host name, lower case and without port, that a request may ask for."""
        return frozenset(name.lower() for name in (*OWN_HOSTS, self.host, *self.allowed_hosts))

    @property
    def prefix(self) -> str:
        """Return `base_url` with one leading slash and none at the end, or nothing."""
        path = self.base_url.strip("/")
        return f"/{path}" if path else ""

    @property
    def address(self) -> str:
        """Return the address of the first page, without the token."""
        return f"http://{self.host}:{self.port}{self.prefix}/"

    @property
    def link(self) -> str:
        """Return the address to print once: it carries the token, so it belongs in no log."""
        return self.address if self.token is None else f"{self.address}?token={self.token}"


def new_token() -> str:
    """Return 32 random bytes as text that fits into an address."""
    return secrets.token_urlsafe(32)
