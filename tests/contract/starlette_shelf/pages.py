"""The pages for people, and their forms."""

import hashlib
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader
from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.contract.starlette_shelf import checked
from tests.contract.starlette_shelf.checked import Wrong
from tests.contract.starlette_shelf.people import (
    COOKIE,
    add_book,
    add_review,
    book_of,
    review_of,
    store,
    visitor,
)
from tests.contract.starlette_shelf.store import Taken, hashed, same

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)
NAME = "Shelf"
PAGE = 20
NOBODY = hashed("nobody has this password")


def token(cookie: str) -> str:
    """Return what a form of this visitor holds: the cookie is a secret, this is made of it."""
    return hashlib.sha256(b"form " + cookie.encode()).hexdigest()


def page(request: Request, name: str, status: int = 200, **values: Any) -> Response:
    cookie = request.cookies.get(COOKIE) or secrets.token_urlsafe(32)
    values |= {
        "home": str(request.base_url),
        "name": NAME,
        "user": visitor(request),
        "token": token(cookie),
        "message": "",
    }
    added = request.cookies.get("added", "")
    if added.isascii() and added.isdigit() and status == 200 and len(added) < 19:
        book = store(request).book(int(added))
        values["message"] = f"“{book['title']}” was added." if book else ""
    answer = HTMLResponse(TEMPLATES.get_template(name).render(values), status)
    if values["message"]:
        answer.delete_cookie("added")
    if COOKIE not in request.cookies:
        answer.set_cookie(COOKIE, cookie, httponly=True, samesite="lax")
    return answer


async def form(request: Request) -> dict[str, str]:
    """Return what a form of ours sent; a file counts as nothing."""
    async with request.form() as sent:
        fields = {name: value if isinstance(value, str) else "" for name, value in sent.items()}
    cookie = request.cookies.get(COOKIE, "")
    if not cookie or not secrets.compare_digest(
        fields.get("csrf_token", "").encode(), token(cookie).encode()
    ):
        raise HTTPException(403, "This form is too old. Go back, load the page and try again.")
    return fields


def go(address: str) -> Response:
    return RedirectResponse(address, 303)


def sign_in_first(request: Request) -> Response:
    return go("/login?" + urlencode({"next": request.url.path}, safe="/"))


async def home(request: Request) -> Response:
    return go("/books")


async def list_books(request: Request) -> Response:
    q, asked = request.query_params.get("q", ""), request.query_params.get("page", "")
    at = max(1, int(asked)) if re.fullmatch("[0-9]{1,9}", asked) else 1
    found = store(request).books(q, PAGE, PAGE * (at - 1))
    numbers = range(1, max(1, -(-found["total"] // PAGE)) + 1)
    links = [(number, "?" + urlencode({"q": q, "page": number})) for number in numbers]
    return page(request, "books.html", books=found["items"], q=q, at=at, links=links)


class BookPage(HTTPEndpoint):
    async def get(self, request: Request) -> Response:
        return show_book(request, {}, {})

    async def post(self, request: Request) -> Response:
        user, sent, book = visitor(request), await form(request), book_of(request)
        if user is None:
            return sign_in_first(request)
        try:
            add_review(request, user, book, checked.whole(checked.REVIEW, sent))
        except Wrong as wrong:
            return show_book(request, sent, wrong.errors)
        return go(f"/books/{book['id']}")


def show_book(request: Request, sent: dict[str, str], errors: dict[str, str]) -> Response:
    book = book_of(request)
    reviews = store(request).reviews(book["id"], 1_000_000, 0)["items"]
    status = 422 if errors else 200
    return page(request, "book.html", status, book=book, reviews=reviews, sent=sent, errors=errors)


async def delete_review(request: Request) -> Response:
    await form(request)
    review = review_of(request)
    store(request).delete("reviews", review["id"])
    return go(f"/books/{review['book_id']}")


class NewBook(HTTPEndpoint):
    async def get(self, request: Request) -> Response:
        if visitor(request) is None:
            return sign_in_first(request)
        return page(request, "new.html", sent={}, errors={})

    async def post(self, request: Request) -> Response:
        sent = await form(request)
        if visitor(request) is None:
            return sign_in_first(request)
        try:
            id = add_book(request, checked.whole(checked.BOOK, sent))
        except Wrong as wrong:
            return page(request, "new.html", 422, sent=sent, errors=wrong.errors)
        answer = go(f"/books/{id}")
        answer.set_cookie("added", str(id), httponly=True, samesite="lax")
        return answer


class SignUp(HTTPEndpoint):
    async def get(self, request: Request) -> Response:
        return page(request, "signup.html", sent={}, errors={})

    async def post(self, request: Request) -> Response:
        sent = await form(request)
        try:
            values = checked.whole(checked.ACCOUNT, sent)
            values["password"] = await run_in_threadpool(hashed, values["password"])
            id = store(request).add("users", values)
        except Wrong as wrong:
            return page(request, "signup.html", 422, sent=sent, errors=wrong.errors)
        except Taken:
            errors = {"username": "Somebody else has this name."}
            return page(request, "signup.html", 422, sent=sent, errors=errors)
        return signed_in(request, id, "/books")


class LogIn(HTTPEndpoint):
    async def get(self, request: Request) -> Response:
        sent = {"next": request.query_params.get("next", "")}
        return page(request, "login.html", sent=sent, errors={})

    async def post(self, request: Request) -> Response:
        sent = await form(request)
        user = store(request).user(sent.get("username", ""))
        stored = user["password"] if user else NOBODY
        right = await run_in_threadpool(same, sent.get("password", ""), stored)
        if not user or not right:
            errors = {"username": "Name or password is wrong."}
            return page(request, "login.html", 422, sent=sent, errors=errors)
        return signed_in(request, user["id"], sent.get("next", ""))


def signed_in(request: Request, user_id: int, address: str) -> Response:
    store(request).end_session(request.cookies.get(COOKIE, ""))
    own = re.fullmatch(r"/(?![/\\])[^\\\s]*", address)
    answer = go(address if own else "/books")
    answer.set_cookie(COOKIE, store(request).begin_session(user_id), httponly=True, samesite="lax")
    return answer


class LogOut(HTTPEndpoint):
    async def post(self, request: Request) -> Response:
        await form(request)
        store(request).end_session(request.cookies.get(COOKIE, ""))
        answer = go("/books")
        answer.delete_cookie(COOKIE)
        return answer


ROUTES = [
    Route("/", home),
    Route("/books", list_books),
    Route("/books/new", NewBook),
    Route("/books/{id}", BookPage),
    Route("/reviews/{id}/delete", delete_review, methods=["POST"]),
    Route("/signup", SignUp),
    Route("/login", LogIn),
    Route("/logout", LogOut),
]
