"""The only room that starts processes: whatever it starts, it can stop as a whole."""

from sandbox.run.process import Launch, Server
from sandbox.run.production import InProduction

__all__ = ["InProduction", "Launch", "Server"]
