"""A project in memory is its paths and texts, and nothing else."""

import pytest

from sandbox.generate import FileTree


def test_trees_with_the_same_files_are_equal_and_find_each_other_in_a_set() -> None:
    one, other = FileTree({"a.py": "x", "b.py": "y"}), FileTree({"b.py": "y", "a.py": "x"})
    assert one == other
    assert len({one, other}) == 1


@pytest.mark.parametrize(
    "files",
    [{}, {"a.py": "x"}, {"a.py": "y", "b.py": "x"}, {"a.pyx": "", "b.py": "y"}, {"a.p": "yx"}],
)
def test_trees_with_other_paths_or_texts_are_not_equal(files: dict[str, str]) -> None:
    tree = FileTree({"a.py": "x", "b.py": "y"})
    assert tree != FileTree(files)
    assert FileTree(files) != tree
    assert tree != files
