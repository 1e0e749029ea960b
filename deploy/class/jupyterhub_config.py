"""A sandbox for each learner of a class, behind JupyterHub: `jupyterhub --config FILE`.

Each learner works as a user of this computer, with a folder that nobody else can read. The pages
listen at a file in it instead of a port, so that the only way to them is through the hub.
"""

import os

CLASS_SIZE = int(os.environ.get("CLASS_SIZE", "30"))

c = get_config()  # noqa: F821  # pyright: ignore[reportUndefinedVariable]

# What the hub starts for each learner: a door that asks the hub who comes, and behind it the pages.
c.Spawner.cmd = ["jupyter-standaloneproxy"]
c.Spawner.args = [
    "--unix-socket=True",
    "--activity-interval=300",
    "--timeout=60",
    "--",
    "sandbox",
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

# A whole class signs in within the same minute.
c.JupyterHub.concurrent_spawn_limit = CLASS_SIZE
c.JupyterHub.active_server_limit = CLASS_SIZE + 2

# Who may come in: see the hub's documentation. With the names of a list:
# c.Authenticator.allowed_users = {"ada", "grace"}
