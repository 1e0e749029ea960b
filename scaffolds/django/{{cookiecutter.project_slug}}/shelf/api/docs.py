"""The documentation: a document for programs, and a page on which people try things."""

from django.urls import path
from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from shelf.api import schema  # noqa: F401  importing it completes the views

as_json = SpectacularAPIView.as_view(renderer_classes=[OpenApiJsonRenderer2])

urlpatterns = [
    path("openapi.json", as_json, name="openapi"),
    path(
        "docs",
        # Without metadata, since the page has no template to answer OPTIONS with.
        SpectacularSwaggerView.as_view(url_name="openapi", metadata_class=None),
        name="docs",
    ),
]
