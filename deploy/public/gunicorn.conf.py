"""How gunicorn runs the public site: `gunicorn --config gunicorn.conf.py`.

Each setting can be changed by an option of the command, workers also by WEB_CONCURRENCY.
"""

import gc
import sys
from typing import Any

wsgi_app = "sandbox.web:public_app()"
bind = "0.0.0.0:8000"
workers = 2
# Projects are rendered one at a time, and whoever waits for that holds a thread: there must be some
# left for pages that cost little, which with short turns (see below) are done long before.
threads = 32
# The site is read once and then shared between the workers.
preload_app = True
# Slow readers are the business of nginx, which stands in front.
timeout = 30
graceful_timeout = 5


def post_worker_init(worker: Any) -> None:
    """Give each thread turns of half a millisecond, instead of five."""
    sys.setswitchinterval(0.0005)


def when_ready(server: Any) -> None:
    """Make each kind of page once before the workers start, so that none does it by itself."""
    client = server.app.wsgi().test_client()
    every = "features=auth,admin,api_docs,async,live,jobs,model,deploy,pages"
    heavy = (f"/build?framework=django,flask,fastapi&{every}", f"/compare?{every}")
    for page in ("/", "/choose", "/learn", "/frameworks", *heavy):
        client.get(page, headers={"Host": "localhost"})
    # What is there now stays: to look through it for garbage again and again stops every request.
    gc.collect()
    gc.freeze()
