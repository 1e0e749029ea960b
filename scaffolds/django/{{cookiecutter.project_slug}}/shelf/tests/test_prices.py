import asyncio
import time
from unittest import mock

import httpx2
from django.test import SimpleTestCase

from shelf.prices import find_offers


class OfferTests(SimpleTestCase):
    async def find(self, answer, shops=("http://a", "http://b", "http://c")):
        """Find offers with `answer` standing in for every bookshop."""
        transport = httpx2.MockTransport(answer)
        with self.settings(BOOKSHOPS=shops):
            async with httpx2.AsyncClient(transport=transport) as client:
                return await find_offers(client, "9780807083697")

    async def test_cheapest_offer_comes_first(self):
        prices = {"a": 9.5, "b": 7, "c": 8.25}

        def answer(request):
            return httpx2.Response(200, json={"price": prices[request.url.host]})

        found = await self.find(answer)
        self.assertEqual([offer["price"] for offer in found["offers"]], [7, 8.25, 9.5])
        self.assertEqual(found["offers"][0]["shop"], "http://b")

    async def test_every_shop_is_asked_before_the_first_answers(self):
        everybody = asyncio.Barrier(3)  # opens when three stand before it

        async def answer(request):
            await everybody.wait()
            return httpx2.Response(200, json={"price": 5})

        found = await self.find(answer)
        self.assertEqual(len(found["offers"]), 3)

    async def test_shop_that_fails_gives_a_reason_and_no_price(self):
        failures = {
            "closed": httpx2.Response(503, json={"price": 5}),
            "moved": httpx2.Response(302, headers={"Location": "http://a/price"}),
            "page": httpx2.Response(200, text="<h1>Welcome!</h1>"),
            "list": httpx2.Response(200, json=[5]),
            "deep": httpx2.Response(200, text="[" * 100_000),
            "word": httpx2.Response(200, json={"price": "5"}),
            "truth": httpx2.Response(200, json={"price": True}),
            "nan": httpx2.Response(200, text='{"price": NaN}'),
            "debt": httpx2.Response(200, json={"price": -5}),
        }
        shops = [f"http://{name}" for name in failures]
        found = await self.find(lambda request: failures[request.url.host], shops)
        self.assertEqual(found["offers"], [])
        self.assertEqual([failure["shop"] for failure in found["failed"]], shops)

    async def test_slow_or_unreachable_shop_does_not_hold_up_the_others(self):
        async def answer(request):
            if request.url.host == "a":
                await asyncio.sleep(60)
            if request.url.host == "b":
                raise httpx2.ConnectError("Nobody answers.")
            return httpx2.Response(200, json={"price": 5})

        with mock.patch("shelf.prices.TIME_LIMIT", 0.05):
            found = await self.find(answer)
        self.assertEqual(found["offers"], [{"shop": "http://c", "price": 5}])
        self.assertEqual(len(found["failed"]), 2)


class WaitingTests(SimpleTestCase):
    """Two calls at once, as `find_offers` makes them, with two ways to wait."""

    async def order(self, wait):
        events = []

        async def call(shop):
            events.append(f"{shop} asked")
            await wait()
            events.append(f"{shop} answered")

        await asyncio.gather(call("A"), call("B"))
        return events

    async def test_blocking_call_holds_up_everybody(self):
        async def wait():
            time.sleep(0.01)  # the mistake that this test shows

        order = ["A asked", "A answered", "B asked", "B answered"]
        self.assertEqual(await self.order(wait), order)

    async def test_awaiting_lets_the_others_go_on(self):
        async def wait():
            await asyncio.sleep(0.01)

        order = ["A asked", "B asked", "A answered", "B answered"]
        self.assertEqual(await self.order(wait), order)
