"""A further framework is data: it loads, ranks and wins without a change of code."""

import shutil
from pathlib import Path

import pytest

from sandbox.knowledge import Knowledge, load_knowledge
from sandbox.lint import lint_knowledge
from sandbox.paths import KNOWLEDGE
from sandbox.recommend import Answers, recommend

PROFILE = """
[[framework]]
id = "bottle"
name = "Bottle"
tagline = "One file."
since = 2009
site = "https://bottlepy.org/"
tutorial = "https://bottlepy.org/docs/dev/tutorial.html"
accent = "amber"
[[framework.strengths]]
text = "One file"
claims = ["B093"]
[[framework.cautions]]
text = "Little in it"
claims = ["B094"]
[[framework.best_for]]
text = "Small things"
claims = ["B093"]
"""
CLAIMS = """B093,B,bottle,size,2,Fits in one file.
B094,B,bottle,features,-1,Brings little.
A123,A,bottle,size,2,Smallest of all.
"""


@pytest.fixture
def four(tmp_path: Path) -> Knowledge:
    data = Path(shutil.copytree(KNOWLEDGE, tmp_path / "data"))
    with (data / "frameworks.toml").open("a", encoding="utf-8") as stream:
        stream.write(PROFILE)
    with (data / "claims.csv").open("a", encoding="utf-8") as stream:
        stream.write(CLAIMS)
    questions = data / "questions.toml"
    text = questions.read_text(encoding="utf-8")
    questions.write_text(
        text.replace('"A108", "A092"', '"A108", "A092", "B093", "A123"'), encoding="utf-8"
    )
    return load_knowledge(data)


def test_it_is_sound(four: Knowledge) -> None:
    assert lint_knowledge(four) == []


def test_it_is_ranked_explained_and_can_win(four: Knowledge) -> None:
    result = recommend(four, Answers.parse(four, {"size": ["small"]}, ["size"]))
    assert result.headline == "So far: Bottle, from 1 answer; 9 more could change this"
    assert [(rank.framework, rank.points) for rank in result.ranking] == [
        ("bottle", 6),
        ("flask", 4),
        ("fastapi", 0),
        ("django", -4),
    ]
    assert sorted(what_if.framework for what_if in result.what_ifs) == [
        "django",
        "fastapi",
        "flask",
    ]


def test_the_others_keep_their_points(four: Knowledge) -> None:
    result = recommend(four, Answers.parse(four, {"product": ["web_app"]}))
    assert result.leaders == ("django",)
