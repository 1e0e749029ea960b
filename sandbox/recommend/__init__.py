"""Recommend a framework by pure arithmetic over knowledge and answers, and explain every point."""

from sandbox.recommend.answers import Answers
from sandbox.recommend.edit import Edit, apply_edits
from sandbox.recommend.ledger import PointsRow, Reason, points_rows
from sandbox.recommend.points import OptionPoints, Side, option_points, points_table
from sandbox.recommend.recommendation import ActiveDisagreement, Recommendation, recommend
from sandbox.recommend.standing import Rank, Standing
from sandbox.recommend.verdict import Verdict, judge
from sandbox.recommend.what_if import WhatIf

__all__ = [
    "ActiveDisagreement",
    "Answers",
    "Edit",
    "OptionPoints",
    "PointsRow",
    "Rank",
    "Reason",
    "Recommendation",
    "Side",
    "Standing",
    "Verdict",
    "WhatIf",
    "apply_edits",
    "judge",
    "option_points",
    "points_rows",
    "points_table",
    "recommend",
]
