"""Run a command of this project: `python manage.py help` lists them."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    #: if cookiecutter.deploy :#
    # Whoever types commands is developing. Servers come in by wsgi.py, without DEBUG.
    os.environ.setdefault("DEBUG", "1")
    #: endif :#
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise ImportError(
            "Django is not installed here. Is the project's virtual environment active?"
        ) from error
    #: if cookiecutter.model :#
    # At runserver ten callers may queue; an eleventh comes back a second later.
    from django.core.servers.basehttp import WSGIServer

    WSGIServer.request_queue_size = 128
    #: endif :#
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
