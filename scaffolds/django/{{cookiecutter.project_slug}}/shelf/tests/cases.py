from django.contrib.auth.models import User
from django.test import TestCase

from shelf.models import Book


class BookTestCase(TestCase):
    """Start each test with one book, and with a client who is signed in."""

    def setUp(self):
        self.book = Book.objects.create(
            title="Kindred",
            author="Octavia E. Butler",
            isbn="9780807083697",
            year=1979,
        )
        self.client.force_login(User.objects.create_user("ada"))
