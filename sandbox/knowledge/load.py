"""Load all data files into one `Knowledge`."""

from pathlib import Path

from sandbox.knowledge import catalog, evidence, questionnaire
from sandbox.knowledge.entry import read_toml
from sandbox.knowledge.model import Knowledge
from sandbox.paths import KNOWLEDGE


def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Return what the data files in `folder` (ours, if left out) say.

    Every name that one entry uses of another is checked. Raises `KnowledgeError` with file,
    entry and fix.
    """
    folder = KNOWLEDGE if folder is None else folder
    profiles = catalog.framework_entries(folder)
    frameworks = sorted(entry.text("id") for entry in profiles)
    asked = read_toml(folder, "questions.toml")
    asked.only(
        "max_important", "tie_margin", "clear_margin", "shared_claims", "sources", "question"
    )
    sources = evidence.read_sources(asked)
    claims = evidence.read_claims(folder, sources, frameworks)
    questions = questionnaire.read_questions(asked, claims)
    features = catalog.read_features(folder)
    return Knowledge(
        sources=sources,
        claims=claims,
        questions=questions,
        disagreements=evidence.read_disagreements(folder, claims, frameworks),
        advice=questionnaire.read_advice(folder, claims, questions, frameworks),
        scenarios=questionnaire.read_scenarios(folder, questions, frameworks),
        frameworks=catalog.read_frameworks(profiles, claims),
        features=features,
        concepts=catalog.read_concepts(folder, features),
        commands=catalog.read_commands(folder, features),
        suggestions=catalog.read_suggestions(folder, questions, features),
        rules=questionnaire.read_rules(asked, claims),
    )
