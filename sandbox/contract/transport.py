"""One HTTP request at a time to one app, and nothing remembered between them."""

from __future__ import annotations

import re
import socket
import ssl
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

import h11

from sandbox.contract.answer import Answer, excerpt
from sandbox.contract.clock import Clock, Limits, TimeIsUp
from sandbox.contract.exchange import Line, Received, TooMuch, address_of, ask
from sandbox.contract.failure import Failure, NoAnswer

_ID = re.compile(r"(?<=/)[0-9]+(?=/|$)")
_AS_IT_STANDS = "/?&=%+:@,;!$'()*~-._[]"
_TLS_RECORD = (b"\x15\x03", b"\x16\x03")

_PATIENCE = 2
"""An address that hangs as often is not asked again: every time costs the whole ten seconds."""

COMPARE = "Compare the address and port with what your app prints when it starts."


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent; `before_the_end` is called when all of it but its last byte is sent."""

    content: bytes = b""
    content_type: str | None = None
    before_the_end: Callable[[], None] | None = None


NOTHING = Body()


class Transport:
    """Send requests to the app at `base_url`, within the limits of a `clock`.

    Every request opens its own connection, so that a restarted app or a server that drops idle
    connections cannot be mistaken for a broken one. Proxies of the environment are not used, and
    cookies are kept by whoever speaks, not here.
    """

    def __init__(self, base_url: str, clock: Clock | None = None) -> None:
        self.address = address_of(base_url)
        self.base_url = self.address.origin + self.address.path
        self.clock = Clock(Limits()) if clock is None else clock
        self.sent = 0
        self._hung: Counter[str] = Counter()

    def send(
        self,
        method: str,
        path: str,
        *,
        body: Body = NOTHING,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request as it stands and read the whole answer, following no redirect.

        Raises `NoAnswer` in words when none comes in time, and `TimeIsUp` at the end of the run.
        """
        step = step_of(method, path)
        request = f"{method} {excerpt(path)}"
        if body.content:
            request += f" with {excerpt(body.content.decode('utf-8', 'replace'))}"
        self._count(request, step)
        received = Received()
        try:
            line = Line(self.address, self.clock)
        except OSError as error:
            raise self._unreachable(error, step) from None
        with line, self._in_words(request, step, received):
            head = self._head(method, path, body, headers)
            ask(line, head, body.content, received, body.before_the_end)
        if received.status == 429:
            raise Failure(
                "The app answered 429: it limits how many requests it takes. Switch that limit off "
                "while the checks run."
            )
        return _answer(request, step, method, received)

    def _count(self, request: str, step: str) -> None:
        """Count one more request, unless it were one too many."""
        if self._hung[step] >= _PATIENCE:
            raise NoAnswer(f"{step} is not tried again: it hung {_PATIENCE} times.", step=step)
        self.sent += 1
        if self.sent > self.clock.limits.requests:
            raise Failure(
                f"{request} would be request {self.sent:,} of this check: expected an end long "
                "before; does a list say that it holds more than it shows?",
                step=step,
            )

    @contextmanager
    def _in_words(self, request: str, step: str, received: Received) -> Generator[None]:
        """Say in our words what goes wrong with a request once there is a connection."""
        try:
            yield
        except TooMuch as error:
            raise Failure(f"{request} {error}.", step=step) from None
        except h11.LocalProtocolError:
            raise Failure(
                f"{request} cannot be sent with the cookies that the app has set: expected cookies "
                "of visible characters.",
                step=step,
            ) from None
        except (OSError, h11.RemoteProtocolError) as error:
            raise self._unanswered(request, step, received, error) from None

    def _head(
        self, method: str, path: str, body: Body, headers: Mapping[str, str] | None
    ) -> h11.Request:
        sent = {
            "host": self.address.name,
            "accept": "*/*",
            "accept-encoding": "identity",
            "user-agent": "sandbox-check",
            "connection": "close",
        }
        if body.content or method in {"POST", "PUT", "PATCH"}:
            sent["content-length"] = str(len(body.content))
        if body.content_type is not None:
            sent["content-type"] = body.content_type
        sent |= {name.lower(): value for name, value in (headers or {}).items()}
        return h11.Request(
            method=method,
            target=quote(self.address.path + path, safe=_AS_IT_STANDS),
            headers=[(name.encode("latin-1"), value.encode()) for name, value in sent.items()],
        )

    def _unreachable(self, error: OSError, step: str) -> Exception:
        """Return in words why there is no connection."""
        if self.clock.left <= 0:
            return TimeIsUp()
        if isinstance(error, ssl.SSLCertVerificationError):
            return NoAnswer(
                f"The certificate at {self.base_url} cannot be trusted: {error.verify_message}.",
                step=step,
                kind="foreign",
                hint="Give the http:// address at which the app itself listens.",
            )
        if isinstance(error, (ssl.SSLError, ConnectionResetError)) and self.address.secure:
            return NoAnswer(
                f"What answers at {self.base_url} does not speak HTTPS.",
                step=step,
                kind="foreign",
                hint="Give the address with http:// instead.",
            )
        if isinstance(error, socket.gaierror):
            return NoAnswer(
                f"There is no computer called {self.address.host}.",
                step=step,
                kind="absent",
                hint="Check the spelling of the address.",
            )
        if isinstance(error, TimeoutError):
            return NoAnswer(
                f"What listens at {self.base_url} takes no connection within "
                f"{self.clock.limits.answer_seconds:g} seconds: the app hangs, or is out of reach.",
                step=step,
                hint="Look at the app's log, and start it again.",
            )
        return NoAnswer(
            f"Nothing answers at {self.base_url}.",
            step=step,
            kind="absent",
            hint="Start the app first, and compare the address and port with what it prints.",
        )

    def _unanswered(
        self, request: str, step: str, received: Received, error: Exception
    ) -> Exception:
        """Return in words why there is no whole answer; the end of the run is no fault of it."""
        if self.clock.left <= 0:
            return TimeIsUp()
        seconds = f"{self.clock.limits.answer_seconds:g} seconds"
        begun = received.status is not None
        if isinstance(error, TimeoutError):
            if begun:
                message = f"{request} was still sending after {seconds}: expected an end."
            elif received.raw:
                message = f"{request} got no whole header within {seconds}: it drips in."
            else:
                message = f"{request} got no answer within {seconds}: the app hangs."
            self._hung[step] += 1
            return NoAnswer(message, step=step)
        if isinstance(error, h11.RemoteProtocolError) and error.error_status_hint == 431:
            message = f"{request} got a header without end."
            return NoAnswer(message, step=step, kind="foreign", hint=COMPARE)
        if received.raw and not begun and not received.raw.startswith(b"HTTP/"):
            return self._not_http(request, step, received.raw)
        return NoAnswer(
            f"{request} got no {'whole ' if begun else ''}answer: the app closed the connection "
            "or is not running any more; look at its log.",
            step=step,
            kind="cut",
        )

    def _not_http(self, request: str, step: str, raw: bytes) -> NoAnswer:
        if raw.startswith(_TLS_RECORD):
            return NoAnswer(
                f"What answers at {self.base_url} speaks HTTPS.",
                step=step,
                kind="foreign",
                hint="Give the address with https:// instead.",
            )
        said = excerpt(raw.decode("utf-8", "replace"), 60)
        return NoAnswer(
            f"What answers at {self.base_url} does not speak HTTP: to {request} it says {said!r}.",
            step=step,
            kind="foreign",
            hint=COMPARE,
        )


def step_of(method: str, path: str) -> str:
    """Return a request without its particulars: method and path, with `{id}` for every id."""
    return f"{method} {_ID.sub('{id}', path.partition('?')[0])}"


def _answer(request: str, step: str, method: str, received: Received) -> Answer:
    headers: dict[str, str] = {}
    for name, value in received.headers:
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return Answer(
        request,
        step,
        method,
        received.status or 0,
        headers,
        bytes(received.body),
        tuple(value for name, value in received.headers if name == "set-cookie"),
    )
