"""How much code has a learner to read? Non-blank lines of Python, without tests and migrations."""

from __future__ import annotations

from pathlib import PurePosixPath

from tests.variants.matrix import Variant


def lines_of_code(variant: Variant) -> dict[str, int]:
    """Return the number of non-blank lines of each file that counts, the longest file first."""
    counts = {
        path: sum(bool(line.strip()) for line in variant.tree[path].splitlines())
        for path in variant.tree
        if path.endswith(".py") and not _is_beside(PurePosixPath(path))
    }
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _is_beside(path: PurePosixPath) -> bool:
    return path.stem in {"tests", "conftest"} or bool({"tests", "migrations"} & set(path.parts))
