import json

from django.db import transaction
from django.test import TestCase

from shelf.live import WAITING, listeners, publish
from shelf.models import Book


class LiveTests(TestCase):
    def listen(self):
        """Open the stream, read the comment that says so, and return the rest."""
        response = self.client.get("/api/live")
        self.addCleanup(response.close)
        stream = iter(response)
        self.assertTrue(next(stream).startswith(b":"))
        return stream

    def add_book(self):
        return Book.objects.create(title="Emma", author="Jane Austen", year=1815)

    def test_every_listener_hears_of_a_new_book(self):
        streams = [self.listen(), self.listen()]
        with self.captureOnCommitCallbacks(execute=True):
            book = self.add_book()
        for stream in streams:
            event, data, *end = next(stream).decode().split("\n")
            self.assertEqual(event, "event: book")
            expected = self.client.get(f"/api/books/{book.pk}").json()
            self.assertEqual(json.loads(data.removeprefix("data: ")), expected)
            self.assertEqual(end, ["", ""])

    def test_book_is_announced_only_if_it_is_stored_for_good(self):
        with self.captureOnCommitCallbacks() as callbacks:
            with self.assertRaises(ZeroDivisionError), transaction.atomic():
                self.add_book()
                1 / 0  # noqa: B018
            Book.objects.update(year=None)
        self.assertEqual(callbacks, [])

    def test_listener_who_leaves_is_forgotten(self):
        response = self.client.get("/api/live")
        next(iter(response))
        self.assertEqual(len(listeners), 1)
        response.close()
        self.assertEqual(len(listeners), 0)

    def test_listener_who_is_too_slow_is_cut_off(self):
        stream = self.listen()
        for number in range(WAITING + 1):
            publish(number)
        self.assertEqual(len(listeners), 0)
        self.assertLessEqual(len(list(stream)), WAITING)

    def test_stream_is_only_read(self):
        self.assertEqual(self.client.post("/api/live").status_code, 405)
