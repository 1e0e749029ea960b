"""The application: `uvicorn app.main:app` serves it."""

#: if cookiecutter.pages :#
from pathlib import Path

#: endif :#
from fastapi import #: if cookiecutter.pages :#Depends, #: endif :#FastAPI#: if cookiecutter.api_docs :#, Request#: endif :#

#: if cookiecutter.api_docs :#
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
#: endif :#
#: if cookiecutter.pages or cookiecutter.api_docs :#
from fastapi.staticfiles import StaticFiles
#: endif :#
#: if cookiecutter.pages :#
from starlette.middleware.sessions import SessionMiddleware
#: endif :#
#: if cookiecutter.deploy :#
from starlette.middleware.trustedhost import TrustedHostMiddleware
#: endif :#
#: if cookiecutter.routes or cookiecutter.deploy :#

#: endif :#
#: if cookiecutter.admin :#
from .admin import add_admin
#: endif :#
#: if cookiecutter.auth :#
from .auth import members_write
#: endif :#
#: if cookiecutter.deploy :#
from .config import require_secret_key, settings
#: elif cookiecutter.pages :#
from .config import SECRET_KEY
#: endif :#
#: if cookiecutter.validation :#
from .errors import HANDLERS
#: endif :#
#: if cookiecutter.live :#
from .events import EndStreams
#: endif :#
#: if cookiecutter.pages :#
from .forms import check_csrf_token
#: endif :#
#: if cookiecutter.deploy :#
from .middleware import RequestId, answer_crash
#: endif :#
#: if cookiecutter.routes :#
from .routers import #: if cookiecutter.auth :#accounts, #: endif :#books#: if cookiecutter.jobs :#, imports#: endif :##: if cookiecutter.live :#, live#: endif :##: if cookiecutter.async :#, offers#: endif :##: if cookiecutter.pages :#, pages#: endif :##: if cookiecutter.database :#, reviews#: endif :##: if cookiecutter.model :#, scores#: endif :#

#: endif :#

#: if cookiecutter.deploy :#
require_secret_key()

#: endif :#
#: if cookiecutter.validation or cookiecutter.deploy :#
app = FastAPI(
    title="{{ cookiecutter.project_name }}",
    #: if cookiecutter.deploy :#
    debug=settings.debug,
    #: endif :#
    #: if cookiecutter.api_docs :#
    docs_url=None,
    redoc_url=None,
    #: endif :#
    #: if cookiecutter.auth :#
    # Every path operation asks these first, also in routers that are added later.
    dependencies=[Depends(members_write), Depends(check_csrf_token)],
    #: elif cookiecutter.pages :#
    # Every path operation asks this first, also in routers that are added later.
    dependencies=[Depends(check_csrf_token)],
    #: endif :#
    #: if cookiecutter.validation :#
    exception_handlers=HANDLERS,
    max_body_size=1_000_000,
    #: endif :#
)
#: else :#
app = FastAPI(title="{{ cookiecutter.project_name }}")
#: endif :#
#: if cookiecutter.live :#
app.add_middleware(EndStreams)
#: endif :#
#: if cookiecutter.pages and cookiecutter.deploy :#
app.add_middleware(
    SessionMiddleware,
    secret_key=settings.secret_key or "insecure-key-for-development-only",
    https_only=settings.https,
)
#: elif cookiecutter.pages :#
app.add_middleware(SessionMiddleware, secret_key=SECRET_KEY)
#: endif :#
#: if cookiecutter.deploy :#
# Its own machine may always ask, such as the health check of a container.
hosts = ["127.0.0.1", "localhost", *settings.allowed_hosts]
app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts)
app.add_middleware(RequestId)
app.add_exception_handler(Exception, answer_crash)
#: endif :#
#: if cookiecutter.api_docs :#
app.mount("/docs/assets", StaticFiles(packages=[("fastapi_offline", "static")]), "docs")
#: endif :#
#: if cookiecutter.pages :#
app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), "static")
#: endif :#
#: if cookiecutter.routes :#
app.include_router(books.router)
#: endif :#
#: if cookiecutter.database :#
app.include_router(reviews.router)
#: endif :#
#: if cookiecutter.pages :#
app.include_router(pages.router)
#: endif :#
#: if cookiecutter.auth :#
app.include_router(accounts.router)
#: endif :#
#: if cookiecutter.async :#
app.include_router(offers.router)
#: endif :#
#: if cookiecutter.live :#
app.include_router(live.router)
#: endif :#
#: if cookiecutter.jobs :#
app.include_router(imports.router)
#: endif :#
#: if cookiecutter.model :#
app.include_router(scores.router)
#: endif :#
#: if cookiecutter.admin :#
add_admin(app)
#: endif :#


#: if not cookiecutter.pages :#
@app.get("/")
async def read_root() -> dict[str, str]:
    """Greet a visitor; FastAPI turns the dictionary into JSON."""
    return {"message": f"Welcome to {app.title}"}


#: endif :#
@app.get("/health")
async def read_health() -> dict[str, str]:
    """Tell a machine that the app is up."""
    return {"status": "ok"}
#: if cookiecutter.api_docs :#


@app.get("/docs", include_in_schema=False)
async def read_docs(request: Request) -> HTMLResponse:
    """Serve Swagger UI from here; FastAPI's own page fetches it from the internet."""
    return get_swagger_ui_html(
        openapi_url=request.url_for("openapi").path,
        title=app.title,
        swagger_js_url=request.url_for("docs", path="swagger-ui-bundle.js").path,
        swagger_css_url=request.url_for("docs", path="swagger-ui.css").path,
        swagger_favicon_url=request.url_for("docs", path="favicon.png").path,
    )
#: endif :#
