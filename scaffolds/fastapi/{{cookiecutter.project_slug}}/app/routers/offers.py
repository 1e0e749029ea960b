"""Offers: what a book costs in every bookshop, asked while the visitor waits."""

import asyncio

from fastapi import APIRouter
from pydantic import BaseModel

from app.bookshops import BookshopsDep, ClientDep, Failure, Offer, ask, lifespan
from app.dependencies import BookDep

router = APIRouter(prefix="/api/books", tags=["offers"], lifespan=lifespan)


class OffersPublic(BaseModel):
    offers: list[Offer]
    failed: list[Failure]


@router.get("/{book_id}/offers")
async def list_offers(
    book: BookDep,
    shops: BookshopsDep,
    client: ClientDep,
) -> OffersPublic:
    """Ask every bookshop at the same time; list the cheapest offer first."""
    if book.isbn is None:
        return OffersPublic(offers=[], failed=[])
    answers = await asyncio.gather(*(ask(shop, book.isbn, client) for shop in shops))
    offers = [answer for answer in answers if isinstance(answer, Offer)]
    return OffersPublic(
        offers=sorted(offers, key=lambda offer: offer.price),
        failed=[answer for answer in answers if isinstance(answer, Failure)],
    )
