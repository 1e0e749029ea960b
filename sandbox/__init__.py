"""Framework Sandbox: choose and learn a Python web framework by running it."""
