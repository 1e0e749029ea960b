"""What a running server is told at its start; nothing of it changes afterwards."""

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from sandbox.errors import RequestError

DEFAULT_PORT = 8765
OWN_NAME = "localhost"
OWN_HOSTS = frozenset({"127.0.0.1", OWN_NAME, "[::1]"})
# Whichever of the two a browser takes for "localhost", it must find us and nobody else.
_LOOPBACK = ("127.0.0.1", "::1")
_LISTEN_AT = {
    OWN_NAME: _LOOPBACK,
    "127.0.0.1": _LOOPBACK,
    "0.0.0.0": ("0.0.0.0", "::1"),
    "::": ("::",),
}
_WILDCARDS = frozenset({"0.0.0.0", "::"})
_NAME = re.compile(r"[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*")
_PATH = re.compile(r"/*([A-Za-z0-9._~@+-]+(/[A-Za-z0-9._~@+-]+)*/*)?")


@dataclass(frozen=True)
class Settings:
    """Say where the server listens and who may change things.

    `host` is an address or a name of this computer; `localhost` means both loopback addresses.
    `token` is what the printed link carries; None lets everyone in who reaches the server.
    `base_url` is a path such as `/sandbox` under which the pages live behind another server.
    `allowed_hosts` are further host names, without port, that requests may ask for. `public` means
    a site for everybody, without a workspace. `unix_socket` is a file to listen at instead of a
    port, for a server in front that is the learner's alone. Raises `RequestError` for what no
    browser could open.
    """

    host: str = OWN_NAME
    port: int = DEFAULT_PORT
    base_url: str = ""
    token: str | None = None
    allowed_hosts: tuple[str, ...] = ()
    public: bool = False
    unix_socket: Path | None = None

    def __post_init__(self) -> None:
        _check_host(self.host)
        _check_base_url(self.base_url)
        for name in self.allowed_hosts:
            _check_allowed_host(name)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return the addresses to listen at; the first must be had, the others where they exist."""
        host = self.host.strip("[]").lower()
        return _LISTEN_AT.get(host, (host,))

    @property
    def open_to_others(self) -> bool:
        """Tell whether other computers can reach the server by any of this computer's addresses."""
        return self.host.strip("[]") in _WILDCARDS

    @property
    def hosts(self) -> frozenset[str]:
        """Return every host name, lower case and without port, that a request may ask for."""
        named = (self.own_host, *self.allowed_hosts)
        return frozenset((*OWN_HOSTS, *(_in_address(name.lower()) for name in named)))

    @property
    def own_host(self) -> str:
        """Return the host part of our own address.

        It is not 127.0.0.1, where the learner's apps run: browsers would send them our cookie.
        """
        host = self.host.strip("[]").lower()
        return OWN_NAME if host in _LISTEN_AT else _in_address(host)

    @property
    def prefix(self) -> str:
        """Return `base_url` with one leading slash and none at the end, or nothing."""
        path = self.base_url.strip("/")
        return f"/{path}" if path else ""

    @property
    def address(self) -> str:
        """Return the address of the first page, without the token."""
        if self.unix_socket:
            return f"{self.prefix}/ at {self.unix_socket}"
        return f"http://{self.own_host}:{self.port}{self.prefix}/"

    @property
    def link(self) -> str:
        """Return the address to print once: it carries the token, so it belongs in no log."""
        if self.token is None or self.unix_socket:
            return self.address
        return f"{self.address}?token={self.token}"

    @property
    def cookie_value(self) -> str:
        """Return what the browser keeps: it follows from the token, and does not give it away."""
        return hmac.digest((self.token or "").encode(), b"cookie", "sha256").hex()


def public_hosts(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names, by comma in `SANDBOX_HOSTS`, under which readers reach a public site."""
    named = environment.get("SANDBOX_HOSTS", "").split(",")
    return tuple(name for each in named if (name := each.strip()))


def new_token() -> str:
    """Return 32 random bytes as text that fits into an address."""
    return secrets.token_urlsafe(32)


def _in_address(host: str) -> str:
    return f"[{host.strip('[]')}]" if ":" in host else host


def _is_host(text: str) -> bool:
    if _NAME.fullmatch(text):
        return True
    bare = text.removeprefix("[").removesuffix("]") if text.startswith("[") else text
    try:
        return ip_address(bare).version == 6 and "%" not in bare
    except ValueError:
        return False


def _check_host(host: str) -> None:
    if not _is_host(host):
        raise RequestError(
            "host",
            f"{host[:60]!a} is no address or name of a computer to listen at.",
            "Leave --host out for this computer alone, or write an address such as 192.168.1.5.",
        )


def _check_allowed_host(name: str) -> None:
    if not _is_host(name):
        raise RequestError(
            "allow-host",
            f"{name[:60]!a} is not a host name that a browser could ask for.",
            "Write the name alone, without http://, port and path: --allow-host sandbox.example.",
        )


def _check_base_url(path: str) -> None:
    if not _PATH.fullmatch(path) or {".", ".."} & set(path.split("/")):
        raise RequestError(
            "base-url",
            f"{path[:60]!a} is not a path to serve the pages under.",
            "Write only the path, as in --base-url /sandbox; for the name before it there is "
            "--allow-host.",
        )
