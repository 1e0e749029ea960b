"""One request and its answer over one connection, all of it before a deadline."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import h11

from sandbox.contract.clock import Clock
from sandbox.errors import not_an_app

BODY_LIMIT = 8 * 1024 * 1024
"""Bytes read of one answer; a hundred reviews of 2,000 escaped emoji need a quarter of it."""

_HEADER_LIMIT = 100 * 1024
_MOST_INTERIM_ANSWERS = 20
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Address:
    """Where an app listens, and the path below which it stands."""

    secure: bool
    host: str
    port: int
    name: str
    path: str

    @property
    def origin(self) -> str:
        """Return the address without its path."""
        return f"{'https' if self.secure else 'http'}://{self.name}"


def address_of(base_url: str) -> Address:
    """Read the address of an app; raises `ServerError` for a text that is none."""
    try:
        parts = urlsplit(base_url)
        host, port = parts.hostname, parts.port
        encoded = (host or "").encode("idna").decode()
    except ValueError:
        raise not_an_app(base_url) from None
    unusable = parts.query or parts.fragment or "@" in parts.netloc or not encoded
    if parts.scheme not in {"http", "https"} or unusable or not base_url.isprintable():
        raise not_an_app(base_url)
    secure = parts.scheme == "https"
    listens = (443 if secure else 80) if port is None else port
    return Address(secure, encoded, listens, parts.netloc, parts.path.rstrip("/"))


class Line:
    """A connection to an app on which everything has to be done before `deadline`.

    A context manager that closes it. What goes wrong is an `OSError`, `TimeoutError` among them.
    """

    def __init__(self, address: Address, clock: Clock) -> None:
        self.deadline = clock.answer_deadline()
        self._clock = clock
        made = socket.create_connection((address.host, address.port), timeout=self._left())
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if address.secure:
            try:
                context = ssl.create_default_context()
                made = context.wrap_socket(made, server_hostname=address.host)
            except BaseException:
                made.close()
                raise
        self._socket = made
        clock.opened(made)

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        self._clock.closed(self._socket)
        self._socket.close()

    def send(self, content: bytes) -> None:
        """Send all of it."""
        self._socket.settimeout(self._left())
        self._socket.sendall(content)

    def receive(self) -> bytes:
        """Return what comes next, nothing when the other side has closed."""
        self._socket.settimeout(self._left())
        return self._socket.recv(_PIECE)

    def begin_again(self) -> None:
        """Give the answer its whole time from now on."""
        self.deadline = self._clock.answer_deadline()

    def _left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@dataclass(slots=True)
class Received:
    """What has come so far of an answer: its `raw` beginning, its head, and its body.

    `most` says how many bytes of the body are read.
    """

    raw: bytes = b""
    status: int | None = None
    headers: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    body: bytearray = field(default_factory=bytearray)
    most: int = BODY_LIMIT


class TooMuch(Exception):  # noqa: N818 - said of an answer
    """An answer goes on beyond any measure; the text says which part of it."""


def ask(
    line: Line,
    request: h11.Request,
    content: bytes,
    received: Received,
    before_the_end: Callable[[], None] | None = None,
) -> None:
    """Send a request and fill in what comes back.

    Raises `TooMuch`, `OSError` and `h11.RemoteProtocolError`; what had come is in `received` then.
    """
    protocol = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEADER_LIMIT)
    head = protocol.send(request) or b""
    body = (protocol.send(h11.Data(content)) or b"") if content else b""
    protocol.send(h11.EndOfMessage())
    try:
        if before_the_end is None:
            line.send(head + body)
        else:
            line.send(head + body[:-1])
            before_the_end()
            line.begin_again()
            line.send(body[-1:])
    except (BrokenPipeError, ConnectionResetError):
        pass  # refused while it was being sent: the answer is there already
    _read(line, protocol, received)


def _read(line: Line, protocol: h11.Connection, received: Received) -> None:
    interim = 0
    while True:
        event = protocol.next_event()
        if event is h11.NEED_DATA:
            piece = line.receive()
            received.raw = (received.raw + piece)[:200] if len(received.raw) < 200 else received.raw
            protocol.receive_data(piece)
        elif isinstance(event, h11.InformationalResponse):
            interim += 1
            if interim > _MOST_INTERIM_ANSWERS:
                raise TooMuch("announces an answer again and again, and never gives it")
        elif isinstance(event, h11.Response):
            received.status = event.status_code
            received.headers = [(_text(name), _text(value)) for name, value in event.headers]
        elif isinstance(event, h11.Data):
            received.body += event.data
            if len(received.body) > received.most:
                raise TooMuch(f"sent more than {received.most // 2**20} MB: expected far less")
        else:
            return


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")
