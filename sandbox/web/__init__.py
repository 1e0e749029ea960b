"""Web: pages over the workshop. It reads a request, asks a room, fills a template; nothing else."""

from sandbox.web.app import create_app, public_app
from sandbox.web.connections import say_few_connections
from sandbox.web.server import serve
from sandbox.web.settings import Settings, new_token

__all__ = ["Settings", "create_app", "new_token", "public_app", "say_few_connections", "serve"]
