"""Imports: take a file of books, answer at once, and tell later how it went."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Literal

from fastapi import (
    APIRouter,
    BackgroundTasks,
    Depends,
    FastAPI,
    HTTPException,
    Request,
    Response,
)
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel
from sqlalchemy import Engine

from app.dependencies import SessionDep, get_engine
from app.imports import COLUMNS, is_header, run_import, stop_imports
from app.models import Import
from app.parameters import Id

#:- if cookiecutter.auth +:#
from app.permissions import MembersWrite

#:- endif +:#

EXAMPLE = "title,author,isbn,year\nEmma,Jane Austen,9780141439587,1815\n"
CSV = {"schema": {"type": "string"}, "example": EXAMPLE}
BODY = {
    "required": True,
    "content": {"text/csv": CSV},
}


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """When the server stops, leave no import behind that seems to run for ever."""
    yield
    await run_in_threadpool(stop_imports)


router = APIRouter(
    prefix="/api/imports",
    tags=["imports"],
    lifespan=lifespan,
    #: if cookiecutter.auth :#
    dependencies=[MembersWrite],
    #: endif :#
)


class Problem(BaseModel):
    line: int
    msg: str


class ImportPublic(BaseModel):
    id: int
    status: Literal["queued", "running", "done"]
    created: int
    skipped: int
    errors: list[Problem]


async def read_csv(request: Request) -> str:
    """Return the body as text; FastAPI itself reads JSON and forms, but no CSV."""
    content_type = request.headers.get("Content-Type", "").partition(";")[0]
    if content_type.strip().lower() != "text/csv":
        raise HTTPException(status_code=415, detail="Send the books as text/csv.")
    body = await request.body()
    try:
        text = body.decode("utf-8-sig")  # spreadsheets begin with a mark
    except UnicodeDecodeError:
        raise HTTPException(status_code=422, detail="This is not UTF-8.") from None
    if not is_header(text.partition("\n")[0]):
        detail = f"The first line should be {','.join(COLUMNS)}."
        raise HTTPException(status_code=422, detail=detail)
    return text


@router.post(
    "",
    status_code=202,
    response_model=ImportPublic,
    responses={
        415: {"description": "No CSV"},
        422: {"description": "No UTF-8, or no header"},
    },
    openapi_extra={"requestBody": BODY},
)
def create_import(
    text: Annotated[str, Depends(read_csv)],
    session: SessionDep,
    engine: Annotated[Engine, Depends(get_engine)],
    tasks: BackgroundTasks,
    response: Response,
) -> Import:
    """Take a file of books; they are added after the answer."""
    job = Import()
    session.add(job)
    session.commit()
    # The session ends with this request, so the work opens its own.
    tasks.add_task(run_import, job.id, text, engine)
    response.headers["Location"] = f"/api/imports/{job.id}"
    return job


@router.get("/{import_id}", response_model=ImportPublic)
def read_import(import_id: Id, session: SessionDep) -> Import:
    """Tell how far an import is, and which lines were wrong."""
    job = session.get(Import, import_id)
    if job is None:
        raise HTTPException(status_code=404, detail=f"There is no import {import_id}.")
    return job
