"""Asking bookshops for prices: slow, somebody else's, and never to be trusted."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, TypedDict

from fastapi import Depends, FastAPI, Request
from httpx2 import AsyncClient, HTTPError, InvalidURL, Limits, create_ssl_context
from pydantic import BaseModel, Field, ValidationError

PATIENCE = 2  # seconds for each shop
NEXT_DOOR = ",".join(f"http://127.0.0.1:{port}" for port in range(9001, 9006))


class Offer(BaseModel):
    shop: str
    price: float


class Failure(BaseModel):
    shop: str
    reason: str


class Quote(BaseModel):
    """What a shop answers; anything else is a failure."""

    price: Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]


async def ask(shop: str, isbn: str, client: AsyncClient) -> Offer | Failure:
    """Ask one shop for the price of a book; its trouble becomes a reason."""
    try:
        # Two seconds in all: the client's own limit begins anew with every byte it reads.
        async with asyncio.timeout(PATIENCE):
            address = f"{shop.rstrip('/')}/price"
            response = await client.get(address, params={"isbn": isbn})
        if response.status_code != 200:
            return Failure(shop=shop, reason=f"It answered {response.status_code}.")
        quote = Quote.model_validate_json(response.content)
    except TimeoutError:
        return Failure(shop=shop, reason=f"It took longer than {PATIENCE} seconds.")
    except (HTTPError, InvalidURL):
        return Failure(shop=shop, reason="It could not be reached.")
    except ValidationError:
        return Failure(shop=shop, reason="It did not name a price.")
    return Offer(shop=shop, price=quote.price)


async def get_bookshops() -> list[str]:
    """Return the addresses in the environment variable BOOKSHOPS, with commas between."""
    shops = os.environ.get("BOOKSHOPS", NEXT_DOOR).split(",")
    return [shop.strip() for shop in shops if shop.strip()]


BookshopsDep = Annotated[list[str], Depends(get_bookshops)]


# Reading the certificates takes a while: once is enough, also for the apps of all tests.
CERTIFICATES = create_ssl_context()


class State(TypedDict):
    client: AsyncClient


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[State]:
    """Open one client when the app starts, and close it when the app stops."""
    # No limit to its connections: the two seconds would run while a call waits for one.
    async with AsyncClient(verify=CERTIFICATES, limits=Limits()) as client:
        yield {"client": client}


async def get_client(request: Request) -> AsyncClient:
    return request.state.client


ClientDep = Annotated[AsyncClient, Depends(get_client)]
