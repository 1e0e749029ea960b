"""The application: `uvicorn app.main:app` serves what `create_app()` returns."""

from fastapi import APIRouter, FastAPI

TITLE = "{{ cookiecutter.project_name }}"

router = APIRouter()


#: if not cookiecutter.pages :#
@router.get("/")
async def read_root() -> dict[str, str]:
    """Greet a visitor; FastAPI turns the dictionary into JSON."""
    return {"message": f"Welcome to {TITLE}"}


#: endif :#
@router.get("/health")
async def read_health() -> dict[str, str]:
    """Tell a machine that the app is up."""
    return {"status": "ok"}


def create_app() -> FastAPI:
    """Build an app from its parts."""
    app = FastAPI(
        title=TITLE,
        #: if cookiecutter.api_docs :#
        docs_url=None,
        redoc_url=None,
        #: endif :#
    )
    #: if cookiecutter.pages :#
    from app.pages import add_pages

    add_pages(app)
    #: endif :#
    app.include_router(router)
    #: if cookiecutter.routes :#
    from app.routers import books

    app.include_router(books.router)
    #: endif :#
    #: if cookiecutter.validation :#
    from app.errors import add_error_handlers

    add_error_handlers(app)
    #: endif :#
    #: if cookiecutter.database :#
    from app.routers import reviews

    app.include_router(reviews.router)
    #: endif :#
    #: if cookiecutter.admin :#
    from app.admin import add_admin

    add_admin(app)
    #: endif :#
    #: if cookiecutter.api_docs :#
    from app.docs import add_docs

    add_docs(app)
    #: endif :#
    #: if cookiecutter.async :#
    from app.routers import offers

    app.include_router(offers.router)
    #: endif :#
    #: if cookiecutter.live :#
    from app.routers import live

    app.include_router(live.router)
    #: endif :#
    #: if cookiecutter.model :#
    from app.routers import scores

    app.include_router(scores.router)
    #: endif :#
    #: if cookiecutter.deploy :#
    from app.middleware import add_middleware
    from app.settings import require_secret_key

    require_secret_key()
    add_middleware(app)
    #: endif :#
    return app


app = create_app()
