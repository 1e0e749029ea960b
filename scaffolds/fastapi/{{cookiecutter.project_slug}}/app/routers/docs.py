"""The page at /docs with nothing from another host."""

from fastapi import APIRouter, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def read_docs(request: Request) -> HTMLResponse:
    """Serve Swagger UI from here; FastAPI's own page fetches it from the internet."""
    return get_swagger_ui_html(
        openapi_url=request.url_for("openapi").path,
        title=request.app.title,
        swagger_js_url=request.url_for("docs", path="swagger-ui-bundle.js").path,
        swagger_css_url=request.url_for("docs", path="swagger-ui.css").path,
        swagger_favicon_url=request.url_for("docs", path="favicon.png").path,
    )
