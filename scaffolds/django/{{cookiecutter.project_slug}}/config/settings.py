"""Settings of the project; .env.example says which come from the environment."""

import os
import sys
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent


# SECURITY WARNING: don't run with debug turned on in production!
DEBUG = os.environ.get("DEBUG") == "1"

# SECURITY WARNING: keep the secret key used in production secret!
SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY and DEBUG:
    SECRET_KEY = "django-insecure-development-key-that-everybody-can-read"
if not SECRET_KEY:
    sys.exit("SECRET_KEY is not set: put a long random text into the environment.")

# This machine's own names too, since the container asks itself how it is.
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS += os.environ.get("ALLOWED_HOSTS", "").replace(",", " ").split()

# Sites in front of this one, such as https://*.app.github.dev, whose forms are ours.
CSRF_TRUSTED_ORIGINS = os.environ.get("CSRF_TRUSTED_ORIGINS", "").split()

if os.environ.get("HTTPS") == "1":
    # Visitors come through a proxy that speaks HTTPS and always sets this header.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 3600
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True


INSTALLED_APPS = [
    "shelf",
    #: if cookiecutter.jobs :#
    "imports",
    #: endif :#
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    #: if cookiecutter.validation :#
    "rest_framework",
    #: endif :#
    #: if cookiecutter.api_docs :#
    "drf_spectacular",
    "drf_spectacular_sidecar",
    #: endif :#
]

MIDDLEWARE = [
    "config.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    #: if cookiecutter.auth :#
    "shelf.middleware.LoginRequiredToWriteMiddleware",
    #: endif :#
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"

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
                "shelf.context_processors.brand",
                #: endif :#
            ],
        },
    },
]

WSGI_APPLICATION = "config.wsgi.application"


# Database

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": BASE_DIR / "db.sqlite3",
    }
}
if os.environ.get("DATABASE_URL"):
    DATABASES["default"] = dj_database_url.parse(os.environ["DATABASE_URL"])
#: if cookiecutter.database :#

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # SQLite has one writer at a time: whoever wants to write waits for his turn,
        # at the start of the transaction, and others read meanwhile.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode = WAL",
    }
#: endif :#


# Password validation

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
#: if cookiecutter.auth :#

LOGIN_URL = "login"

LOGIN_REDIRECT_URL = "book-list"

LOGOUT_REDIRECT_URL = "book-list"
#: endif :#


LANGUAGE_CODE = "en-us"

TIME_ZONE = "UTC"

USE_I18N = True

USE_TZ = True


# Static files (CSS, JavaScript, Images)

STATIC_URL = "static/"

STATIC_ROOT = BASE_DIR / "staticfiles"

if "test" not in sys.argv:  # tests have no collected files
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {
            "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        },
    }

WHITENOISE_AUTOREFRESH = DEBUG

# Default primary key field type

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
#: if cookiecutter.validation :#


# REST framework

REST_FRAMEWORK = {
    "DEFAULT_PARSER_CLASSES": ["shelf.api.parsers.JSONParser"],
    #: endif :#
    #: if cookiecutter.auth :#
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticatedOrReadOnly",
    ],
    #: endif :#
    #: if cookiecutter.validation and not cookiecutter.auth :#
    "DEFAULT_AUTHENTICATION_CLASSES": [],  # nobody can sign in to the API yet
    #: endif :#
    #: if cookiecutter.api_docs :#
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    #: endif :#
    #: if cookiecutter.validation :#
}
#: endif :#
#: if cookiecutter.api_docs :#

SPECTACULAR_SETTINGS = {
    "TITLE": "{{ cookiecutter.project_name }}",
    "VERSION": "0.1.0",
    "SCHEMA_PATH_PREFIX": "/api",
    "SERVE_INCLUDE_SCHEMA": False,
    "PREPROCESSING_HOOKS": ["shelf.api.schema.add_plain_views"],
    # The files of the page come from the sidecar package, not from another site.
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
#: endif :#
#: if cookiecutter.async :#


# The bookshops to ask for prices: those of bookshop.py, or BOOKSHOPS in the environment

BOOKSHOPS = os.environ.get(
    "BOOKSHOPS", ",".join(f"http://127.0.0.1:{port}" for port in range(9001, 9006))
).split(",")
#: endif :#


# Logging

if not DEBUG:
    LOGGING = {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": "config.middleware.RequestIdFilter"}},
        "formatters": {"line": {"format": "%(levelname)s %(request_id)s %(message)s"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "filters": ["request_id"],
                "formatter": "line",
            },
        },
        "root": {"handlers": ["stderr"]},
        # Django would send errors to ADMINS by e-mail, and say nothing here.
        "loggers": {"django": {"handlers": [], "level": "INFO"}},
    }
