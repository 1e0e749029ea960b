import re
from io import StringIO

from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import SimpleTestCase
from django.urls import URLResolver, get_resolver


def addresses(patterns, start=""):
    for pattern in patterns:
        address = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, address)
        else:
            yield re.sub("<int:pk>", "{id}", address)


class ApiDocsTests(SimpleTestCase):
    def test_every_address_of_the_api_is_described(self):
        described = self.client.get("/openapi.json").json()["paths"]
        for address in addresses(get_resolver().url_patterns):
            if address.startswith("api/"):
                with self.subTest(address=address):
                    self.assertIn(f"/{address}", described)

    def test_document_is_valid_and_raises_no_questions(self):
        checks = ("--validate", "--fail-on-warn")
        call_command("spectacular", *checks, stdout=StringIO())

    def test_list_takes_the_parameters_that_it_checks(self):
        books = self.client.get("/openapi.json").json()["paths"]["/api/books"]
        names = [parameter["name"] for parameter in books["get"]["parameters"]]
        self.assertEqual(names, ["limit", "offset", "q"])

    def test_page_loads_nothing_from_other_sites(self):
        page = self.client.get("/docs").content.decode()
        loaded = re.findall('(?:src|href)="(.*?)"', page)
        self.assertTrue(loaded)
        for address in loaded:
            with self.subTest(address=address):
                path = address.removeprefix("/static/")
                self.assertIsNotNone(finders.find(path))

    def test_page_is_only_read(self):
        for method in ["OPTIONS", "POST"]:
            with self.subTest(method=method):
                response = self.client.generic(method, "/docs")
                self.assertEqual(response.status_code, 405)
