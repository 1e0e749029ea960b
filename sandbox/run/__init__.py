"""The only room that starts processes: whatever it starts, it can stop as a whole."""

from sandbox.run.process import Launch, Server

__all__ = ["Launch", "Server"]
