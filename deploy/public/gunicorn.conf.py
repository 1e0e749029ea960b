"""How gunicorn runs the public site: `gunicorn --config gunicorn.conf.py`.

Each setting can be changed by an option of the command, workers also by WEB_CONCURRENCY.
"""

wsgi_app = "sandbox.web:public_app()"
bind = "0.0.0.0:8000"
workers = 2
threads = 8
# The site is read once and then shared between the workers.
preload_app = True
# Slow readers are the business of nginx, which stands in front.
timeout = 30
graceful_timeout = 5
