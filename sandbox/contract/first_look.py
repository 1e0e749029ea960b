"""Look once, before a run, whether what answers at an address can be a Shelf app at all."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import replace

from sandbox.contract.answer import Answer, Json
from sandbox.contract.clock import Clock, Limits, TimeIsUp
from sandbox.contract.exchange import Address
from sandbox.contract.failure import Failure, NoAnswer
from sandbox.contract.transport import COMPARE, Transport
from sandbox.errors import ServerError

_LONGEST = 2.5
"""What the whole look may take, in times of one answer."""

_TLS_SECONDS = 2.0


def look(base_url: str, features: frozenset[str], limits: Limits) -> None:
    """Return when this may be Shelf, whole or broken.

    Raises `ServerError` in one sentence when nothing answers, or something else does.
    """
    transport = _transport(base_url, limits)
    try:
        home = _ask(transport, "/")
        if home.status >= 500 or (features == frozenset({"hello"}) and home.status == 200):
            return
        seen = {path: _ask(transport, path) for path in _SIGNS}
    except NoAnswer as silence:
        raise _silent(transport.address, silence) from None
    except TimeIsUp:
        raise ServerError(
            f"What answers at {transport.base_url} takes many seconds for every answer.",
            "Look at its log, and check an app that answers at once.",
        ) from None
    if not any(_could_be(path, answer) for path, answer in seen.items()):
        raise _not_shelf(transport, {"/": home, **seen}, limits)


def _transport(base_url: str, limits: Limits) -> Transport:
    seconds = limits.answer_seconds
    return Transport(base_url, Clock(replace(limits, run_seconds=_LONGEST * seconds)))


def _ask(transport: Transport, path: str) -> Answer:
    try:
        return transport.send("GET", path, headers={"Accept": "application/json, */*;q=0.1"})
    except NoAnswer:
        raise
    except Failure as failure:
        raise ServerError(str(failure), COMPARE) from None


def _could_be(path: str, answer: Answer) -> bool:
    if answer.status >= 500:
        return True
    try:
        return answer.status == 200 and _SIGNS[path](answer.json())
    except Failure:
        return False


def _is_health(value: Json) -> bool:
    return isinstance(value, dict) and "status" in value


def _is_list_of_books(value: Json) -> bool:
    if isinstance(value, list):
        return bool(value) and isinstance(value[0], dict) and "title" in value[0]
    return isinstance(value, dict) and not {"items", "total"}.isdisjoint(value)


_SIGNS: Mapping[str, Callable[[Json], bool]] = {
    "/health": _is_health,
    "/api/books": _is_list_of_books,
}


def _silent(address: Address, silence: NoAnswer) -> ServerError:
    if silence.kind == "cut" and not address.secure and _speaks_tls(address):
        return _speaks_https(address)
    return ServerError(str(silence), silence.hint)


def _not_shelf(transport: Transport, seen: Mapping[str, Answer], limits: Limits) -> ServerError:
    address = transport.address
    if address.path and _is_shelf(_transport(address.origin, limits)):
        return ServerError(
            f"Shelf answers at {address.origin}, not at {transport.base_url}.",
            f"Give the address without {address.path}.",
        )
    if not address.secure and _speaks_tls(address):
        return _speaks_https(address)
    answers = ", ".join(f"GET {path} with {answer.status}" for path, answer in seen.items())
    return ServerError(
        f"This does not look like Shelf: {transport.base_url} answers {answers}, and neither a "
        "health report nor a list of books is among them.",
        COMPARE,
    )


def _is_shelf(transport: Transport) -> bool:
    try:
        return any(_could_be(path, _ask(transport, path)) for path in _SIGNS)
    except (NoAnswer, TimeIsUp):
        return False


def _speaks_https(address: Address) -> ServerError:
    return ServerError(
        f"What answers at {address.origin} speaks HTTPS.",
        "Give the address with https:// instead.",
    )


def _speaks_tls(address: Address) -> bool:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # nothing is told or believed: only whether it answers
    try:
        made = socket.create_connection((address.host, address.port), _TLS_SECONDS)
        with made, context.wrap_socket(made, server_hostname=address.host):
            return True
    except OSError:
        return False
