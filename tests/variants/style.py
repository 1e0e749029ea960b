"""Is every variant clean for ruff, as its reader would call it in the project's folder?

The folders of a whole framework are judged by one process: each gets a configuration of its own,
so that imports are sorted by what exists in *this* variant.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.variants.matrix import Problem, Variant

HOUSE_RULES = ("E", "F", "W", "I", "B", "UP", "C4", "SIM")
_CONFIGURATION = f"""
target-version = "py311"
line-length = 100
[lint]
select = {list(HOUSE_RULES)}
[lint.per-file-ignores]
# As startapp lays them out: an import for what the learner writes there.
"**/admin.py" = ["F401"]
"**/models.py" = ["F401"]
"**/migrations/*.py" = ["I001"]  # as makemigrations writes them
"""
_RUFF = (sys.executable, "-m", "ruff")
_PLAIN = "line-length=88"  # what ruff does for who has configured nothing
_FINDING = re.compile(r"^(?P<number>\d+)/shelf/(?P<path>[^:]+):(?P<rest>.+)$")


def problems_of_style(variants: Sequence[Variant]) -> Iterator[Problem]:
    """Yield what ruff's checks and its formatter say about any of these variants."""
    with tempfile.TemporaryDirectory(prefix="variants-") as name:
        folder = Path(name)
        for number, variant in enumerate(variants):
            _write(variant, folder / str(number) / "shelf")
        for arguments in (("check",), ("format", "--check", "--config", _PLAIN)):
            for line in _ruff(folder, *arguments, "--output-format", "concise"):
                if found := _FINDING.match(line):
                    variant = variants[int(found["number"])]
                    yield Problem(variant, f"{found['path']}:{found['rest']}")


def _write(variant: Variant, folder: Path) -> None:
    made: set[Path] = set()
    for path, text in variant.tree.items():
        if not path.endswith(".py"):
            continue
        target = folder / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_text(text, encoding="utf-8")
    (folder / "ruff.toml").write_text(_CONFIGURATION, encoding="utf-8")


def _ruff(folder: Path, *arguments: str) -> list[str]:
    done = subprocess.run(
        [*_RUFF, *arguments, "--no-cache", "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()
