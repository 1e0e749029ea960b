"""Offers: what a book costs in every bookshop, asked while the visitor waits."""

import asyncio
#: if not cookiecutter.deploy :#
import os
#: endif :#
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Request
from httpx2 import AsyncClient, HTTPError, InvalidURL, Limits, create_ssl_context
from pydantic import BaseModel, Field, ValidationError

#: if cookiecutter.deploy :#
from ..config import settings
#: endif :#
#: if cookiecutter.database :#
from ..dependencies import NOT_FOUND, BookDep, SessionDep
#: else :#
from ..dependencies import NOT_FOUND, BookDep
#: endif :#

PATIENCE = 2  # seconds for each shop
# Reading the certificates takes a while: once is enough, also for many tests.
CERTIFICATES = create_ssl_context()


class Offer(BaseModel):
    shop: str
    price: float


class Failure(BaseModel):
    shop: str
    reason: str


class OffersPublic(BaseModel):
    offers: list[Offer]
    failed: list[Failure]


class Quote(BaseModel):
    """What a shop answers; anything else is a failure."""

    price: Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, AsyncClient]]:
    """Open one client when the app starts, and close it when the app stops."""
    # No limit to its connections: the two seconds would run while a call waits for one.
    async with AsyncClient(verify=CERTIFICATES, limits=Limits()) as client:
        yield {"client": client}


async def get_client(request: Request) -> AsyncClient:
    return request.state.client


async def get_bookshops() -> list[str]:
    #: if cookiecutter.deploy :#
    return settings.bookshops
    #: else :#
    """Return the addresses in the environment variable BOOKSHOPS, with commas between."""
    next_door = ",".join(f"http://127.0.0.1:{9000 + n}" for n in range(1, 6))
    shops = os.environ.get("BOOKSHOPS", next_door).split(",")
    return [shop.strip() for shop in shops if shop.strip()]
    #: endif :#


#: if cookiecutter.database :#
def get_isbn(book: BookDep, session: SessionDep) -> str | None:
    """Read the book, and give the connection back before anybody else is asked."""
    session.close()
    return book.isbn
#: else :#
async def get_isbn(book: BookDep) -> str | None:
    return book.isbn
#: endif :#


ClientDep = Annotated[AsyncClient, Depends(get_client)]
BookshopsDep = Annotated[list[str], Depends(get_bookshops)]
IsbnDep = Annotated[str | None, Depends(get_isbn)]

router = APIRouter(prefix="/api/books", tags=["offers"], lifespan=lifespan)


@router.get("/{book_id}/offers", responses=NOT_FOUND)
async def list_offers(
    isbn: IsbnDep, shops: BookshopsDep, client: ClientDep
) -> OffersPublic:
    """Ask every bookshop at the same time; list the cheapest offer first."""
    if isbn is None:
        return OffersPublic(offers=[], failed=[])
    answers = await asyncio.gather(*(ask(shop, isbn, client) for shop in shops))
    offers = [answer for answer in answers if isinstance(answer, Offer)]
    return OffersPublic(
        offers=sorted(offers, key=lambda offer: offer.price),
        failed=[answer for answer in answers if isinstance(answer, Failure)],
    )


async def ask(shop: str, isbn: str, client: AsyncClient) -> Offer | Failure:
    """Ask one shop for the price of a book; its trouble becomes a reason."""
    try:
        # Two seconds in all: the client's own limit begins anew with every byte it reads.
        async with asyncio.timeout(PATIENCE):
            url = f"{shop.rstrip('/')}/price"
            response = await client.get(url, params={"isbn": isbn})
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
