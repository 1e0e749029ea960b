"""What every test shares: browser tests run by naming their folder, and nothing is left behind."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Hundreds of processes start here. Told to keep nothing compiled, each would compile it all anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# The same examples each time, and never by the clock: a run says something of the code only.
settings.register_profile(
    "repeatable",
    deadline=None,
    derandomize=True,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")
_SLOW_SECONDS = 900


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the browser tests to whoever names them: they need Chromium."""
    return True if collection_path.name == "browser" and not _named(config) else None


def _named(config: pytest.Config) -> bool:
    return any("browser" in str(argument) for argument in config.args)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Run one test more at a time than there are cores: many wait for what they have started."""
    return (os.cpu_count() or 1) + 1


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say what this run leaves out and how to run it."""
    if _named(config):
        return None
    return (
        "left out: `uv run pytest -m slow` (whole contract runs, installs, load) and "
        "`uv run --group browser pytest tests/browser` (Chromium)"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give a test that installs or starts whole projects more time than the others have."""
    for item in items:
        if item.get_closest_marker("slow") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(_SLOW_SECONDS))


@pytest.fixture(autouse=True)
def no_process_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test that leaves a process of its own running (Linux, where we can look)."""
    before = _children()
    yield
    left = _children() - before
    # Chromium is started once for all browser tests and stopped after the last.
    if left and "browser" not in request.node.nodeid:
        running = [name for name in map(_name, left) if name]
        assert not running, f"processes left behind: {running}"


def _name(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:  # it has ended meanwhile
        return ""


def _children() -> set[str]:
    found: set[str] = set()
    for task in Path("/proc/self/task").glob("*/children"):
        try:
            found.update(task.read_text().split())
        except OSError:  # a thread that has ended meanwhile
            continue
    return found
