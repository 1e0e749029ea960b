"""The project's settings, for a server in front that shows the site below a path."""

import os

from config.settings import *  # noqa: F403

WSGI_APPLICATION = "front_wsgi.application"
FORCE_SCRIPT_NAME = None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "front_storage.FrontStorage"},
}
ALLOWED_HOSTS = ["127.0.0.1", "localhost", os.environ["ALLOWED_HOSTS"]]
# Forms come from the address that the visitor sees: it may begin with https, unlike ours.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = os.environ["CSRF_TRUSTED_ORIGINS"].split()
