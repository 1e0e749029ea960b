"""Hold what the sandbox knows as checked, frozen data; every load error names its place and fix."""

from sandbox.knowledge.features import ALWAYS, close_features, closed_sets
from sandbox.knowledge.load import load_knowledge
from sandbox.knowledge.model import (
    ANY,
    NOT_SURE,
    Advice,
    Claim,
    ClaimNote,
    Concept,
    Disagreement,
    Feature,
    Framework,
    Knowledge,
    Option,
    Point,
    Question,
    Rules,
    Scenario,
    Source,
    Suggestion,
    When,
)

__all__ = [
    "ALWAYS",
    "ANY",
    "NOT_SURE",
    "Advice",
    "Claim",
    "ClaimNote",
    "Concept",
    "Disagreement",
    "Feature",
    "Framework",
    "Knowledge",
    "Option",
    "Point",
    "Question",
    "Rules",
    "Scenario",
    "Source",
    "Suggestion",
    "When",
    "close_features",
    "closed_sets",
    "load_knowledge",
]
