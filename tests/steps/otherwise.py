# ruff: noqa: E501 - lines of the solutions stand in texts
"""Right solutions done otherwise: other layouts, names, styles and libraries, and the same answers.

Each is a few files that take the place of the generated ones in a project with hello, routes and
validation. What they share is written once; what an idiom is about stands in its own text.
"""

from collections.abc import Mapping
from dataclasses import dataclass


class Code(str):
    """A text of code; what shall be replaced in it must be there."""

    __slots__ = ()

    def replace(self, old: str, new: str, /) -> "Code":  # type: ignore[override]
        assert old in self, old
        return Code(super().replace(old, new))


# Plain Python, as a beginner writes it: no schema, no model, errors by field.
SHELF = Code("""
import json
import re
from datetime import date
from pathlib import Path

SAMPLES = json.loads(Path(__file__).with_name("SAMPLES.json").read_text("utf-8"))
BOOKS = [{"id": number, **each} for number, each in enumerate(SAMPLES, 1)]


def find(number):
    return next((book for book in BOOKS if book["id"] == number), None)


def search(word):
    word = word.lower()
    return [each for each in BOOKS if word in each["title"].lower() or word in each["author"].lower()]


def page(args):
    errors, found = {}, {}
    for name, usual, low, high in (("limit", 20, 1, 100), ("offset", 0, 0, 2**63 - 1)):
        text = args.get(name, str(usual))
        if re.fullmatch(r"[0-9]{1,19}", text) and low <= int(text) <= high:
            found[name] = int(text)
        else:
            errors[name] = f"must be a number from {low} to {high}"
    return found, errors


def right(isbn):
    if not re.fullmatch("[0-9]{13}", isbn):
        return False
    return sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(isbn)) % 10 == 0


def clean(body):
    if not isinstance(body, dict):
        return {}, {"body": "must be an object"}
    errors, values = {}, {"isbn": None, "year": None}
    for name in ("title", "author"):
        text = body.get(name)
        text = text.strip() if isinstance(text, str) else ""
        if not 1 <= len(text) <= 200 or "\\0" in text:
            errors[name] = "must be a text of 1 to 200 characters"
        values[name] = text
    isbn, year = body.get("isbn"), body.get("year")
    if isinstance(isbn, str) and isbn.strip():
        values["isbn"] = isbn.strip()
        if not right(values["isbn"]):
            errors["isbn"] = "is no ISBN"
    elif isbn not in (None, "") and not isinstance(isbn, str):
        errors["isbn"] = "must be a text"
    if year is not None:
        values["year"] = year
        if not isinstance(year, int) or isinstance(year, bool):
            errors["year"] = "must be a whole number"
        elif not -3000 <= year <= date.today().year + 1:
            errors["year"] = "must not lie after next year"
    return values, errors


def taken(isbn):
    return isbn is not None and any(book["isbn"] == isbn for book in BOOKS)


def add(values):
    book = {"id": len(BOOKS) + 1, **values}
    BOOKS.append(book)
    return book
""")


@dataclass(frozen=True)
class Otherwise:
    """One solution: its files, those of the project that go, and the lessons that it must pass."""

    framework: str
    files: Mapping[str, str]
    lessons: tuple[str, ...] = ("hello", "routes", "validation")


FLASK_SHELF = SHELF.replace("SAMPLES.json", "samples.json")
FLASK_HOME = Code("""
@app.get("/")
def home():
    return "<h1>Shelf</h1>"


@app.get("/health")
def health():
    return {"status": "ok"}
""")
FLASK_VIEWS = Code("""
@app.get("/api/books")
def books():
    found, errors = page(request.args)
    if errors:
        return {"errors": errors}, 422
    hits = search(request.args.get("q", ""))
    first = found["offset"]
    return {"items": hits[first : first + found["limit"]], "total": len(hits)}


@app.get("/api/books/<int:number>")
def one(number):
    book = find(number)
    return book if book else ({"detail": "no such book"}, 404)


@app.post("/api/books")
def new():
    values, errors = clean(request.get_json())
    if errors:
        return {"errors": errors}, 422
    if taken(values["isbn"]):
        return {"detail": "there is one with this ISBN"}, 409
    book = add(values)
    return book, 201, {"Location": f"/api/books/{book['id']}"}
""")
FLASK_ERRORS = """
@app.errorhandler(HTTPException)
def oops(error):
    if request.path.startswith("/api/"):
        response = error.get_response()
        response.data = json.dumps({"detail": error.description})
        response.content_type = "application/json"
        return response
    return error
"""
FLASK_IMPORTS = "from flask import Flask, request\nfrom werkzeug.exceptions import HTTPException\n"
BY_DECORATOR = Code(FLASK_HOME + FLASK_VIEWS + FLASK_ERRORS)


def indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else line for line in text.split("\n"))


def flask(text: str, **files: str) -> Otherwise:
    more = {f"app/{name}.py": each for name, each in files.items()}
    return Otherwise("flask", {"app/__init__.py": text, **more})


def one_module(views: str) -> Otherwise:
    return flask(
        f"{FLASK_IMPORTS}from .shelf import *\n\napp = Flask(__name__)\n{views}", shelf=FLASK_SHELF
    )


METHOD_VIEWS = """
class Books(MethodView):
    def get(self):
        return books()

    def post(self):
        return new()


class Book(MethodView):
    def get(self, number):
        return one(number)


app.add_url_rule("/api/books", view_func=Books.as_view("books"))
app.add_url_rule("/api/books/<int:number>", view_func=Book.as_view("book"))
"""
PLAIN_FLASK_VIEWS = "\n".join(
    line for line in FLASK_VIEWS.split("\n") if not line.startswith("@app")
)
FLASK = {
    "flask: one file with a module's app": flask(
        f"{FLASK_IMPORTS}{FLASK_SHELF}\napp = Flask(__name__)\n{BY_DECORATOR}"
    ),
    "flask: views inside the factory": flask(
        f"{FLASK_IMPORTS}from .shelf import *\n\n\ndef create_app():\n    app = Flask(__name__)\n"
        f"{indented(BY_DECORATOR)}\n    return app\n",
        shelf=FLASK_SHELF,
    ),
    "flask: make_app as the factory's short form": flask(
        f"{FLASK_IMPORTS}from .shelf import *\n\n\ndef make_app():\n    app = Flask(__name__)\n"
        f"{indented(BY_DECORATOR)}\n    return app\n",
        shelf=FLASK_SHELF,
    ),
    "flask: class-based views": one_module(
        "from flask.views import MethodView\n"
        + FLASK_HOME
        + PLAIN_FLASK_VIEWS
        + METHOD_VIEWS
        + FLASK_ERRORS
    ),
    "flask: rules without decorators": one_module(
        FLASK_HOME
        + PLAIN_FLASK_VIEWS
        + '\napp.add_url_rule("/api/books", view_func=books)\n'
        + 'app.add_url_rule("/api/books", view_func=new, methods=["POST"])\n'
        + 'app.add_url_rule("/api/books/<int:number>", view_func=one)\n'
        + FLASK_ERRORS
    ),
    "flask: one blueprint with a prefix": one_module(
        'from flask import Blueprint\n\napi = Blueprint("library", __name__, url_prefix="/api")\n'
        + FLASK_HOME
        + FLASK_VIEWS.replace("@app.", "@api.").replace('("/api/', '("/')
        + "\napp.register_blueprint(api)\n"
        + FLASK_ERRORS
    ),
    "flask: jsonify and make_response": one_module(
        "from flask import jsonify, make_response\n"
        + FLASK_HOME.replace('{"status": "ok"}', 'jsonify(status="ok")')
        + FLASK_VIEWS.replace(
            'return {"items": hits[first : first + found["limit"]], "total": len(hits)}',
            'return jsonify(items=hits[first : first + found["limit"]], total=len(hits))',
        ).replace(
            'return book, 201, {"Location": f"/api/books/{book[\'id\']}"}',
            "answer = make_response(jsonify(book), 201)\n"
            '    answer.headers["Location"] = f"/api/books/{book[\'id\']}"\n    return answer',
        )
        + FLASK_ERRORS
    ),
    "flask: ids read by hand": one_module(
        FLASK_HOME
        + FLASK_VIEWS.replace("<int:number>", "<number>").replace(
            "book = find(number)\n",
            "book = find(int(number)) if number.isdecimal() and len(number) < 19 else None\n",
        )
        + FLASK_ERRORS
    ),
    "flask: abort with a sentence": one_module(
        "from flask import abort\n"
        + FLASK_HOME
        + FLASK_VIEWS.replace(
            'return book if book else ({"detail": "no such book"}, 404)',
            'return book or abort(404, "There is no such book.")',
        )
        + FLASK_ERRORS
    ),
    "flask: dataclasses": one_module(
        "from dataclasses import dataclass\n\n\n@dataclass\nclass Book:\n    id: int\n    title: str\n"
        "    author: str\n    isbn: str | None = None\n    year: int | None = None\n"
        + FLASK_HOME
        + FLASK_VIEWS.replace(
            'hits = search(request.args.get("q", ""))',
            'hits = [Book(**each) for each in search(request.args.get("q", ""))]',
        )
        + FLASK_ERRORS
    ),
    "flask: route with methods": one_module(
        FLASK_HOME.replace('@app.get("/")', '@app.route("/")')
        + FLASK_VIEWS.replace(
            '@app.get("/api/books")', '@app.route("/api/books", methods=["GET"])'
        ).replace('@app.post("/api/books")', '@app.route("/api/books", methods=["POST"])')
        + FLASK_ERRORS
    ),
    "flask: 400 instead of 422": one_module(BY_DECORATOR.replace("422", "400")),
    "flask: async views' plain cousin, a template string": one_module(
        "from flask import render_template_string\n"
        + BY_DECORATOR.replace(
            'return "<h1>Shelf</h1>"',
            'return render_template_string("<h1>{{ name }}</h1>", name="Shelf")',
        )
    ),
}

FAST_SHELF = SHELF.replace("SAMPLES.json", "sample_books.json")
FAST_HEAD = Code("""
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, field_validator

from .shelf import BOOKS, add, find, right, search, taken
""")
FAST_HOME = Code("""
@app.get("/")
async def home():
    return {"hello": "Shelf"}


@app.get("/health")
async def health():
    return {"status": "ok"}
""")
FAST_MODEL = """
from datetime import date


class NewBook(BaseModel):
    title: str = Field(min_length=1, max_length=200)
    author: str = Field(min_length=1, max_length=200)
    isbn: str | None = None
    year: int | None = Field(default=None, ge=-3000, strict=True)

    @field_validator("title", "author", "isbn", mode="before")
    @classmethod
    def strip(cls, value):
        return value.strip() if isinstance(value, str) else value

    @field_validator("title", "author")
    @classmethod
    def no_nul(cls, value):
        if "\\0" in value:
            raise ValueError("no NUL")
        return value

    @field_validator("isbn")
    @classmethod
    def is_right(cls, value):
        if value and not right(value):
            raise ValueError("no ISBN")
        return value or None

    @field_validator("year")
    @classmethod
    def not_late(cls, value):
        if value is not None and value > date.today().year + 1:
            raise ValueError("too late")
        return value
"""
FAST_VIEWS = Code("""
@app.get("/api/books")
async def books(
    q: str = "", limit: int = Query(20, ge=1, le=100), offset: int = Query(0, ge=0, le=2**63 - 1)
):
    hits = search(q)
    return {"items": hits[offset : offset + limit], "total": len(hits)}


@app.get("/api/books/{number}")
async def one(number: int):
    book = find(number)
    if not book:
        raise HTTPException(404, "no such book")
    return book


@app.post("/api/books", status_code=201)
async def new(sent: NewBook, response: Response):
    if taken(sent.isbn):
        raise HTTPException(409, "there is one with this ISBN")
    book = add(sent.model_dump())
    response.headers["Location"] = f"/api/books/{book['id']}"
    return book
""")
# A refusal must not repeat what cannot be written as JSON.
FAST_ERRORS = Code("""
from fastapi.exceptions import RequestValidationError


@app.exception_handler(RequestValidationError)
async def refuse(request, error):
    return JSONResponse({"detail": [{"loc": e["loc"], "msg": e["msg"]} for e in error.errors()]}, 422)
""")


def fastapi(text: str, shelf: str = FAST_SHELF, **files: str) -> Otherwise:
    more = {f"app/{name}.py": each for name, each in files.items()}
    return Otherwise("fastapi", {"app/main.py": text, "app/shelf.py": shelf, **more})


def fast(views: str = FAST_VIEWS, model: str = FAST_MODEL, home: str = FAST_HOME) -> Otherwise:
    return fastapi(f"{FAST_HEAD}{model}\napp = FastAPI(title='Shelf')\n{home}{views}{FAST_ERRORS}")


FASTAPI = {
    "fastapi: one file": fastapi(
        FAST_HEAD.replace("from .shelf import BOOKS, add, find, right, search, taken\n", FAST_SHELF)
        + f"{FAST_MODEL}\napp = FastAPI(title='Shelf')\n{FAST_HOME}{FAST_VIEWS}{FAST_ERRORS}"
    ),
    "fastapi: a short main over one module": fast(),
    "fastapi: def instead of async def": fast(
        FAST_VIEWS.replace("async def", "def"), home=FAST_HOME.replace("async def", "def")
    ),
    "fastapi: a router with its prefix at include": fast(
        "api = APIRouter()\n"
        + FAST_VIEWS.replace("@app.", "@api.").replace('("/api/', '("/')
        + "\napp.include_router(api, prefix='/api')\n"
    ),
    "fastapi: Annotated parameters": fast(
        FAST_VIEWS.replace(
            "limit: int = Query(20, ge=1, le=100)",
            "limit: Annotated[int, Query(ge=1, le=100)] = 20",
        )
    ),
    "fastapi: a class of parameters": fast(
        "class Page:\n    def __init__(self, limit: int = Query(20, ge=1, le=100), "
        "offset: int = Query(0, ge=0, le=2**63 - 1)):\n"
        "        self.limit, self.offset = limit, offset\n\n"
        + FAST_VIEWS.replace(
            'q: str = "", limit: int = Query(20, ge=1, le=100), offset: int = Query(0, ge=0, le=2**63 - 1)',
            'q: str = "", page: Page = Depends()',
        ).replace("hits[offset : offset + limit]", "hits[page.offset : page.offset + page.limit]")
    ),
    "fastapi: a model of parameters": fast(
        "class Page(BaseModel):\n    q: str = ''\n    limit: int = Field(20, ge=1, le=100)\n"
        "    offset: int = Field(0, ge=0, le=2**63 - 1)\n\n"
        + FAST_VIEWS.replace(
            'q: str = "", limit: int = Query(20, ge=1, le=100), offset: int = Query(0, ge=0, le=2**63 - 1)',
            "page: Annotated[Page, Query()]",
        )
        .replace("search(q)", "search(page.q)")
        .replace("hits[offset : offset + limit]", "hits[page.offset : page.offset + page.limit]")
    ),
    "fastapi: response models": fast(
        "class Book(BaseModel):\n    id: int\n    title: str\n    author: str\n    isbn: str | None\n"
        "    year: int | None\n\n"
        + FAST_VIEWS.replace(
            '"/api/books/{number}")', '"/api/books/{number}", response_model=Book)'
        )
    ),
    "fastapi: a dataclass is answered": fast(
        "from dataclasses import dataclass\n\n\n@dataclass\nclass Book:\n    id: int\n    title: str\n"
        "    author: str\n    isbn: str | None\n    year: int | None\n\n"
        + FAST_VIEWS.replace(
            "    return book\n\n\n@app.post", "    return Book(**book)\n\n\n@app.post"
        )
    ),
    "fastapi: a dependency finds the book": fast(
        "async def the_book(number: int):\n    if not (book := find(number)):\n"
        "        raise HTTPException(404, 'no such book')\n    return book\n\n"
        + FAST_VIEWS.replace(
            "async def one(number: int):\n    book = find(number)\n    if not book:\n"
            '        raise HTTPException(404, "no such book")\n    return book',
            "async def one(book: Annotated[dict, Depends(the_book)]):\n    return book",
        )
    ),
    "fastapi: JSONResponse by hand": fast(
        FAST_VIEWS.replace(
            'raise HTTPException(404, "no such book")',
            'return JSONResponse({"detail": "no such book"}, 404)',
        )
    ),
    "fastapi: made by a function": fastapi(
        f"{FAST_HEAD}{FAST_MODEL}\n\ndef make():\n    app = FastAPI(title='Shelf')\n"
        f"{indented(FAST_HOME + FAST_VIEWS + FAST_ERRORS)}\n    return app\n\n\napp = make()\n"
    ),
    "fastapi: a page for the home": fast(
        home="from fastapi.responses import HTMLResponse\n"
        + FAST_HOME.replace('@app.get("/")', '@app.get("/", response_class=HTMLResponse)').replace(
            'return {"hello": "Shelf"}', 'return "<h1>Shelf</h1>"'
        )
    ),
}

DJANGO_SHELF = SHELF.replace(
    'SAMPLES = json.loads(Path(__file__).with_name("SAMPLES.json").read_text("utf-8"))\n'
    'BOOKS = [{"id": number, **each} for number, each in enumerate(SAMPLES, 1)]\n',
    "from shelf.books import BOOKS as KNOWN\n\nBOOKS = [dict(vars(each)) for each in KNOWN]\n",
)
DJANGO_HOME = """
def home(request):
    return HttpResponse("<h1>Shelf</h1>")


def health(request):
    return JsonResponse({"status": "ok"})
"""
DJANGO_IMPORTS = Code("""
import json

from django.http import HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import include, path, re_path
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from shelf.library import add, clean, find, page, search, taken
""")
DJANGO_VIEWS = """
def listed(request):
    found, errors = page(request.GET)
    if errors:
        return JsonResponse(errors, status=400)
    hits = search(request.GET.get("q", ""))
    first = found["offset"]
    return JsonResponse({"items": hits[first : first + found["limit"]], "total": len(hits)})


def added(request):
    if request.content_type != "application/json":
        return JsonResponse({"detail": "send JSON"}, status=415)
    try:
        values, errors = clean(json.loads(request.body, parse_constant=lambda name: 1 / 0))
    except (ValueError, RecursionError, ZeroDivisionError):
        return JsonResponse({"detail": "no JSON"}, status=400)
    if errors:
        return JsonResponse(errors, status=400)
    if taken(values["isbn"]):
        return JsonResponse({"isbn": ["is taken"]}, status=400)
    book = add(values)
    return JsonResponse(book, status=201, headers={"Location": f"/api/books/{book['id']}"})


def shown(request, number):
    book = find(number)
    return JsonResponse(book) if book else JsonResponse({"detail": "no such book"}, status=404)
"""
BY_FUNCTION = Code("""
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def books(request):
    return added(request) if request.method == "POST" else listed(request)


@csrf_exempt
@require_http_methods(["GET", "HEAD"])
def book(request, number):
    return shown(request, number)
""")
BY_CLASS = Code("""
@method_decorator(csrf_exempt, name="dispatch")
class Books(View):
    def get(self, request):
        return listed(request)

    def post(self, request):
        return added(request)


@method_decorator(csrf_exempt, name="dispatch")
class Book(View):
    def get(self, request, number):
        return shown(request, number)
""")
URLS = Code("""
urlpatterns = [
    path("", home),
    path("health", health),
    path("api/books", books),
    path("api/books/<int:number>", book),
]
""")
CLASS_URLS = URLS.replace(" books)", " Books.as_view())").replace(" book)", " Book.as_view())")


def django(views: str, urls: str = URLS, *, head: str = DJANGO_IMPORTS) -> Otherwise:
    text = f"{head}{DJANGO_HOME}{DJANGO_VIEWS}{views}{urls}"
    return Otherwise("django", {"config/urls.py": text, "shelf/library.py": DJANGO_SHELF})


REST = """
from rest_framework import serializers, viewsets
from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.views import APIView
"""
DJANGO = {
    "django: functions without DRF, all in the URLconf": django(BY_FUNCTION),
    "django: class-based views without DRF": django(BY_CLASS, CLASS_URLS),
    "django: class-based views, exempt where they are routed": django(
        BY_CLASS.replace('@method_decorator(csrf_exempt, name="dispatch")\n', ""),
        CLASS_URLS.replace("Books.as_view()", "csrf_exempt(Books.as_view())").replace(
            " Book.as_view()", " csrf_exempt(Book.as_view())"
        ),
    ),
    "django: regular expressions as routes": django(
        BY_FUNCTION,
        URLS.replace(
            'path("api/books/<int:number>", book)',
            're_path(r"^api/books/(?P<number>[0-9]{1,18})$", lambda r, number: book(r, int(number)))',
        ),
    ),
    "django: views of another module": Otherwise(
        "django",
        {
            "shelf/library.py": DJANGO_SHELF,
            "shelf/pages.py": DJANGO_IMPORTS + DJANGO_HOME + DJANGO_VIEWS + BY_FUNCTION,
            "config/urls.py": "from django.urls import path\nfrom shelf.pages import *\n" + URLS,
        },
    ),
    "django: included URLs": django(
        BY_FUNCTION,
        '\napi = [path("books", books), path("books/<int:number>", book)]\n'
        'urlpatterns = [path("", home), path("health", health), path("api/", include(api))]\n',
    ),
    "django: names on every route": django(
        BY_FUNCTION,
        URLS.replace(" books)", ' books, name="list")').replace(" book)", ' book, name="one")'),
    ),
    "django: methods told apart by hand": django(
        BY_FUNCTION.replace('@require_http_methods(["GET", "HEAD", "POST"])\n', "").replace(
            'return added(request) if request.method == "POST" else listed(request)',
            'if request.method in ("GET", "HEAD"):\n        return listed(request)\n'
            '    if request.method == "POST":\n        return added(request)\n'
            '    return HttpResponseNotAllowed(["GET", "POST"])',
        )
    ),
    "django: json.dumps into a plain response": django(
        BY_FUNCTION,
        head=DJANGO_IMPORTS
        + "\n\ndef JsonResponse(found, status=200, headers=None):\n"
        + '    return HttpResponse(json.dumps(found), content_type="application/json", status=status, '
        + "headers=headers)\n",
    ),
    "django: DRF's api_view over plain functions": django(
        '\n\n@api_view(["GET", "POST"])\ndef books(request):\n'
        '    return added(request._request) if request.method == "POST" else listed(request)\n\n\n'
        '@api_view(["GET"])\ndef book(request, number):\n    return shown(request, number)\n',
        head=DJANGO_IMPORTS + REST,
    ),
    "django: DRF's APIView": django(
        "\n\nclass Books(APIView):\n    def get(self, request):\n        return listed(request)\n\n"
        "    def post(self, request):\n        return added(request._request)\n\n\n"
        "class Book(APIView):\n    def get(self, request, number):\n        found = find(number)\n"
        '        return Response(found or {"detail": "no such book"}, status=200 if found else 404)\n',
        CLASS_URLS,
        head=DJANGO_IMPORTS + REST,
    ),
    "django: a DRF viewset": django(
        "\n\nclass Library(viewsets.ViewSet):\n    def list(self, request):\n"
        "        return listed(request)\n\n    def create(self, request):\n"
        "        return added(request._request)\n\n    def retrieve(self, request, number):\n"
        "        return shown(request, number)\n",
        URLS.replace(" books)", ' Library.as_view({"get": "list", "post": "create"}))').replace(
            " book)", ' Library.as_view({"get": "retrieve"}))'
        ),
        head=DJANGO_IMPORTS + REST,
    ),
    "django: handlers by method in a table": django(
        "\n\n@csrf_exempt\ndef books(request):\n"
        '    known = {"GET": listed, "HEAD": listed, "POST": added}\n'
        "    if request.method not in known:\n        return HttpResponseNotAllowed(list(known))\n"
        "    return known[request.method](request)\n\n\nbook = require_GET(shown)\n",
    ),
}
EVERY = {**FLASK, **FASTAPI, **DJANGO}
