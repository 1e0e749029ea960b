"""The templates, and what every page may show."""

from pathlib import Path

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel

from .forms import get_csrf_token


def page_context(request: Request) -> dict[str, object]:
    return {
        "csrf_token": get_csrf_token(request),
        # Taken out of the session, so that it is shown once.
        "message": request.session.pop("message", None),
        #: if cookiecutter.auth :#
        "member": getattr(request.state, "member", None),
        #: endif :#
    }


templates = Jinja2Templates(
    directory=Path(__file__).parent / "templates",
    context_processors=[page_context],
)


def show_form(
    request: Request, template: str, form: BaseModel, errors: dict[str, str]
) -> Response:
    """Show a form, empty or with what was sent and a sentence for each mistake."""
    context = {"form": form, "errors": errors}
    status_code = 422 if errors else 200
    return templates.TemplateResponse(request, template, context, status_code)
