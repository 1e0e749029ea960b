from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    #: if cookiecutter.routes :#
    path("api/", include("shelf.api.urls")),
    #: endif :#
    path("", include("shelf.urls")),
]
