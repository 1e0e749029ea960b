import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import AsyncClient, ConnectError, MockTransport, Request, Response

#: if cookiecutter.deploy :#
from app.config import Settings
#: endif :#
from app.routers import offers
from app.routers.offers import get_bookshops, get_client

Answer = Callable[[Request], Coroutine[None, None, Response]]


def open_shops(client: TestClient, names: list[str], answer: Answer) -> None:
    """Put shops that exist only in this test in the place of the real ones."""
    assert isinstance(client.app, FastAPI)
    pretend = AsyncClient(transport=MockTransport(answer))
    client.app.dependency_overrides[get_client] = lambda: pretend
    client.app.dependency_overrides[get_bookshops] = lambda: [
        f"http://{name}" for name in names
    ]


async def answer_in_many_ways(request: Request) -> Response:
    match request.url.host:
        case "far":
            raise ConnectError("no such host")
        case "slow":
            await asyncio.sleep(60)
        case "moved":
            elsewhere = {"Location": "http://cheap/price"}
            return Response(302, headers=elsewhere, json={"price": 1})
        case "dear":
            return Response(200, json={"price": 20})
    return Response(200, json={"price": 4.5})


def test_cheapest_offer_comes_first_and_trouble_is_named(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(offers, "PATIENCE", 0.01)
    names = ["dear", "slow", "far", "moved", "cheap"]
    open_shops(client, names, answer_in_many_ways)
    answered = client.get("/api/books/1/offers").json()
    assert answered["offers"] == [
        {"shop": "http://cheap", "price": 4.5},
        {"shop": "http://dear", "price": 20.0},
    ]
    reasons = {failure["shop"]: failure["reason"] for failure in answered["failed"]}
    assert reasons.keys() == {"http://slow", "http://far", "http://moved"}
    assert all(reasons.values())


@pytest.mark.parametrize("price", ['"4.5"', "true", "null", "-1", "NaN", "", "1}, {"])
def test_what_is_no_price_is_a_failure(client: TestClient, price: str):
    async def answer(request: Request) -> Response:
        return Response(200, text='{"price": ' + price + "}")

    open_shops(client, ["odd"], answer)
    answered = client.get("/api/books/1/offers").json()
    assert answered["offers"] == []
    [failure] = answered["failed"]
    assert failure["shop"] == "http://odd"
    assert failure["reason"]


def test_shops_are_asked_all_at_once(client: TestClient):
    everybody = asyncio.Barrier(5)

    async def answer(request: Request) -> Response:
        await everybody.wait()  # for ever, if one is asked after the other
        return Response(200, json={"price": 1})

    open_shops(client, ["a", "b", "c", "d", "e"], answer)
    assert len(client.get("/api/books/1/offers").json()["offers"]) == 5


def test_book_without_isbn_has_no_offers(client: TestClient):
    response = client.get("/api/books/9/offers")
    assert response.json() == {"offers": [], "failed": []}


def test_shops_come_from_the_environment(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("BOOKSHOPS", "no address, ,http://127.0.0.1:1")
    #: if cookiecutter.deploy :#
    monkeypatch.setattr(offers, "settings", Settings())
    #: endif :#
    failed = client.get("/api/books/1/offers").json()["failed"]
    shops = [failure["shop"] for failure in failed]
    assert shops == ["no address", "http://127.0.0.1:1"]


async def wait_badly() -> None:
    time.sleep(0.01)  # noqa: ASYNC251 (the mistake on show: the whole app stands still)


async def wait_well() -> None:
    await asyncio.sleep(0.01)  # only this function does


async def lets_others_work(wait: Callable[[], Awaitable[None]]) -> bool:
    """Tell whether another request is answered while a function waits."""
    answered = asyncio.Event()

    async def answer_another() -> None:
        answered.set()

    another = asyncio.create_task(answer_another())
    await wait()
    in_time = answered.is_set()
    await another
    return in_time


def test_only_await_lets_others_work():
    assert asyncio.run(lets_others_work(wait_well))
    assert not asyncio.run(lets_others_work(wait_badly))
