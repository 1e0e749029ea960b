"""How gunicorn serves the site: it looks for this file where it is started."""

preload_app = True  # a missing setting ends the start, not one worker after another
#: if cookiecutter.live or cookiecutter.jobs :#
workers = 1  # more would not hear of each other: news and imports stay in one process
#: else :#
workers = 2
#: endif :#
threads = 48
graceful_timeout = 3  # seconds for requests to end when the server is stopped
control_socket_disable = True

accesslog = "-"
access_log_format = '%(h)s "%(r)s" %(s)s %(M)s ms %({x-request-id}o)s'
