"""The templates, and what every page may show."""

from pathlib import Path

from fastapi import Request
from fastapi.templating import Jinja2Templates

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
