"""How the production server runs the app; the command `gunicorn` reads this file."""

wsgi_app = "app:create_app()"
bind = "127.0.0.1:8000"
# One process, so that what the app keeps in memory is the same for every request.
#: if cookiecutter.live :#
# Listeners to live updates take at most half of the threads (app/live.py).
#: endif :#
workers = 1
worker_class = "gthread"
threads = 64
preload_app = True  # build the app first: if it refuses to start, so does the server
raw_env = ["FLASK_DEBUG=0"]  # whatever development left behind in the environment
graceful_timeout = 3  # seconds that unfinished requests get when the server is stopped
control_socket_disable = True
accesslog = "-"
access_log_format = '%(h)s "%(r)s" %(s)s %(L)ss %({x-request-id}o)s'
