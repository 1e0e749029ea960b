"""Answers as gzip, for remote editors and hubs; what is a stream or already small stays as it is.

Compressing a secret beside text that a stranger chose gives it away by its length (BREACH). No
answer of ours holds one: the token stands in no page, the cookie in no body, and a request from
another site comes without the cookie, so that nothing of the learner's is in its answer either.

Python's own gzip is enough for pages of text, and needs no compiler where there is no wheel.
"""

import gzip
from functools import lru_cache

from flask import Flask, request
from werkzeug.wrappers import Response

_KINDS = frozenset(
    {
        "application/json",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)
_WORTH_IT = 800  # bytes; less than that travels in one packet anyway
_LEVEL = 8


def compress(app: Flask) -> None:
    """Send what is text, whole and long enough as gzip to who takes it."""
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    if response.mimetype not in _KINDS or response.status_code != 200:
        return response
    response.vary.add("Accept-Encoding")
    # A file of ours is whole, though Flask would hand it over as a stream.
    is_file = request.endpoint == "static"
    if "Content-Encoding" in response.headers or (response.is_streamed and not is_file):
        return response
    if request.accept_encodings["gzip"] <= 0:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < _WORTH_IT:
        return response
    response.set_data(_kept(body) if is_file else _packed(body))
    response.headers["Content-Encoding"] = "gzip"
    tag, _ = response.get_etag()
    if tag is not None:
        response.set_etag(tag, weak=True)  # the bytes differ, what they say does not
    return response


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, _LEVEL, mtime=0)


_kept = lru_cache(maxsize=64)(_packed)
