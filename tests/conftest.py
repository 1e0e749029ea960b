"""What every test shares: browser tests are run by naming their folder, never by accident."""

import sys

NAMED = any("browser" in argument for argument in sys.argv[1:])
collect_ignore = [] if NAMED else ["browser"]


def pytest_report_header() -> str | None:
    """Say what this run leaves out and how to run it."""
    if NAMED:
        return None
    return "browser tests: run them with `uv run --group browser pytest tests/browser` (Chromium)"
