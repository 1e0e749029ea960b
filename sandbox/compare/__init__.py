"""Compare: what projects do about the same concept, what each costs, and what differs line by line.

Pure over FileTrees, so a learner's own project compares like ours.
"""

from sandbox.compare.anchors import LISTING, Excerpt, Missing, locate
from sandbox.compare.comparison import WHO, Cell, Column, Comparison, Row, compare
from sandbox.compare.cost import KINDS, Cost, count
from sandbox.compare.difference import FileDiff, Hunk, Line, TreeDiff, diff
from sandbox.compare.lint import REGISTRY_HOSTS, lint_notes, lint_scaffold

__all__ = [
    "KINDS",
    "LISTING",
    "REGISTRY_HOSTS",
    "WHO",
    "Cell",
    "Column",
    "Comparison",
    "Cost",
    "Excerpt",
    "FileDiff",
    "Hunk",
    "Line",
    "Missing",
    "Row",
    "TreeDiff",
    "compare",
    "count",
    "diff",
    "lint_notes",
    "lint_scaffold",
    "locate",
]
