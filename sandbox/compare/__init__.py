"""Compare: what projects do about the same concept, what each costs, and what differs line by line.

Pure over FileTrees, so a learner's own project compares like ours.
"""

from sandbox.compare.anchors import LISTING, Excerpt, Missing, locate
from sandbox.compare.comparison import (
    Cell,
    Column,
    Comparison,
    Row,
    compare,
    cost_of,
    has,
    locate_first,
)
from sandbox.compare.cost import KINDS, Cost, count
from sandbox.compare.difference import FileDiff, Hunk, Line, TreeDiff, diff

__all__ = [
    "KINDS",
    "LISTING",
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
    "cost_of",
    "count",
    "diff",
    "has",
    "locate",
    "locate_first",
]
