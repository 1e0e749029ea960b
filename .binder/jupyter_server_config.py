"""The pages as a launcher of Jupyter: open `/sandbox/` behind the address of the notebook.

Apps that are started there are at `/proxy/PORT/` beside them.
"""

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
            "--apps-url",
            "{base_url}proxy/{{port}}/",
        ],
        "unix_socket": True,
        "timeout": 60,
        "launcher_entry": {"title": "Framework Sandbox"},
    }
}


def keep_location(response, request):
    """Name the host in a redirect, so that the path, which is whole, gets no second prefix."""
    location = response.headers.get("Location", "")
    if location.startswith("/") and not location.startswith("//"):
        response.headers["Location"] = f"//{request.host}{location}"


c.ServerProxy.non_service_rewrite_response = keep_location
