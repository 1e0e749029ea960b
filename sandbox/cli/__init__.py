"""The command line: one module per command; it parses, calls the workshop and prints.

Importing this package must stay cheap: `sandbox --help` loads click and nothing else.
"""

from sandbox.cli.edge import main

__all__ = ["main"]
