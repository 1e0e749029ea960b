#: if cookiecutter.auth :#
from django.contrib.auth.models import User
#: endif :#
from django.test import TestCase

from shelf.models import Book


class BookTestCase(TestCase):
    #: if cookiecutter.auth :#
    """Start each test with one book, and with a client that is signed in."""
    #: else :#
    """Start each test with one book."""
    #: endif :#

    @classmethod
    def setUpTestData(cls):
        cls.book = Book.objects.create(
            title="Kindred",
            author="Octavia E. Butler",
            isbn="9780807083697",
            year=1979,
        )
        #: if cookiecutter.auth :#
        cls.ada = User.objects.create_user("ada")

    def setUp(self):
        self.client.force_login(self.ada)
        #: endif :#
