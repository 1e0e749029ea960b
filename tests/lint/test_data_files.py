"""Every defect of our data files is refused with file, entry and a way out; none is a traceback."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sandbox
from sandbox.errors import DataError
from sandbox.generate.scaffold import IGNORED
from sandbox.paths import KNOWLEDGE, SCAFFOLDS
from sandbox.workshop import open_workshop

KNOWN = sorted(path.name for path in KNOWLEDGE.iterdir())
OF_SCAFFOLDS = sorted(
    path.relative_to(SCAFFOLDS).as_posix()
    for path in SCAFFOLDS.glob("*/*")
    if path.suffix in (".toml", ".json")
)
FILES = [*KNOWN, *OF_SCAFFOLDS]
# A scaffold may be without these.
OPTIONAL = [name for name in OF_SCAFFOLDS if name.endswith(("/faults.toml", "/mistakes.toml"))]

# file, text to replace, replacement, what the complaint must contain
DEFECTS = [
    ("claims.csv", "A015,A,", "A015,C,", ["claims.csv, A015", '"C"', "There are: A, B."]),
    ("claims.csv", "A015,A,django", "A015,A,jango", ["A015", "jango", 'Did you mean "django"?']),
    (
        "claims.csv",
        "use_case,2,Excellent choice for REST APIs.",
        "use_case,3,X",
        ["A054", "whole number <= 2"],
    ),
    (
        "claims.csv",
        "use_case,2,Excellent choice for REST APIs.",
        "use_case,²,X",
        ["A054", "a whole number"],
    ),
    ("claims.csv", "A002,", "A001,", ["A001", "already taken", "another id"]),
    ("claims.csv", "id,source", "it,source", ["line 1", "column names"]),
    ("claims.csv", "id,source", "id,seed", ["line 1", "column names", "id,source,framework"]),
    ("claims.csv", "A002,A,any,", "A002,A,any,extra,", ["row 3", "7 cells instead of 6", "quotes"]),
    ("claims.csv", '"Choice depends', 'x"y"Choice depends', ["claims.csv", "row 4"]),
    ("claims.csv", ",Choose it for business applications.", ",", ["A016", '"text"', "not empty"]),
    ("claim_notes.csv", "B033,", "B999,", ["claim_notes.csv, B999", "not exist", "or add B999."]),
    ("claim_notes.csv", "B063,dated", "B033,dated", ["B033", "already has a note"]),
    (
        "disagreements.csv",
        "D01,between",
        "D01,beside",
        ["D01", "beside", "between, degree, within"],
    ),
    ("disagreements.csv", "A041 A071 A033", "A041 A041", ["D01", '"claims_1" lists a name twice']),
    ("disagreements.csv", ",A095,A106,", ",,A106,", ["D13", '"claims_1"', "length >= 1"]),
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
    (
        "questions.toml",
        'label = "Small"',
        "label = 3",
        ["option small", '"label" does not fit: expected a text, got a whole number.'],
    ),
    ("questions.toml", "core = true", "core = 1", ["question goal", '"core"', "true or false"]),
    ("questions.toml", "exclusive = true", 'exclusive = "yes"', ["option none", '"exclusive"']),
    ("questions.toml", 'id = "not_sure"', 'id = "unsure"', ["question goal", "not_sure"]),
    ("questions.toml", "[sources.A]", "[seeds.A]", ["questions.toml", '"seeds"']),
    ("questions.toml", 'short = "Size"', 'short = "How big it is"', ["size", "one word or two"]),
    ("questions.toml", 'short = "Small"', "", ["option small", '"short" is missing']),
    ("tensions.toml", '"size=large"]', '"size=huge"]', ["tension prototype_large", "size=huge"]),
    ("tensions.toml", ', "size=large"]', "]", ["prototype_large", '"answers"', "length 2"]),
    ("personas.toml", '"goal=learn_first"', '"goal=learn_last"', ["persona mara", "learn_last"]),
    ("criteria.toml", '["admin"]\n\n', '["boss"]\n\n', ["criterion admin", "boss"]),
    ("criteria.toml", '"first_app"', '"first"', ["criterion learning", "first_app"]),
    ("glossary.toml", 'id = "backend"', 'id = "web_framework"', ["web_framework", "taken"]),
    ("glossary.toml", 'words = ["API", "APIs"]', "words = []", ["term api", '"words"']),
    ("tensions.toml", "text = ", "sentence = ", ["prototype_large", "sentence"]),
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
    (
        "questions.toml",
        "[sources.A]\n",
        "[sources.A]\nauthor = 1\n",
        ["sources.A", '"author"', "title, short, note"],
    ),
    ("questions.toml", "max = 2", "max = 99", ["question builtins", '"max" is 99']),
    ("questions.toml", "max = 2\n", "", ["question builtins", '"max"', "at most"]),
    ("commands.toml", 'id = "install"', 'id = "run"', ["command run", "already taken"]),
    ("commands.toml", "optional = true", 'optional = "yes"', ["command settings", "true or false"]),
    ("commands.toml", 'feature = "deploy"', 'feature = "cloud"', ["command settings", "cloud"]),
    ("concepts.toml", 'title = "Project layout"', "", ["concept layout", '"title" is missing']),
    ("concepts.toml", 'id = "layout"', 'id = "Lay out"', ["concept Lay out", "small letters"]),
    ("frameworks.toml", '"A070", "A073"', '"A970", "A073"', ["framework django", "A970"]),
    ("frameworks.toml", 'accent = "green"', "", ["framework django", '"accent" is missing']),
    ("features.toml", "adds = ", "add = ", ["feature hello", '"add"', 'Did you mean "adds"?']),
    ("faults.toml", "[hello.health-fails]", "[helo.health-fails]", ["helo", "hello"]),
    ("faults.toml", "[hello.health-fails]", "[routes.list-says-results]", ["TOML"]),
    ("faults.toml", "sentence = ", "sentense = ", ["hello.home-is-elsewhere", "sentense"]),
    ("faults.toml", "tells = ", "tells = 5 #", ["hello.home-is-elsewhere", "a text"]),
    ("fault_names.toml", '"off-by-one"', '"missing-input-check"', ["missing-input", "taken"]),
    ("fault_names.toml", "says = ", "say = ", ["off-by-one", '"say"']),
    ("fault_names.toml", '"limit-may-be-zero"', '"limit-may-be-nil"', ["limit-may-be-nil"]),
    ("flask/scaffold.toml", "[commands]", "commands = 5\n[more]", ["scaffold.toml"]),
    ("flask/scaffold.toml", "[commands]\n", "[commands]\nrest = [1]\n", ["commands", "rest"]),
    ("flask/scaffold.toml", 'run = ["', 'run = [5, "', ["commands", '"run"', "a text"]),
    ("flask/scaffold.toml", 'framework = "flask"', 'framework = "pyramid"', ["pyramid", "flask"]),
    ("flask/scaffold.toml", "by_hand = [", "by_hands = [", ["by_hands"]),
    ("flask/scaffold.toml", "by_hand = [", "by_hand = [3, ", ["by_hand", "a text"]),
    ("flask/scaffold.toml", "http://127.0.0.1:5000", "https://shelf.example", ["address"]),
    ("flask/scaffold.toml", "[concepts.hello_route]", "[concepts.greeting]", ["greeting"]),
    ("flask/scaffold.toml", "[concepts.hello_route]\n", "[concepts.free.x]\n", ["concepts.free"]),
    ("django/scaffold.toml", 'who = "built in"', 'who = "magic"', ["concepts.", "own code"]),
    ("django/scaffold.toml", 'docs = "https', 'docs = "ftp', ["concepts.", "begins with https"]),
    ("django/scaffold.toml", "anchors = [", "anchor = [", ["concepts.", 'mean "anchors"?']),
    ("django/scaffold.toml", "anchors = [", "anchors = [[], ", ["concepts.", "a text"]),
    ("django/scaffold.toml", 'note = "', 'note = "" # ', ["concepts.", '"note"', "not empty"]),
    ("django/scaffold.toml", '"README.md" = "', '"README.md" = " " # ', ["files", "README.md"]),
    ("django/scaffold.toml", "\nhello = [", "\nhalo = [", ["installed", "halo", "hello"]),
    ("fastapi/cookiecutter.json", '"routes": true', '"routes": 1', ['"routes"']),
    ("fastapi/cookiecutter.json", '"routes": true', '"roots": true', ['"roots"', "routes"]),
    ("fastapi/cookiecutter.json", '"project_name": "Shelf"', '"project_name": 1', ["project_name"]),
    ("fastapi/cookiecutter.json", '"_feature_paths": {', '"_feature_paths": [], "x": {', ['"x"']),
    ("fastapi/cookiecutter.json", '"_feature_paths"', '"_feature_path"', ['"_feature_path"']),
    ("fastapi/cookiecutter.json", '"routes": [', '"roots": [', ["_feature_paths", '"roots"']),
    ("fastapi/cookiecutter.json", '"routes": [', '"routes": ["README.md", ', ["two owners"]),
    ("fastapi/cookiecutter.json", '"routes": [', '"routes": [1, ', ["_feature_paths", '"routes"']),
    ("fastapi/cookiecutter.json", '"#:"', '"{{"', ["_jinja2_env_vars", "block_start_string"]),
    ("fastapi/cookiecutter.json", '"trim_blocks": true', '"trim": true', ["_jinja2_env_vars"]),
    ("fastapi/cookiecutter.json", '"trim_blocks": true', '"trim_blocks": 1', ["true or false"]),
    (
        "fastapi/cookiecutter.json",
        '"validation": true,',
        '"routes": true,',
        ['"routes" stands twice'],
    ),
    ("flask/faults.toml", "home-is-elsewhere = ", "home-is-nowhere = ", ["home-is-nowhere"]),
    ("flask/faults.toml", "{ at = ", "{ att = ", ["home-is-elsewhere", '"att"']),
    ("flask/faults.toml", 'put = "', 'put = 3 } ] # "', ["a text"]),
    ("flask/faults.toml", 'imports = ["import re"]', 'imports = ["re"]', ["q-must", "import"]),
    ("flask/faults.toml", "home-is-elsewhere = [", "home-is-elsewhere = [] # ", ["elsewhere"]),
    ("console.toml", 'feature = "hello"', 'feature = "helo"', ["example start", '"helo"']),
    (
        "console.toml",
        'form = { title = "',
        'form = { title = 1, x = "',
        ["example form", '"title"'],
    ),
    ("console.toml", 'concept = "forms"', 'concept = "form"', ["reason", '"form"']),
    ("diagnoses.toml", 'id = "syntax"', 'id = "indentation"', ["indentation", "already taken"]),
    ("diagnoses.toml", "log = 'NotImplementedError'", "", ["todo-left", "no symptom"]),
    ("diagnoses.toml", "log = 'NotImplementedError'", "log = '('", ["todo-left", "no pattern"]),
    ("flask/lessons/hello.toml", 'id = "greet"', 'id = "Greet"', ["step Greet", '"id"']),
    (
        "flask/lessons/hello.toml",
        "right = 2",
        "right = 9",
        ["step health", "Count the right answer"],
    ),
    ("flask/lessons/hello.toml", "[[step.slips]]", "[[step.slip]]", ["step greet", '"slip"']),
    ("console.toml", "[[reason]]", "[[reasons]]", ["reasons", "example, reason"]),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of all data files, each scaffold by itself: each test leaves it as it was."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copytree(KNOWLEDGE, folder / "knowledge")
    for scaffold in SCAFFOLDS.iterdir():
        copy = folder / "scaffolds of" / scaffold.name / scaffold.name
        shutil.copytree(scaffold, copy, ignore=shutil.ignore_patterns(*IGNORED))
    return folder


def scaffolds(data: Path, file: str) -> Path:
    """Return the folder of the one scaffold that a file is of; of any for what is of none."""
    return data / "scaffolds of" / (file.partition("/")[0] if "/" in file else "flask")


def place(data: Path, file: str) -> Path:
    return (scaffolds(data, file) if "/" in file else data / "knowledge") / file


def complaint(data: Path, file: str, content: bytes | None) -> str:
    """Return what is said of the data with another content of one file, or without it."""
    path = place(data, file)
    kept = path.read_bytes()
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    try:
        with pytest.raises(DataError) as caught:
            open_workshop(
                data, knowledge=data / "knowledge", scaffolds=scaffolds(data, file)
            ).lint()
    finally:
        path.write_bytes(kept)
    assert caught.value.hint, "an error without a way out"
    return str(caught.value)


def named(file: str) -> str:
    return f"scaffolds/{file}" if "/" in file else file


@pytest.mark.parametrize(("file", "old", "new", "fragments"), DEFECTS)
def test_a_defect_names_file_entry_and_fix(
    data: Path, file: str, old: str, new: str, fragments: list[str]
) -> None:
    text = place(data, file).read_bytes().decode()
    assert old in text
    said = complaint(data, file, text.replace(old, new, 1).encode())
    assert said.startswith(named(file))
    for fragment in fragments:
        assert fragment in said


def test_there_are_defects_in_every_kind_of_file() -> None:
    tried = {file.rpartition("/")[2] for file, *_ in DEFECTS}
    assert {file.rpartition("/")[2] for file in FILES} - tried <= {"mistakes.toml"}
    assert len(DEFECTS) >= 60


@pytest.mark.parametrize("file", [name for name in FILES if name not in OPTIONAL])
def test_a_missing_file_is_named(data: Path, file: str) -> None:
    assert complaint(data, file, None).startswith(f"{named(file)}: it cannot be read")


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_not_text_is_named(data: Path, file: str) -> None:
    broken = place(data, file).read_bytes() + b"\xff"
    assert complaint(data, file, broken).startswith(f"{named(file)}, byte ")


@pytest.mark.parametrize("file", [name for name in FILES if name not in OPTIONAL])
def test_an_empty_file_is_named(data: Path, file: str) -> None:
    assert complaint(data, file, b"").startswith(named(file))


@pytest.mark.parametrize("file", [name for name in FILES if not name.endswith(".csv")])
def test_broken_syntax_is_named_with_its_line(data: Path, file: str) -> None:
    said = complaint(data, file, place(data, file).read_bytes() + b"\n[[broken\n")
    assert said.startswith(f"{named(file)}: it is not valid")
    assert "line" in said


def test_an_unclosed_quote_in_csv_is_named(data: Path) -> None:
    row = b'B093,B,any,general,0,"never closed\n'
    said = complaint(data, "claims.csv", place(data, "claims.csv").read_bytes() + row)
    assert said.startswith("claims.csv: it is not valid CSV")


def test_a_scaffold_of_no_framework_is_named(data: Path) -> None:
    stray = scaffolds(data, "flask/") / "rails"
    stray.mkdir()
    (stray / "cookiecutter.json").write_text("{}", encoding="utf-8")
    try:
        with pytest.raises(DataError, match="scaffolds/rails: it belongs to no framework"):
            open_workshop(data, knowledge=data / "knowledge", scaffolds=stray.parent)
    finally:
        shutil.rmtree(stray)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("sandbox/knowledge/data/claims.csv", "id\n"),
        ("scaffolds/flask/cookiecutter.json", "[]"),
        ("scaffolds/flask/faults.toml", "x = 1"),
    ],
)
def test_the_command_says_one_sentence_and_ends_with_2(
    file: str, content: str, tmp_path: Path
) -> None:
    code = Path(sandbox.__file__).parent
    ignore = shutil.ignore_patterns(*IGNORED)
    shutil.copytree(code, tmp_path / "sandbox", ignore=ignore)
    shutil.copytree(SCAFFOLDS, tmp_path / "scaffolds", ignore=ignore)
    (tmp_path / file).write_text(content, encoding="utf-8")
    words = [sys.executable, "-c", "from sandbox.cli import main; raise SystemExit(main(['lint']))"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert file.rpartition("/")[2] in done.stderr
    assert "Traceback" not in done.stderr
