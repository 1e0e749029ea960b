"""A client of an event stream: connects, and reads what comes, with patience of its own."""

import json
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from sandbox.contract.answer import Json
from sandbox.contract.failure import Failure, NoAnswer

_CONNECT_SECONDS = 5.0
_SENT_SECONDS = 5.0
_LARGEST = 8 * 1024 * 1024


@dataclass(slots=True)
class Event:
    """One event of a stream: its name, and the JSON in its data."""

    name: str
    value: Json


@dataclass(slots=True)
class Head:
    """How an answer begins."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict[str, str])


class Listener:
    """One open connection to a path; a context manager that closes it in the end."""

    def __init__(
        self, base_url: str, path: str, headers: Mapping[str, str], *, slack: float = 1.0
    ) -> None:
        self.request = f"GET {path}"
        self.head = Head()
        self.comments = 0
        self._slack = slack
        self._events: list[Event] = []
        self._raw = bytearray()
        self._text = bytearray()
        self._chunked = False
        self._ended = False
        self._socket = connect(base_url)
        self._socket.sendall(request_head(base_url, "GET", path, headers))

    def __enter__(self) -> Self:
        return self

    def open(self) -> None:
        """Wait for the header; raises `NoAnswer`."""
        deadline = time.monotonic() + _CONNECT_SECONDS * self._slack
        while b"\r\n\r\n" not in self._raw:
            if not self._receive(deadline):
                raise NoAnswer(
                    f"{self.request} sent no header within {_CONNECT_SECONDS:g} seconds: a stream "
                    "has to begin at once."
                )
        head, _, rest = bytes(self._raw).partition(b"\r\n\r\n")
        self._read_head(head.decode("latin-1"))
        self._raw = bytearray(rest)
        self._decode()

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave."""
        self._socket.close()

    def settle(self, seconds: float = 1.0) -> None:
        """Wait for the first bytes, which tell that nothing is missed from now on."""
        deadline = time.monotonic() + seconds * self._slack
        while not self.comments and not self._events and self._receive(deadline):
            self._decode()

    def events(self, count: int, seconds: float = _SENT_SECONDS) -> list[Event]:
        """Return the next events, `count` of them or fewer when no more come in time."""
        deadline = time.monotonic() + seconds * self._slack
        while len(self._events) < count and self._receive(deadline):
            self._decode()
        taken, self._events = self._events[:count], self._events[count:]
        return taken

    def wait_for_a_comment(self, seconds: float) -> bool:
        """Tell whether another comment comes in time."""
        before = self.comments
        deadline = time.monotonic() + seconds
        while self.comments == before and self._receive(deadline):
            self._decode()
        return self.comments > before

    def _receive(self, deadline: float) -> bool:
        """Read what comes next; tell whether anything came before the deadline."""
        left = deadline - time.monotonic()
        if left <= 0 or self._ended:
            return False
        self._socket.settimeout(left)
        try:
            piece = self._socket.recv(65_536)
        except OSError:
            return False
        self._ended = not piece
        self._raw += piece
        if len(self._raw) > _LARGEST:
            raise Failure(f"{self.request} sends without end.")
        return bool(piece)

    def _read_head(self, text: str) -> None:
        first, *lines = text.split("\r\n")
        words = first.split(" ")
        self.head.status = int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
        for line in lines:
            name, _, value = line.partition(":")
            self.head.headers[name.strip().lower()] = value.strip()
        self._chunked = "chunked" in self.head.headers.get("transfer-encoding", "").lower()

    def _decode(self) -> None:
        if not self._chunked:
            self._text += self._raw
            self._raw.clear()
        while self._chunked:
            size_text, found, rest = self._raw.partition(b"\r\n")
            size = int(size_text.split(b";")[0] or b"0", 16) if found else 0
            if not found or len(rest) < size + 2:
                break
            self._text += rest[:size]
            self._raw = rest[size + 2 :]
            if size == 0:
                self._ended = True
                break
        self._parse()

    def _parse(self) -> None:
        text = bytes(self._text).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        *blocks, rest = text.split(b"\n\n")
        self._text = bytearray(rest)
        for block in blocks:
            self._read_block(block.decode("utf-8", "replace"))
        # A comment needs no blank line after it.
        while self._text.startswith(b":") and b"\n" in self._text:
            self.comments += 1
            self._text = self._text.partition(b"\n")[2]

    def _read_block(self, block: str) -> None:
        name, data = "message", list[str]()
        for line in block.split("\n"):
            key, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if not key and line:
                self.comments += 1
            elif key == "event":
                name = value
            elif key == "data":
                data.append(value)
        if data:
            self._events.append(Event(name, _json("\n".join(data), self.request)))


def connect(base_url: str) -> socket.socket:
    """Open a connection to the app; raises `NoAnswer`."""
    parts = urlsplit(base_url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    try:
        made = socket.create_connection((parts.hostname or "", port), timeout=_CONNECT_SECONDS)
        if secure:
            context = ssl.create_default_context()
            return context.wrap_socket(made, server_hostname=parts.hostname)
        return made
    except OSError:
        raise NoAnswer(f"Nothing answers at {base_url} any more; look at the app's log.") from None


def request_head(base_url: str, method: str, path: str, headers: Mapping[str, str]) -> bytes:
    """Return the bytes with which a request begins."""
    parts = urlsplit(base_url)
    lines = [f"{method} {parts.path}{path} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n").encode("latin-1")


def _json(text: str, request: str) -> Json:
    try:
        return json.loads(text)
    except ValueError:
        raise Failure(f"{request} sent an event whose data is not JSON: {text[:100]!r}.") from None
