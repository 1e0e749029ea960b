import json

from django.test import SimpleTestCase

from shelf.live import WAITING, listeners, publish
from shelf.models import BOOKS, SAMPLES


class LiveTests(SimpleTestCase):
    def tearDown(self):
        del BOOKS[len(SAMPLES) :]

    def listen(self):
        """Open the stream, read the comment that says so, and return the rest."""
        response = self.client.get("/api/live")
        self.addCleanup(response.close)
        stream = iter(response)
        self.assertTrue(next(stream).startswith(b":"))
        return stream

    def test_every_listener_hears_of_a_new_book(self):
        streams = [self.listen(), self.listen()]
        body = {"title": "Emma", "author": "Jane Austen"}
        address = "/api/books"
        response = self.client.post(address, body, content_type="application/json")
        for stream in streams:
            event, data, *end = next(stream).decode().split("\n")
            self.assertEqual(event, "event: book")
            self.assertEqual(json.loads(data.removeprefix("data: ")), response.json())
            self.assertEqual(end, ["", ""])

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
