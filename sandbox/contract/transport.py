"""One HTTP request at a time to one app, and nothing remembered between them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx2

from sandbox.contract.answer import Answer, excerpt
from sandbox.contract.failure import Failure, NoAnswer
from sandbox.errors import ServerError

_ID = re.compile(r"(?<=/)[0-9]+(?=/|$)")

BODY_LIMIT = 8 * 1024 * 1024
"""Bytes read of one answer; a hundred reviews of 2,000 escaped emoji need a quarter of it."""

ANSWER_SECONDS = 10.0
"""Wall clock for one whole answer, however slowly it drips."""


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent; `before_the_end` is called when all of it but its last byte is sent."""

    content: bytes = b""
    content_type: str | None = None
    before_the_end: Callable[[], None] | None = None


NOTHING = Body()


class Transport:
    """Send requests to the app at `base_url`.

    Every request opens its own connection, so that a restarted app or a server that drops idle
    connections cannot be mistaken for a broken one. Proxies of the environment are not used, and
    cookies are kept by whoever speaks, not here.
    """

    def __init__(self, base_url: str, *, seconds: float = ANSWER_SECONDS) -> None:
        self.base_url = _checked(base_url)
        self._seconds = seconds
        self._client = httpx2.Client(
            trust_env=False,
            timeout=seconds,
            limits=httpx2.Limits(max_keepalive_connections=0),
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def send(
        self,
        method: str,
        path: str,
        *,
        body: Body = NOTHING,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request as it stands and read the whole answer, following no redirect."""
        content = body.content
        request = f"{method} {excerpt(path)}"
        if content:
            request += f" with {excerpt(content.decode('utf-8', 'replace'))}"
        sent_headers = {"Accept-Encoding": "identity", **(headers or {})}
        if body.content_type is not None:
            sent_headers["Content-Type"] = body.content_type
        sent: bytes | Iterator[bytes] | None = content or None
        if body.before_the_end is not None:
            sent_headers["Content-Length"] = str(len(content))
            sent = _pausing(content, body.before_the_end)
        try:
            with self._client.stream(
                method, self.base_url + path, content=sent, headers=sent_headers
            ) as response:
                received = _read(response, request, self._seconds)
        except httpx2.TimeoutException:
            raise NoAnswer(
                f"{request} got no answer within {self._seconds:g} seconds: the app hangs."
            ) from None
        except (httpx2.HTTPError, httpx2.StreamError):
            raise NoAnswer(
                f"{request} got no answer: the app closed the connection or is not running "
                "any more; look at its log."
            ) from None
        return Answer(
            request,
            step_of(method, path),
            method,
            response.status_code,
            {name.lower(): text for name, text in response.headers.items()},
            received,
            tuple(response.headers.get_list("set-cookie")),
        )


def step_of(method: str, path: str) -> str:
    """Return a request without its particulars: method and path, with `{id}` for every id."""
    return f"{method} {_ID.sub('{id}', path.partition('?')[0])}"


def _pausing(content: bytes, pause: Callable[[], None]) -> Iterator[bytes]:
    yield content[:-1]
    pause()
    yield content[-1:]


def _read(response: httpx2.Response, request: str, seconds: float) -> bytes:
    deadline = time.monotonic() + seconds
    received = bytearray()
    for piece in response.iter_raw():
        received += piece
        if len(received) > BODY_LIMIT:
            raise Failure(f"{request} sent more than {BODY_LIMIT // 2**20} MB: expected far less.")
        if time.monotonic() > deadline:
            raise NoAnswer(f"{request} was still sending after {seconds:g} seconds.")
    return bytes(received)


def _checked(base_url: str) -> str:
    try:
        url = httpx2.URL(base_url)
    except (httpx2.InvalidURL, ValueError):
        url = httpx2.URL("")
    if url.scheme not in {"http", "https"} or not url.host or url.query or url.fragment:
        raise ServerError(
            f"{excerpt(base_url)!r} is not the address of an app.",
            "Give it like http://127.0.0.1:8000.",
        )
    return str(url).rstrip("/")
