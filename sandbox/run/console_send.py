"""One request to one running app as it stands: no redirect, no proxy, ten seconds, one MB."""

import time
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import h11

from sandbox.contract import Clock, Limits
from sandbox.contract.exchange import Address, Line, Received, TooMuch, ask
from sandbox.errors import ServerError

SECONDS = 10.0
LARGEST_ANSWER = 1024 * 1024
_CLOSED = "closed the connection before its answer was whole"


@dataclass(frozen=True)
class Came:
    """What came back: `status` is `None` where no answer began, and `problem` says why then.

    A whole answer has no problem. `headers` have lower-case names, in the order they came.
    """

    status: int | None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    milliseconds: float = 0.0
    problem: str = ""
    hint: str = ""

    def header(self, name: str) -> str:
        """Return a header's values joined by commas, empty where there is none."""
        return ", ".join(value for key, value in self.headers if key == name)

    @property
    def cookie_lines(self) -> tuple[str, ...]:
        """Return the Set-Cookie headers as they came."""
        return tuple(value for key, value in self.headers if key == "set-cookie")

    @property
    def media_type(self) -> str:
        """Return the content type without its parameters."""
        return self.header("content-type").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """Return the body as text, with a replacement sign for what is not UTF-8."""
        return self.body.decode("utf-8", "replace")


def loopback(address: str) -> Address:
    """Return where an app of ours listens; raises `ServerError` for any other address."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        port, parts = None, urlsplit("")
    if port is None or address.rstrip("/") != f"http://127.0.0.1:{port}":
        raise ServerError(
            f"The console does not speak to {address[:80]!a}.",
            "It reaches only running projects of this workspace.",
        )
    return Address(False, "127.0.0.1", port, f"127.0.0.1:{port}", "")


def send_one(
    address: Address,
    method: str,
    target: str,
    *,
    headers: list[tuple[str, str]],
    content: bytes = b"",
    seconds: float = SECONDS,
) -> Came:
    """Send a request and return what came within the limits, also where that is nothing."""
    sent = [
        ("Host", address.name),
        *headers,
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
    ]
    if content or method in {"POST", "PUT", "PATCH"}:
        sent.append(("Content-Length", str(len(content))))
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in sent]
    received = Received(most=LARGEST_ANSWER)
    clock = Clock(Limits(answer_seconds=seconds))
    began = time.perf_counter()
    problem = hint = ""
    try:
        with Line(address, clock) as line:
            ask(line, h11.Request(method=method, target=target, headers=raw), content, received)
    except TooMuch:
        del received.body[LARGEST_ANSWER:]
        problem = "The answer is larger than 1 MB: this is its beginning."
    except TimeoutError:
        problem, hint = _late(received)
    except (OSError, h11.RemoteProtocolError):
        problem, hint = _broken(received)
    spent = (time.perf_counter() - began) * 1000
    return Came(
        received.status, tuple(received.headers), bytes(received.body), spent, problem, hint
    )


def phrase(status: int) -> str:
    """Return what a status is called, such as Not Found; empty for a number nobody has named."""
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else ""


def _late(received: Received) -> tuple[str, str]:
    if received.status is None:
        return "It did not answer in time.", "Look at the app's log."
    return "It was still sending when its time was up: this is what had come.", ""


def _broken(received: Received) -> tuple[str, str]:
    if received.raw and not received.raw.startswith(b"HTTP/"):
        return "What listens there does not speak HTTP.", "Stop the project and start it again."
    if received.raw:
        return f"It {_CLOSED}.", "Look at the app's log."
    return (
        "It does not answer: it has stopped, or closed the connection.",
        "Look at its log, and start it again.",
    )
