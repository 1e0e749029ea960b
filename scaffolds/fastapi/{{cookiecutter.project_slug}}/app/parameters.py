"""What an address may carry: FastAPI checks it and answers 422 before a route runs."""

from typing import Annotated

from fastapi import Path, Query

# A database counts its rows in 64 bits, and fails when asked for a larger number.
LARGEST = 2**63 - 1

Id = Annotated[int, Path(ge=1, le=LARGEST)]
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=LARGEST)]
Search = Annotated[
    str,
    # As long as the longest title; SQLite would stop reading at a NUL character.
    Query(max_length=200, pattern=r"^[^\x00]*$"),
]
