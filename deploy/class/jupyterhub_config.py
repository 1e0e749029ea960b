"""A sandbox for each learner of a class, behind JupyterHub: `jupyterhub --config FILE`.

Each learner works as a user of this computer, with a folder that nobody else can read. The pages
listen at a file in it instead of a port, so that the only way to them is through the hub.
"""

import os
import sys
from pathlib import Path

CLASS_SIZE = int(os.environ.get("CLASS_SIZE", "30"))

c = get_config()  # noqa: F821  # pyright: ignore[reportUndefinedVariable]

# What the hub starts for each learner: a door that asks the hub who comes, behind it the pages, and
# beside them, at proxy/PORT/, the apps that the learner starts.
c.Spawner.cmd = [sys.executable, str(Path(__file__).with_name("door.py"))]
c.Spawner.args = [
    "--unix-socket=True",
    "--activity-interval=300",
    "--timeout=60",
    "--",
    # By its whole path: the learners' own need not lead there.
    str(Path(sys.executable).with_name("sandbox")),
    "serve",
    "--no-open",
    "--no-token",
    "--unix-socket",
    "{unix_socket}",
    "--base-url",
    "{base_url}",
]
c.Spawner.notebook_dir = ""
c.Spawner.default_url = ""
c.Spawner.http_timeout = 60
c.Spawner.start_timeout = 120


def apps_url(spawner):
    """Return where the hub shows a learner's apps: with its name where public_url says that."""
    return f"{spawner.public_url or spawner.server.base_url}proxy/{{port}}/"


# The way to the packages of projects, where this computer is told one, goes to the learners too.
_PROXIES = ("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
c.Spawner.environment = {
    "SANDBOX_APPS_URL": apps_url,
    **{
        name: value
        for name, value in os.environ.items()
        if name.upper() in _PROXIES or name.startswith(("SSL_CERT_", "UV_"))
    },
}

# A whole class signs in within the same minute.
c.JupyterHub.concurrent_spawn_limit = CLASS_SIZE
c.JupyterHub.active_server_limit = CLASS_SIZE + 2

# By which address the class reaches the hub, needed where that is HTTPS in front of it:
# c.JupyterHub.public_url = "https://hub.example/"

# Who may come in: see the hub's documentation. With the names of a list:
# c.Authenticator.allowed_users = {"ada", "grace"}
