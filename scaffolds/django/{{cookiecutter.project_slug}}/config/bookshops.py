"""Where the bookshops are: BOOKSHOPS in the environment, with commas in between."""

import os

# The pretend bookshops of bookshop.py.
DEFAULT = ",".join(f"http://127.0.0.1:{port}" for port in range(9001, 9006))

BOOKSHOPS = [
    shop.strip().rstrip("/")
    for shop in os.environ.get("BOOKSHOPS", DEFAULT).split(",")
    if shop.strip()
]
