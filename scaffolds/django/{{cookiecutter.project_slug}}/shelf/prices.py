"""Ask every bookshop what a book costs, all of them at the same time."""

import asyncio
import math

import httpx2
from django.conf import settings

TIME_LIMIT = 2  # seconds for each shop, from connecting to the last byte
CERTIFICATES = httpx2.create_ssl_context()  # reading them takes longer than a request


class NoPriceError(Exception):
    """Say in one sentence what was wrong with a shop's answer."""


def open_client():
    return httpx2.AsyncClient(verify=CERTIFICATES)


async def find_offers(client, isbn):
    """Return the prices, cheapest first, and the shops that failed with their reasons."""
    shops = settings.BOOKSHOPS if isbn else []
    answers = await asyncio.gather(*(ask(client, shop, isbn) for shop in shops))
    offers = [answer for answer in answers if "price" in answer]
    return {
        "offers": sorted(offers, key=lambda offer: offer["price"]),
        "failed": [answer for answer in answers if "reason" in answer],
    }


async def ask(client, shop, isbn):
    """Return an offer or a reason, so that one bad shop does not spoil the others."""
    try:
        async with asyncio.timeout(TIME_LIMIT):
            url = f"{shop.rstrip('/')}/price"
            response = await client.get(url, params={"isbn": isbn})
        return {"shop": shop, "price": read_price(response)}
    except TimeoutError:
        reason = f"It took longer than {TIME_LIMIT} seconds."
    except (httpx2.HTTPError, httpx2.InvalidURL):
        reason = "It could not be reached."
    except NoPriceError as error:
        reason = str(error)
    return {"shop": shop, "reason": reason}


def read_price(response):
    if response.status_code != 200:
        raise NoPriceError(f"It answered with status {response.status_code}.")
    try:
        price = response.json()["price"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise NoPriceError("Its answer holds no price.") from None
    # Python counts True as a number; NaN is neither above nor below anything.
    if type(price) not in (int, float) or not 0 <= price < math.inf:
        raise NoPriceError("Its price is no number.")
    return price
