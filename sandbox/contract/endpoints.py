"""Every address of Shelf: what it is for, what it takes, and what it answers."""

from dataclasses import dataclass

from sandbox.contract.shapes import BOOK, IMPORT, LISTED, OFFERS, REVIEW, SCORE, Shape

JSON = "application/json"
_WINDOW = ("limit", "offset")
_BOOK_BODY = ("title", "author", "isbn", "year")
_REVIEW_BODY = ("rating", "text")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method of one path; `answer` is the shape of a success, `of` that of a list's items."""

    request: str
    feature: str
    meaning: str
    status: int = 200
    answer: Shape | None = None
    of: Shape | None = None
    body: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    takes: str = JSON
    gives: str = JSON

    @property
    def is_api(self) -> bool:
        """Tell whether it belongs to the JSON API."""
        return " /api/" in self.request


ENDPOINTS = (
    Endpoint("GET /", "hello", "The start page; with `pages` it redirects to /books."),
    Endpoint("GET /health", "hello", 'Answers {"status": "ok"} as JSON.'),
    Endpoint(
        "GET /api/books",
        "routes",
        "Lists books, those with `q` in title or author where it is given. Without `database` in "
        "the order in which they were added, beginning with twelve sample books of your own choice "
        "(at least one with an ISBN and one without); with `database` newest first, by id.",
        answer=LISTED,
        of=BOOK,
        parameters=("q", *_WINDOW),
    ),
    Endpoint("GET /api/books/{id}", "routes", "Shows one book.", answer=BOOK),
    Endpoint(
        "POST /api/books",
        "validation",
        "Adds a book: title and author are required, isbn and year may be left out or null. "
        "Location holds the path of the new book.",
        201,
        BOOK,
        body=_BOOK_BODY,
    ),
    Endpoint(
        "PATCH /api/books/{id}",
        "database",
        "Changes the fields that are sent, by the rules of POST, and no others.",
        answer=BOOK,
        body=_BOOK_BODY,
    ),
    Endpoint("DELETE /api/books/{id}", "database", "Deletes a book and its reviews.", 204),
    Endpoint(
        "GET /api/books/{id}/reviews",
        "database",
        "Lists the reviews of a book, newest first, by id.",
        answer=LISTED,
        of=REVIEW,
        parameters=_WINDOW,
    ),
    Endpoint(
        "POST /api/books/{id}/reviews",
        "database",
        "Adds a review: rating and text are required. Several by one member are fine.",
        201,
        REVIEW,
        body=_REVIEW_BODY,
    ),
    Endpoint(
        "PATCH /api/reviews/{id}",
        "database",
        "Changes the fields of a review that are sent; with `auth` only its author may.",
        answer=REVIEW,
        body=_REVIEW_BODY,
    ),
    Endpoint(
        "DELETE /api/reviews/{id}",
        "database",
        "Deletes a review; with `auth` only its author.",
        204,
    ),
    Endpoint(
        "GET /books",
        "pages",
        "The list of books: each with a link to /books/{id}, a search form with the field `q`, "
        "links `?page=n` to further pages which keep `q`, and a link to /books/new. With `auth` a "
        "signed-in member sees the form that posts to /logout.",
    ),
    Endpoint(
        "GET /books/{id}",
        "pages",
        "A book with its reviews. With `auth` a member sees a form with `rating` and `text` for a "
        "review, and at each of their own a form whose action has the word `delete` and the "
        "review's id as a part of its path; every review names its author.",
    ),
    Endpoint(
        "GET /books/new",
        "pages",
        "The form for a new book with `title`, `author`, `isbn` and `year`; with `auth` for "
        "members only: others are redirected to /login?next=/books/new.",
    ),
    Endpoint("POST /books/new", "pages", "Adds the book and redirects.", 303),
    Endpoint("GET /signup", "auth", "A form with `username`, `password`; also POST."),
    Endpoint("GET /login", "auth", "A form with `username`, `password`; also POST."),
    Endpoint("POST /logout", "auth", "Ends the session and redirects.", 303),
    Endpoint(
        "GET /admin/",
        "admin",
        "The start of the staff's pages. It links to the list of books and the list of reviews "
        "(paths that begin with /admin/ and end in `book`, `books`, `review` or `reviews`), each "
        "with a search form, and each row with a link to its edit page (a path with the id and "
        "`edit` or `change`). Staff sign in at /login or at the admin's own form.",
    ),
    Endpoint("GET /openapi.json", "api_docs", "The OpenAPI 3 document of the API."),
    Endpoint(
        "GET /docs",
        "api_docs",
        "An interactive page made of that document: it or one of its scripts names /openapi.json, "
        "and the scripts and stylesheets are files of the app.",
    ),
    Endpoint(
        "GET /api/books/{id}/offers",
        "async",
        "Asks every bookshop in BOOKSHOPS at once for the book's price.",
        answer=OFFERS,
    ),
    Endpoint(
        "GET /api/live",
        "live",
        "A stream of server-sent events: `event: book` with a Book as its data after each "
        "creation, and a comment every 15 seconds at least.",
        gives="text/event-stream",
    ),
    Endpoint(
        "POST /api/imports",
        "jobs",
        "Takes a file of books with the header title,author,isbn,year and imports it in the "
        "background; Location holds /api/imports/{id}.",
        202,
        takes="text/csv",
    ),
    Endpoint(
        "GET /api/imports/{id}",
        "jobs",
        "Says how far an import has come; it may also have its `id`.",
        answer=IMPORT,
    ),
    Endpoint(
        "POST /api/reviews/score",
        "model",
        "Says how positive a text of 1 to 2000 characters sounds.",
        answer=SCORE,
        body=("text",),
    ),
)
