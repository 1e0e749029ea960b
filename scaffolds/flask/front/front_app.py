"""The project's app, for a server in front that says below which path it shows it."""

import os

from flask.cli import ScriptInfo
from werkzeug.middleware.proxy_fix import ProxyFix

app = ScriptInfo().load_app()
# Whoever asks the app itself sends no such header, and is answered without a prefix.
app.wsgi_app = ProxyFix(app.wsgi_app, x_prefix=1)
if os.environ["ALLOWED_HOSTS"] == "*":
    app.config["TRUSTED_HOSTS"] = None
