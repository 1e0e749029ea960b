from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    #: if cookiecutter.routes :#
    path("api/", include("shelf.api.urls")),
    #: endif :#
    #: if cookiecutter.async :#
    path("api/", include("shelf.api.offers")),
    #: endif :#
    #: if cookiecutter.live :#
    path("api/", include("shelf.api.live")),
    #: endif :#
    #: if cookiecutter.jobs :#
    path("api/", include("imports.urls")),
    #: endif :#
    #: if cookiecutter.model :#
    path("api/", include("shelf.api.scoring")),
    #: endif :#
    #: if cookiecutter.api_docs :#
    path("", include("shelf.api.docs")),
    #: endif :#
    path("", include("shelf.urls")),
]
