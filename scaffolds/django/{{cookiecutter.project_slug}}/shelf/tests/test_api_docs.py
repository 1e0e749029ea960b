import re
from io import StringIO

from django.contrib.staticfiles import finders
from django.core.management import call_command
#: if cookiecutter.database and cookiecutter.async :#
from django.test import SimpleTestCase, TransactionTestCase
#: elif cookiecutter.database :#
from django.test import SimpleTestCase, TestCase
#: else :#
from django.test import SimpleTestCase
#: endif :#
from django.urls import URLResolver, get_resolver
#: if cookiecutter.database :#

from shelf.models import Book
#: endif :#


def urls(patterns, start=""):
    for pattern in patterns:
        url = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from urls(pattern.url_patterns, url)
        else:
            yield re.sub("<int:pk>", "{id}", url)


class ApiDocsTests(SimpleTestCase):
    def test_every_url_of_the_api_is_described(self):
        described = self.client.get("/openapi.json").json()["paths"]
        for url in urls(get_resolver().url_patterns):
            if url.startswith("api/"):
                with self.subTest(url=url):
                    self.assertIn(f"/{url}", described)

    def test_document_is_valid_and_raises_no_questions(self):
        checks = ["--validate", "--fail-on-warn"]
        call_command("spectacular", *checks, stdout=StringIO())

    def test_list_takes_the_parameters_that_it_checks(self):
        books = self.client.get("/openapi.json").json()["paths"]["/api/books"]
        names = [parameter["name"] for parameter in books["get"]["parameters"]]
        self.assertEqual(names, ["limit", "offset", "q"])

    def test_page_loads_nothing_from_other_sites(self):
        page = self.client.get("/docs").content.decode()
        loaded = re.findall('(?:src|href)="(.*?)"', page)
        self.assertTrue(loaded)
        for url in loaded:
            with self.subTest(url=url):
                path = url.removeprefix("/static/")
                self.assertIsNotNone(finders.find(path))

    def test_page_is_only_read(self):
        for method in ["OPTIONS", "POST"]:
            with self.subTest(method=method):
                response = self.client.generic(method, "/docs")
                self.assertEqual(response.status_code, 405)


#: if cookiecutter.database and cookiecutter.async :#
class ResponseTests(TransactionTestCase):
    """Asking for offers gives the connection back, and with it a TestCase's transaction."""

    fixtures = ["books"]

#: elif cookiecutter.database :#
class ResponseTests(TestCase):
    fixtures = ["books"]

#: else :#
class ResponseTests(SimpleTestCase):
#: endif :#
    def setUp(self):
        self.document = self.client.get("/openapi.json").json()
        #: if cookiecutter.database :#
        Book.objects.get(pk=9).reviews.create(rating=5, text="Again and again.")
        #: endif :#

    def test_responses_hold_what_the_document_says_and_nothing_else(self):
        urls = [
            "/health",
            "/api/books",
            "/api/books/9",
            #: if cookiecutter.database :#
            "/api/books/9/reviews",
            #: endif :#
            #: if cookiecutter.async :#
            "/api/books/9/offers",
            #: endif :#
        ]
        for url in urls:
            with self.subTest(url=url):
                described = self.document["paths"][url.replace("9", "{id}")]
                content = described["get"]["responses"]["200"]["content"]
                response = self.client.get(url)
                self.compare(response.json(), content["application/json"]["schema"])

    def compare(self, value, schema):
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            schema = self.document["components"]["schemas"][name]
        if value is None:
            self.assertTrue(schema["nullable"])
        elif schema["type"] == "object":
            self.assertEqual(set(value), set(schema["properties"]))
            for key, inner in schema["properties"].items():
                self.compare(value[key], inner)
        elif schema["type"] == "array":
            for each in value:
                self.compare(each, schema["items"])
