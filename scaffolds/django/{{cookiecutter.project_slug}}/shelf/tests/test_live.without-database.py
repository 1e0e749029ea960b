import asyncio
import json

from django.test import SimpleTestCase

from shelf.books import BOOKS
from shelf.listeners import MAX_LISTENERS, MAX_WAITING, listeners, publish


class LiveTests(SimpleTestCase):
    def tearDown(self):
        del BOOKS[12:]  # the sample books stay

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
        for number in range(MAX_WAITING + 1):
            publish(number)
        self.assertEqual(len(listeners), 0)
        self.assertGreaterEqual(len(list(stream)), MAX_WAITING)

    def test_there_are_only_so_many_places(self):
        for _ in range(MAX_LISTENERS):
            self.listen()
        response = self.client.get("/api/live")
        self.assertEqual(response.status_code, 503)
        self.assertGreater(int(response["Retry-After"]), 0)

    async def test_asgi_server_streams_without_a_thread(self):
        response = await self.async_client.get("/api/live")
        stream = aiter(response)
        self.assertTrue((await anext(stream)).startswith(b":"))
        await asyncio.to_thread(publish, {"title": "Emma"})
        self.assertIn(b'{"title": "Emma"}', await anext(stream))
        await stream.aclose()
