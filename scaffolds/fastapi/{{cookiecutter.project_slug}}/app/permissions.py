"""Who is asking, and what they may do."""

from typing import Annotated

from fastapi import Depends, HTTPException, Request
from sqlalchemy import select

from app.csrf import check_csrf_token
from app.dependencies import ReviewDep, SessionDep
from app.members import Member
from app.models import Review


def sign_in(request: Request, member: Member) -> None:
    """Begin a new session, so that nothing of the visitor's old one is left."""
    request.session.clear()
    request.session["token"] = member.session_token


def get_member(request: Request, session: SessionDep) -> Member | None:
    """Return the member whose token is in the cookie, if any."""
    token = request.session.get("token")
    found = select(Member).where(Member.session_token == token)
    # The templates find it here.
    request.state.member = session.scalar(found) if token else None
    return request.state.member


MemberDep = Annotated[Member | None, Depends(get_member)]


def require_member(member: MemberDep) -> Member:
    if member is None:
        raise HTTPException(status_code=401, detail="Sign in first.")
    return member


SignedInDep = Annotated[Member, Depends(require_member)]


def members_write(request: Request, member: MemberDep) -> None:
    """Let everybody read, and only members change something.

    A cookie alone is no proof that a member wants this change, as with forms.
    """
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        require_member(member)
        check_csrf_token(request, request.headers.get("X-CSRFToken", ""))


# What a router of the API asks for, whatever the address.
MembersWrite = Depends(members_write)


def lead_to_login(request: Request, member: MemberDep) -> None:
    """Send a visitor of a members' page to sign in and back."""
    if member is None:
        back = request.url.path if request.method == "GET" else "/books"
        headers = {"Location": f"/login?next={back}"}
        raise HTTPException(status_code=303, headers=headers)


def get_own_review(review: ReviewDep, member: SignedInDep) -> Review:
    """Return the review of the address to its author, and to nobody else."""
    if review.author_id != member.id:
        detail = "Only its author may change this review."
        raise HTTPException(status_code=403, detail=detail)
    return review


OwnReviewDep = Annotated[Review, Depends(get_own_review)]
