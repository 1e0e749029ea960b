"""What an address may carry: FastAPI checks it and answers 422 before a route runs."""

from typing import Annotated

from fastapi import Path, Query

# A database counts its rows in 64 bits and fails on a larger number.
LARGEST = 2**63 - 1

Id = Annotated[int, Path(ge=1, le=LARGEST)]
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=LARGEST)]
Search = Annotated[
    str,
    Query(max_length=200, description="A part of the title or the author, in any case"),
]
