"""The pages as a launcher of Jupyter: open `/sandbox/` behind the address of the notebook."""

c = get_config()  # noqa: F821  # pyright: ignore[reportUndefinedVariable]

c.ServerProxy.servers = {
    "sandbox": {
        "command": [
            "sandbox",
            "serve",
            "--no-open",
            "--no-token",
            "--unix-socket",
            "{unix_socket}",
            "--base-url",
            "{base_url}sandbox",
        ],
        "unix_socket": True,
        "timeout": 60,
        "launcher_entry": {"title": "Framework Sandbox"},
    }
}
