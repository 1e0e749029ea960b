"""The small client with which checks speak to an app: it knows only a base URL."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn, TypeAlias
from urllib.parse import quote, urlencode

import httpx2

from sandbox.contract.check import Failure, NoAnswer, Skipped
from sandbox.contract.samples import Samples
from sandbox.errors import ServerError

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Parameter: TypeAlias = str | int

_ID = re.compile(r"(?<=/)[0-9]+(?=/|$)")

BODY_LIMIT = 8 * 1024 * 1024
"""Bytes read of one answer; a hundred reviews of 2,000 escaped emoji need a quarter of it."""

ANSWER_SECONDS = 10.0
"""Wall clock for one whole answer, however slowly it drips."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an app said to one request; `request` repeats the question for messages.

    `step` is the request without its particulars: method and path, with `{id}` for every id.
    """

    request: str
    step: str
    method: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text, with a replacement sign for what is not UTF-8."""
        return self.body.decode("utf-8", "replace")

    @property
    def media_type(self) -> str:
        """Return the content type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def json(self) -> Json:
        """Return the parsed body; a `Failure` when it is not strict JSON served as JSON."""
        if self.media_type != "application/json" and not self.media_type.endswith("+json"):
            raise Failure(
                f"{self.request} answered {self.status} with the content type "
                f"{self.media_type or '(none)'!r}: expected JSON (application/json).",
                step=self.step,
            )
        try:
            return json.loads(self.body, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise Failure(
                f"{self.request} answered {self.status} with a body that is not valid JSON: "
                f"{excerpt(self.text)}",
                step=self.step,
            ) from None


class Api:
    """Send requests to one app on behalf of one run of the contract.

    Every request opens its own connection, so that a restarted app or a server that drops idle
    connections cannot be mistaken for a broken one. Proxies of the environment are not used.
    """

    def __init__(
        self,
        base_url: str,
        *,
        features: frozenset[str],
        samples: Samples,
        restart: Callable[[], None] | None = None,
        project_name: str | None = None,
        seconds: float = ANSWER_SECONDS,
    ) -> None:
        self.base_url = _checked(base_url)
        self.features = features
        self.samples = samples
        self.project_name = project_name
        self._restart = restart
        self._seconds = seconds
        self._client = httpx2.Client(
            trust_env=False,
            timeout=seconds,
            limits=httpx2.Limits(max_keepalive_connections=0),
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def restart(self) -> None:
        """Stop and start the app, or skip the check when nobody said how."""
        if self._restart is None:
            raise Skipped("it needs to restart the app: give the command that starts it")
        self._restart()

    def get(self, path: str, parameters: Mapping[str, Parameter] | None = None) -> Answer:
        """GET a path; parameters are percent-encoded as UTF-8."""
        query = "?" + urlencode(parameters, quote_via=quote) if parameters else ""
        return self.send("GET", path + query)

    def post(self, path: str, value: Json) -> Answer:
        """POST a value as JSON."""
        return self.send_json("POST", path, json.dumps(value, ensure_ascii=False))

    def patch(self, path: str, value: Json) -> Answer:
        """PATCH with a value as JSON."""
        return self.send_json("PATCH", path, json.dumps(value, ensure_ascii=False))

    def delete(self, path: str) -> Answer:
        """DELETE a path."""
        return self.send("DELETE", path)

    def send_json(self, method: str, path: str, text: str | bytes) -> Answer:
        """Send a text as JSON, whether or not it is."""
        return self.send(method, path, body=text, content_type="application/json")

    def send(
        self,
        method: str,
        path: str,
        *,
        body: str | bytes = b"",
        content_type: str | None = None,
        before_the_end: Callable[[], None] | None = None,
    ) -> Answer:
        """Send one request as it stands and read the whole answer, following no redirect.

        `before_the_end` is called when all of the body but its last byte is sent.
        """
        content = body.encode() if isinstance(body, str) else body
        request = f"{method} {excerpt(path)}"
        if content:
            request += f" with {excerpt(content.decode('utf-8', 'replace'))}"
        headers = {"Accept": "application/json, */*;q=0.1", "Accept-Encoding": "identity"}
        if content_type is not None:
            headers["Content-Type"] = content_type
        sent: bytes | Iterator[bytes] | None = content or None
        if before_the_end is not None:
            headers["Content-Length"] = str(len(content))
            sent = _pausing(content, before_the_end)
        try:
            with self._client.stream(
                method, self.base_url + path, content=sent, headers=headers
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
        lowered = {name.lower(): text for name, text in response.headers.items()}
        step = f"{method} {_ID.sub('{id}', path.partition('?')[0])}"
        return Answer(request, step, method, response.status_code, lowered, received)


def excerpt(text: str, length: int = 160) -> str:
    """Shorten a text to one line that a message can hold."""
    line = " ".join(
        "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text).split()
    )
    return line if len(line) <= length else line[: length - 1] + "…"


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


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
