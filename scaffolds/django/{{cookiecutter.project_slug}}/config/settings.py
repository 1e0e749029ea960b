"""Settings of the project: docs.djangoproject.com explains each under its name.

What differs from place to place comes from the environment; .env.example lists it.
"""

import os
import sys
from pathlib import Path

import dj_database_url

#: if cookiecutter.async :#
from config.bookshops import BOOKSHOPS  # noqa: F401  a setting, read elsewhere

#: endif :#
BASE_DIR = Path(__file__).resolve().parent.parent

# Nothing said means production. For development, manage.py asks for DEBUG.
DEBUG = os.environ.get("DEBUG") == "1"
PUBLIC_KEY = "django-insecure-development-key-that-everybody-can-read"
SECRET_KEY = os.environ.get("SECRET_KEY") or (PUBLIC_KEY if DEBUG else None)
if not SECRET_KEY:
    sys.exit("SECRET_KEY is not set: put a long random text into the environment.")
# This machine may always ask, such as a container that looks after its own health.
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS += os.environ.get("ALLOWED_HOSTS", "").replace(",", " ").split()

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",  # WhiteNoise serves them in development too
    "django.contrib.staticfiles",
    #: if cookiecutter.validation :#
    "rest_framework",
    #: endif :#
    #: if cookiecutter.api_docs :#
    "drf_spectacular",
    "drf_spectacular_sidecar",
    #: endif :#
    #: if cookiecutter.jobs :#
    "imports",
    #: endif :#
    "shelf",
]

MIDDLEWARE = [
    "config.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                #: if cookiecutter.pages :#
                "shelf.context_processors.site",
                #: endif :#
            ],
        },
    },
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": BASE_DIR / "db.sqlite3",
    },
}
if os.environ.get("DATABASE_URL"):
    DATABASES["default"] = dj_database_url.parse(os.environ["DATABASE_URL"])
#: if cookiecutter.database :#
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # SQLite has one writer at a time. A transaction takes its turn at once
    # and waits for it, instead of failing half-way with "database is locked".
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}
#: endif :#
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
    },
    {
        "NAME": "django.contrib.auth.password_validation.CommonPasswordValidator",
    },
    {
        "NAME": "django.contrib.auth.password_validation.NumericPasswordValidator",
    },
]

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # serve the files from where the apps keep them
WHITENOISE_AUTOREFRESH = DEBUG

if os.environ.get("HTTPS") == "1":
    # Visitors come through a proxy that speaks HTTPS and always sets this header.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 3600
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

if not DEBUG:
    # Django would write errors to the admins by e-mail, and nothing to the log.
    LOGGING = {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"stderr": {"class": "logging.StreamHandler"}},
        "root": {"handlers": ["stderr"]},
        "loggers": {"django": {"handlers": []}},
    }
#: if cookiecutter.routes :#

# More than fit into an address. Django's debug page stumbles over the usual limit.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 70_000
#: endif :#
#: if cookiecutter.validation :#

REST_FRAMEWORK = {
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "shelf.api.errors.exception_handler",
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # How the API finds out who is asking. Without an entry, all are strangers.
        #: endif :#
        #: if cookiecutter.auth :#
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        # Whom it answers. A view may say otherwise.
        "shelf.api.permissions.MembersWrite",
        #: endif :#
        #: if cookiecutter.validation :#
    ],
}
#: endif :#
#: if cookiecutter.auth :#

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "books"
LOGOUT_REDIRECT_URL = "books"
#: endif :#
#: if cookiecutter.api_docs :#

REST_FRAMEWORK["DEFAULT_SCHEMA_CLASS"] = "drf_spectacular.openapi.AutoSchema"
SPECTACULAR_SETTINGS = {
    "TITLE": "{{ cookiecutter.project_name }}",
    "VERSION": "0.1.0",
    "SCHEMA_PATH_PREFIX": "/api",  # the next word of an address names its group
    "SERVE_INCLUDE_SCHEMA": False,  # the document does not describe itself
    "PREPROCESSING_HOOKS": ["shelf.api.plain_views.add_plain_views"],
    # The page's own files come from the sidecar package, not from another site.
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
#: endif :#
