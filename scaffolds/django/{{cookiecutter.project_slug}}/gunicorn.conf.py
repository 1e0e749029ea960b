"""How gunicorn serves the site: it looks for this file where it is started."""

#: if cookiecutter.live :#
import signal
from contextlib import suppress
from queue import Full

from shelf.live import listeners


def post_worker_init(worker):
    """End the open streams when the server is stopped: they never finish by themselves."""
    stop = signal.getsignal(signal.SIGTERM)

    def hang_up_and_stop(*signal_and_frame):
        while listeners:
            with suppress(Full):
                listeners.pop().put_nowait(None)
        stop(*signal_and_frame)

    signal.signal(signal.SIGTERM, hang_up_and_stop)


#: endif :#
bind = "127.0.0.1:8000"
preload_app = True  # a setting that is missing ends the start, not one worker
worker_class = "gthread"
workers = 1
threads = 16
graceful_timeout = 4  # seconds in which requests may finish when it is stopped
control_socket_disable = True

accesslog = "-"
access_log_format = '%(h)s "%(r)s" %(s)s %(M)s ms %({x-request-id}o)s'
