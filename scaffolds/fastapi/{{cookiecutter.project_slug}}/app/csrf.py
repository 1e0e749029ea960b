"""Know our own forms from a stranger's: a secret in the session that each form repeats.

A browser sends our cookie along with every request to us, also with one that a form on
somebody else's site makes. What is inside the cookie, that site cannot read.
"""

import secrets

from fastapi import HTTPException, Request


def get_csrf_token(request: Request) -> str:
    """Return the secret of this session; the first page makes it."""
    return request.session.setdefault("csrf_token", secrets.token_urlsafe(32))


def check_csrf_token(request: Request, sent: str) -> None:
    """Refuse a request that does not repeat the secret of its session."""
    known = request.session.get("csrf_token", "")
    # Takes the same time whether the first or the last letter is wrong.
    if not known or not secrets.compare_digest(known.encode(), sent.encode()):
        old = "This form is too old, or not from here. Load the page again."
        raise HTTPException(status_code=403, detail=old)
