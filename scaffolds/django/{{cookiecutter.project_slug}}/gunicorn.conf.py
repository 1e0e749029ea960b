"""How gunicorn serves the site: it looks for this file where it is started."""

bind = "127.0.0.1:8000"
preload_app = True  # a setting that is missing ends the start, not one worker
worker_class = "gthread"
workers = 1
threads = 16
graceful_timeout = 3  # seconds in which requests may finish when it is stopped
control_socket_disable = True

accesslog = "-"
access_log_format = '%(h)s "%(r)s" %(s)s %(M)s ms %({x-request-id}o)s'
