"""Every fault in a data file is refused with the file, the entry and the fix."""

import shutil
from pathlib import Path

import pytest

from sandbox.errors import DataError
from sandbox.knowledge import load_knowledge
from sandbox.paths import KNOWLEDGE

FILES = sorted(path.name for path in KNOWLEDGE.iterdir())

# file, text to replace, replacement, what the complaint must contain
FAULTS = [
    ("claims.csv", "A015,A,", "A015,C,", ["claims.csv, A015", '"C"', "There are: A, B."]),
    ("claims.csv", "A015,A,django", "A015,A,jango", ["A015", "jango", 'Did you mean "django"?']),
    (
        "claims.csv",
        "use_case,2,Excellent choice for REST APIs.",
        "use_case,3,X",
        ["A054", "-2 to 2"],
    ),
    (
        "claims.csv",
        "use_case,2,Excellent choice for REST APIs.",
        "use_case,²,X",
        ["A054", "-2 to 2"],
    ),
    ("claims.csv", "A002,", "A001,", ["A001", "already taken", "another id"]),
    ("claims.csv", "id,source", "id,seed", ["line 1", "column names", "id,source,framework"]),
    ("claims.csv", "A002,A,any,", "A002,A,any,extra,", ["row 3", "7 cells instead of 6", "quotes"]),
    ("claims.csv", '"Choice depends', 'x"y"Choice depends', ["claims.csv", "row 4"]),
    ("claims.csv", ",Choose it for business applications.", ",", ["A016", '"text" is missing']),
    ("claim_notes.csv", "B033,", "B999,", ["claim_notes.csv, B999", "does not exist", "B999"]),
    ("claim_notes.csv", "B063,dated", "B033,dated", ["B033", "already has a note"]),
    (
        "disagreements.csv",
        "D01,between",
        "D01,beside",
        ["D01", "beside", "between, degree, within"],
    ),
    ("disagreements.csv", "A041 A071 A033", "A041 A041", ["D01", '"claims_1" lists a name twice']),
    ("disagreements.csv", ",A095,A106,", ",,A106,", ["D13", '"claims_1" is empty']),
    (
        "questions.toml",
        "max_important = 2",
        "max_important = true",
        ["max_important", "whole number"],
    ),
    ("questions.toml", "max_important = 2", "max_importent = 2", ["Did you mean", "max_important"]),
    (
        "questions.toml",
        '"B007", "B070"',
        '"B07", "B070"',
        ["question goal, option launch_mvp", "B07"],
    ),
    ("questions.toml", 'kind = "multi"', 'kind = "many"', ["question builtins", "single, multi"]),
    ("questions.toml", 'change = "never"', 'change = "no"', ["question experience", "never"]),
    ("questions.toml", 'id = "product"', 'id = "goal"', ["question goal", "already taken"]),
    ("questions.toml", 'label = "Small"', "label = 3", ["option small", '"label"', "label = "]),
    ("questions.toml", "core = true", "core = 1", ["question goal", '"core"', "core = true"]),
    ("questions.toml", "exclusive = true", 'exclusive = "yes"', ["option none", '"exclusive"']),
    ("questions.toml", 'id = "not_sure"', 'id = "unsure"', ["question goal", "not_sure"]),
    ("questions.toml", "[sources.A]", "[seeds.A]", ["questions.toml", '"seeds"']),
    ("advice.toml", '"async_skill=none"', '"async_skill=no"', ["advice W01", "async_skill=no"]),
    ("advice.toml", 'candidate = "flask"', 'candidate = "rails"', ["advice W02, when", "rails"]),
    ("advice.toml", 'when = { status = ["tie"] }', "when = {}", ["advice W07", "no condition"]),
    ("advice.toml", 'when = { status = ["tie"] }', "when = 3", ["advice W07", "not a table"]),
    ("advice.toml", 'when = { status = ["tie"] }', 'when = { status = ["draw"] }', ["W07", "draw"]),
    ("scenarios.csv", "product=business_app;", "product=shop;", ["S01", "shop", "business_app"]),
    ("scenarios.csv", "builtins=admin,django", "builtin=admin,django", ["S01", "builtin"]),
    ("scenarios.csv", "tie:fastapi|flask", "tie:fastapi|flusk", ["S62", "flusk", "flask"]),
    ("frameworks.toml", 'id = "flask"', 'id = "Flask!"', ["framework Flask!", "small letters"]),
    ("frameworks.toml", "since = 2010", 'since = "long ago"', ["framework flask", "since"]),
    ("frameworks.toml", 'site = "https://flask', 'site = "http://flask', ["flask", "https://"]),
    ("frameworks.toml", '"A027", "B012"', '"A927"', ["framework django, cautions", "A927"]),
    ("features.toml", 'needs = ["validation"]', 'needs = ["model"]', ["database", '"model"']),
    ("features.toml", 'id = "hello"', 'id = "start"', ["feature", "hello"]),
    ("features.toml", 'id = "admin"', 'id = "auth"', ["feature auth", "already taken"]),
    ("concepts.toml", 'feature = "database"', 'feature = "tables"', ["data_model", "tables"]),
    ("suggestions.toml", '"builtins=admin"', '"builtins=boss"', ["builtins=boss", "builtins=boss"]),
    ("suggestions.toml", '"builtins=async"', '"builtins=admin"', ["already has an entry"]),
    ("suggestions.toml", '["live"]', '["alive"]', ["product=realtime", 'Did you mean "live"?']),
    ("suggestions.toml", "[[suggestion]]", "[[hint]]", ["suggestions.toml", "hint"]),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "data"))


def complaint(folder: Path) -> str:
    with pytest.raises(DataError) as caught:
        load_knowledge(folder)
    assert caught.value.hint, "an error without a fix"
    return str(caught.value)


@pytest.mark.parametrize(("file", "old", "new", "fragments"), FAULTS)
def test_fault_names_file_entry_and_fix(
    data: Path, file: str, old: str, new: str, fragments: list[str]
) -> None:
    text = (data / file).read_text(encoding="utf-8")
    assert old in text
    (data / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    said = complaint(data)
    assert said.startswith(file)
    for fragment in fragments:
        assert fragment in said


@pytest.mark.parametrize("file", FILES)
def test_missing_file_is_named(data: Path, file: str) -> None:
    (data / file).unlink()
    assert complaint(data).startswith(f"{file}: it cannot be read")


@pytest.mark.parametrize("file", FILES)
def test_file_that_is_not_text_is_named(data: Path, file: str) -> None:
    (data / file).write_bytes((data / file).read_bytes() + b"\xff")
    assert complaint(data).startswith(f"{file}, byte ")


@pytest.mark.parametrize("file", FILES)
def test_empty_file_is_named(data: Path, file: str) -> None:
    (data / file).write_text("", encoding="utf-8")
    assert complaint(data).startswith(file)


@pytest.mark.parametrize("file", [name for name in FILES if name.endswith(".toml")])
def test_broken_toml_is_named_with_its_line(data: Path, file: str) -> None:
    with (data / file).open("a", encoding="utf-8") as stream:
        stream.write("\n[[broken\n")
    said = complaint(data)
    assert said.startswith(f"{file}: it is not valid TOML")
    assert "line" in said


def test_unclosed_quote_in_csv_is_named(data: Path) -> None:
    with (data / "claims.csv").open("a", encoding="utf-8") as stream:
        stream.write('B093,B,any,general,0,"never closed\n')
    assert complaint(data).startswith("claims.csv: it is not valid CSV")


def test_values_are_frozen() -> None:
    knowledge = load_knowledge()
    with pytest.raises(TypeError):
        knowledge.claims["A001"] = knowledge.claims["A002"]
    with pytest.raises(AttributeError):
        knowledge.claims["A001"].polarity = 2
