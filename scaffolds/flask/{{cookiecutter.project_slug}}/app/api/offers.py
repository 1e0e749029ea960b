"""Offers: what a book costs in several bookshops, all asked at once."""

import asyncio
import math
import os
import ssl
from operator import itemgetter
from typing import Any

import httpx2
from flask import Blueprint, Flask, current_app

#: if cookiecutter.database :#
from ..db import db
#: endif :#
#: if cookiecutter.validation :#
from ..schemas import OfferList
#: endif :#
from .books import find_book
#: if cookiecutter.api_docs :#
from .docs import document
#: endif :#

bp = Blueprint("offers", __name__)
BOOKSHOPS = ",".join(f"http://127.0.0.1:{port}" for port in range(9001, 9006))
SECONDS = 2  # for all that one shop does
TLS = ssl.create_default_context()  # slow to make, so the clients share one


def init_app(app: Flask) -> None:
    """Take the shops from the environment, unless the app's settings name some."""
    app.config.setdefault("BOOKSHOPS", os.environ.get("BOOKSHOPS", BOOKSHOPS))


#: if not cookiecutter.database :#
@bp.get("/books/<int:book_id>/offers")
#: endif :#
#: if cookiecutter.database :#
@bp.get("/books/<id:book_id>/offers")
#: endif :#
#: if cookiecutter.api_docs :#
@document(OfferList)
#: endif :#
async def list_offers(book_id: int) -> dict[str, Any]:
    """Ask all bookshops for the price of a book; list the cheapest first."""
    isbn = find_book(book_id).isbn or ""
    #: if cookiecutter.database :#
    db.session.close()  # gives the connection back: the shops may take their time
    #: endif :#
    shops = current_app.config["BOOKSHOPS"].replace(",", " ").split() if isbn else []
    async with httpx2.AsyncClient(verify=TLS) as client:
        asked = (ask(client, shop.rstrip("/"), isbn) for shop in shops)
        answers = await asyncio.gather(*asked)
    offers = [answer for answer in answers if "price" in answer]
    failed = [answer for answer in answers if "reason" in answer]
    found = {"offers": sorted(offers, key=itemgetter("price")), "failed": failed}
    #: if cookiecutter.validation :#
    return OfferList.dump(found)
    #: endif :#
    #: if not cookiecutter.validation :#
    return found
    #: endif :#


async def ask(client: httpx2.AsyncClient, shop: str, isbn: str) -> dict[str, Any]:
    """Return the shop with its price, or with the reason why there is none."""
    try:
        async with asyncio.timeout(SECONDS):
            response = await client.get(f"{shop}/price", params={"isbn": isbn})
    except TimeoutError:
        return {"shop": shop, "reason": f"It took longer than {SECONDS} seconds."}
    except (httpx2.HTTPError, httpx2.InvalidURL):
        return {"shop": shop, "reason": "It cannot be reached."}
    if response.status_code != 200:
        return {"shop": shop, "reason": f"It responded with {response.status_code}."}
    price = read_price(response)
    if price is None:
        return {"shop": shop, "reason": "Its response has no price."}
    return {"shop": shop, "price": price}


def read_price(response: httpx2.Response) -> float | None:
    """Find the price in a response, which may be anything: it is not ours."""
    try:
        price = response.json()["price"]
        good = math.isfinite(price) and price >= 0 and not isinstance(price, bool)
    except (ValueError, LookupError, TypeError, OverflowError, RecursionError):
        return None
    return price if good else None
