"""Settings of the project: docs.djangoproject.com explains each under its name."""

from pathlib import Path

#: if cookiecutter.async :#
from config.bookshops import BOOKSHOPS  # noqa: F401  a setting, read elsewhere

#: endif :#
BASE_DIR = Path(__file__).resolve().parent.parent

# For development only: this key is public, and DEBUG shows code to everyone.
SECRET_KEY = "django-insecure-development-key-that-everybody-can-read"
DEBUG = True
ALLOWED_HOSTS = []  # with DEBUG on, Django answers for localhost and 127.0.0.1

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
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
    "django.middleware.security.SecurityMiddleware",
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
        #: if cookiecutter.database :#
        # SQLite has one writer at a time. A transaction takes its turn at once
        # and waits for it, instead of failing half-way with "database is locked".
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
        #: endif :#
    },
}
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
