"""Imports: take a file of books, answer at once, and tell later how it went."""

from typing import Annotated, Any, Literal

from fastapi import (
    APIRouter,
    BackgroundTasks,
    Body,
    Header,
    HTTPException,
    Request,
    Response,
)
from pydantic import BaseModel

#: if cookiecutter.auth :#
from ..auth import SIGN_IN
#: endif :#
from ..dependencies import NOT_FOUND, Id, SessionDep
from ..importer import COLUMNS, PROGRESS, is_header, lifespan, run_import, under_way
from ..models import Import
from ..schemas import Problem, Responses

EXAMPLE = "title,author,isbn,year\nEmma,Jane Austen,,1815\n"
Csv = Annotated[str, Body(media_type="text/csv", examples=[EXAMPLE])]
CsvType = Annotated[str, Header(pattern="(?i)^ *text/csv", include_in_schema=False)]
NO_BOOKS: Responses = {400: {"model": Problem, "description": "No file of books"}}

router = APIRouter(prefix="/api/imports", tags=["imports"], lifespan=lifespan)


class BadLine(BaseModel):
    line: int
    msg: str


class ImportPublic(BaseModel):
    id: int
    status: Literal["queued", "running", "done"]
    created: int
    skipped: int
    errors: list[BadLine]


@router.post(
    "",
    status_code=202,
    response_model=ImportPublic,
    max_body_size=5_000_000,
    #: if cookiecutter.auth :#
    responses=NO_BOOKS | SIGN_IN,
    #: else :#
    responses=NO_BOOKS,
    #: endif :#
)
def create_import(
    text: Csv,
    content_type: CsvType,
    session: SessionDep,
    tasks: BackgroundTasks,
    request: Request,
    response: Response,
) -> Any:
    """Take a file of books; they are added after the response has gone out."""
    text = text.removeprefix("\ufeff")  # spreadsheets begin with a mark
    if not is_header(text):
        detail = f"The first line should be {','.join(COLUMNS)}."
        raise HTTPException(status_code=400, detail=detail)
    job = Import()
    session.add(job)
    session.flush()
    under_way.add(job.id)  # before anybody else can read of it
    session.commit()
    tasks.add_task(run_import, job.id, text)
    page = request.url_for("read_import", import_id=job.id)
    response.headers["Location"] = page.path
    return job


@router.get("/{import_id}", responses=NOT_FOUND)
def read_import(import_id: Id, session: SessionDep) -> ImportPublic:
    """Tell how far an import is, and which lines were wrong."""
    goes_on = import_id in under_way  # asked first: it may end while the row is read
    job = session.get(Import, import_id)
    if job is None:
        raise HTTPException(status_code=404, detail=f"There is no import {import_id}.")
    answer = ImportPublic.model_validate(job, from_attributes=True)
    if answer.status != "done" and not goes_on:
        answer.status = "done"
        answer.errors.append(cut_off(job))
    return answer


def cut_off(job: Import) -> BadLine:
    """Say where an import broke off that nobody works on any more."""
    line = job.created + job.skipped + len(job.errors) + 2
    sentence = f"The import broke off here, or up to {PROGRESS} lines later."
    return BadLine(line=line, msg=sentence)
