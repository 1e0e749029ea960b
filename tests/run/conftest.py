"""What the tests of the room share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.run.labs import TinyLab


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[TinyLab]:
    """Return a Lab whose apps are ended afterwards."""
    made = TinyLab(tmp_path / "wörk space")
    yield made
    made.close()
