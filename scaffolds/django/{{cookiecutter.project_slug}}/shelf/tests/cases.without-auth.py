from django.test import TestCase

from shelf.models import Book


class BookTestCase(TestCase):
    """Start each test with one book."""

    def setUp(self):
        self.book = Book.objects.create(
            title="Kindred",
            author="Octavia E. Butler",
            isbn="9780807083697",
            year=1979,
        )
