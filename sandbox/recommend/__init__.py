"""Recommend a framework by pure arithmetic over knowledge and answers, and explain every point."""

from sandbox.recommend.answers import Answers
from sandbox.recommend.ledger import Reason
from sandbox.recommend.points import OptionPoints, Side, option_points, points_table
from sandbox.recommend.recommendation import ActiveDisagreement, Recommendation, recommend
from sandbox.recommend.standing import Rank, Standing
from sandbox.recommend.what_if import Edit, WhatIf, apply_edits

__all__ = [
    "ActiveDisagreement",
    "Answers",
    "Edit",
    "OptionPoints",
    "Rank",
    "Reason",
    "Recommendation",
    "Side",
    "Standing",
    "WhatIf",
    "apply_edits",
    "option_points",
    "points_table",
    "recommend",
]
