"""What Python has compiled of packages in one environment serves the next, and never wrongly."""

from __future__ import annotations

import os
import py_compile
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.run import compiled

pytestmark = pytest.mark.skipif(os.name == "nt", reason="uv links files elsewhere")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def environment(cache: Path, folder: Path) -> Path:
    """Return a folder of packages whose files are links to those of a cache, as uv makes it."""
    for source in cache.rglob("*.py"):
        target = folder / source.relative_to(cache)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.hardlink_to(source)
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    package = tmp_path / "cache" / "shelf"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("TOLD = 'first'\n", encoding="utf-8")
    (package / "unused.py").write_text("TOLD = 'never'\n", encoding="utf-8")
    return package.parent


def told_in(packages: Path) -> str:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", "import shelf; print(shelf.TOLD)"],
        env={**kept, "PYTHONPATH": str(packages)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def of(packages: Path) -> list[str]:
    return sorted(path.name.partition(".")[0] for path in packages.rglob("*.pyc"))


def test_what_was_imported_once_need_not_be_compiled_again(
    cache: Path, store: Path, tmp_path: Path
) -> None:
    first = environment(cache, tmp_path / "first")
    assert told_in(first) == "first"
    assert compiled.keep(first, store) == 1
    assert compiled.keep(first, store) == 0  # it is kept already
    second = environment(cache, tmp_path / "second")
    assert compiled.lend(second, store) == 1
    assert of(second) == ["__init__"]
    (lent,) = second.rglob("*.pyc")
    before = lent.stat()
    assert told_in(second) == "first"
    assert (lent.stat().st_ino, lent.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_another_version_of_a_file_gets_nothing_that_was_compiled_of_the_first(
    cache: Path, store: Path, tmp_path: Path
) -> None:
    first = environment(cache, tmp_path / "first")
    told_in(first)
    compiled.keep(first, store)
    old = (cache / "shelf" / "__init__.py").stat()
    shutil.rmtree(cache / "shelf")
    (cache / "shelf").mkdir()
    new = cache / "shelf" / "__init__.py"
    new.write_text("TOLD = 'other'\n", encoding="utf-8")
    # As if both came from the net in the same second, which is all that Python itself compares.
    os.utime(new, ns=(old.st_mtime_ns, old.st_mtime_ns + 1))
    second = environment(cache, tmp_path / "second")
    assert compiled.lend(second, store) == 0
    (stale,) = store.rglob("*.pyc")
    (second / "shelf" / "__pycache__").mkdir()
    shutil.copy(stale, second / "shelf" / "__pycache__" / stale.name)
    assert told_in(second) == "first"  # the negative control: Python takes it


def test_a_learner_who_changes_a_package_in_one_environment_changes_no_other(
    cache: Path, store: Path, tmp_path: Path
) -> None:
    first = environment(cache, tmp_path / "first")
    told_in(first)
    compiled.keep(first, store)
    second = environment(cache, tmp_path / "second")
    compiled.lend(second, store)
    file = second / "shelf" / "__init__.py"
    file.unlink()
    file.write_text("TOLD = 'mine'\n", encoding="utf-8")
    assert told_in(second) == "mine"
    assert told_in(first) == "first"
    assert compiled.keep(second, store) == 0  # nobody else has that file


def test_a_compiled_file_that_is_damaged_or_left_alone_hinders_nobody(
    cache: Path, store: Path, tmp_path: Path
) -> None:
    first = environment(cache, tmp_path / "first")
    py_compile.compile(str(first / "shelf" / "__init__.py"))
    (first / "shelf" / "__pycache__" / f"gone.{sys.implementation.cache_tag}.pyc").touch()
    assert compiled.keep(first, store) == 1
    assert compiled.lend(tmp_path / "nothing here", store) == 0
    assert compiled.lend(first, tmp_path / "no store") == 0
