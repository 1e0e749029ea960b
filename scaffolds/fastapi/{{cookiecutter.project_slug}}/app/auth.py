"""Members: their passwords, their sessions, and what they may do."""

from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.requests import HTTPConnection
from pwdlib import PasswordHash
from sqlalchemy import select
from sqlalchemy.orm import Session

from . import crud
from .database import SessionLocal
from .dependencies import ReviewDep, SessionDep
from .forms import SAFE_METHODS
from .models import Member, Review
from .schemas import Problem, Responses

password_hash = PasswordHash.recommended()
# Compared with the password of nobody: an unknown name must not be answered faster.
DUMMY_HASH = password_hash.hash("a password for nobody")

# What everybody may send. Any other change needs a member, wherever it is added.
OPEN = {"/login", "/signup"#: if cookiecutter.model :#, "/api/reviews/score"#: endif :#}
SIGN_IN: Responses = {401: {"model": Problem, "description": "Not signed in"}}
NOT_YOURS: Responses = SIGN_IN | {403: {"model": Problem, "description": "Not yours"}}


def authenticate(session: Session, username: str, password: str) -> Member | None:
    """Return the member with this name, if the password is theirs."""
    member = crud.find_member(session, username)
    known_hash = member.password_hash if member else DUMMY_HASH
    return member if password_hash.verify(password, known_hash) else None


def sign_in(request: Request, member: Member) -> None:
    """Begin a new session, so that nothing of the visitor's old one is left."""
    request.session.clear()
    request.session["token"] = member.session_token


def get_member(request: HTTPConnection, session: SessionDep) -> Member | None:
    """Return the member whose token is in the cookie, if any."""
    token = request.session.get("token")
    found = select(Member).where(Member.session_token == token)
    # The templates find it here.
    request.state.member = session.scalar(found) if token else None
    return request.state.member


def read_member(request: HTTPConnection) -> Member | None:
    """Do the same where no dependency can be asked for."""
    with SessionLocal() as session:
        return get_member(request, session)


MemberDep = Annotated[Member | None, Depends(get_member)]


def require_member(member: MemberDep) -> Member:
    if member is None:
        raise HTTPException(status_code=401, detail="Sign in first.")
    return member


SignedInDep = Annotated[Member, Depends(require_member)]


def members_write(request: HTTPConnection, member: MemberDep) -> None:
    """Let everybody read, and only members change something."""
    reads = request.scope.get("method", "GET") in SAFE_METHODS
    if not reads and request.scope["route"].path not in OPEN:
        require_member(member)


def get_own_review(review: ReviewDep, member: SignedInDep) -> Review:
    """Return the review of the path to its author, and to nobody else."""
    if review.author_id != member.id:
        raise HTTPException(status_code=403, detail="Only its author may change it.")
    return review


OwnReviewDep = Annotated[Review, Depends(get_own_review)]
