"""A framework is data and scaffold files: a fourth one needs no change in our Python."""

import json
import shutil
from pathlib import Path

import pytest

from sandbox.generate.scaffold import IGNORED, TEMPLATE_FOLDER
from sandbox.paths import KNOWLEDGE, SCAFFOLDS
from sandbox.recommend import Answers
from sandbox.workshop import Workshop, open_workshop

PROFILE = """
[[framework]]
id = "tiny"
name = "Tiny"
tagline = "Made in a test."
since = 2026
site = "https://example.org/"
tutorial = "https://example.org/tutorial"
accent = "violet"

[[framework.strengths]]
text = "It is small."
claims = ["T001"]

[[framework.cautions]]
text = "It is new."
claims = ["T002"]

[[framework.best_for]]
text = "Tests"
claims = ["T001"]
"""
CLAIMS = """\
T001,A,tiny,use_case,2,Choose it for tests.
T002,B,tiny,use_case,-1,It is new.
"""
RECORD = """\
framework = "tiny"
name = "{{ cookiecutter.project_name }}"
slug = "{{ cookiecutter.project_slug }}"

[features]
hello = true
"""
NOTES = """\
framework = "tiny"
address = "http://127.0.0.1:9000"
by_hand = ["Write one file."]
[commands]
run = ["python app.py"]
[files]
"app.py" = "The whole app."
".sandbox/project.toml" = "Where it comes from."
[installed]
hello = ["tiny"]
[concepts.hello_route]
anchors = ["app.py::hello"]
who = "own code"
note = "A plain function: `def hello`."
docs = "https://example.org/docs"
"""


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    knowledge, scaffolds = tmp_path / "knowledge", tmp_path / "scaffolds"
    shutil.copytree(KNOWLEDGE, knowledge)
    shutil.copytree(SCAFFOLDS, scaffolds, ignore=shutil.ignore_patterns(*IGNORED))
    with (knowledge / "frameworks.toml").open("a", encoding="utf-8") as profiles:
        profiles.write(PROFILE)
    with (knowledge / "claims.csv").open("a", encoding="utf-8") as claims:
        claims.write(CLAIMS)
    questions = knowledge / "questions.toml"
    text = questions.read_text(encoding="utf-8")
    questions.write_text(text.replace('["A038", "B015"]', '["A038", "B015", "T001", "T002"]'))
    project = scaffolds / "tiny" / TEMPLATE_FOLDER
    (project / ".sandbox").mkdir(parents=True)
    (project / ".sandbox" / "project.toml").write_text(RECORD)
    (project / "app.py").write_text('def hello():\n    return "{{ cookiecutter.project_name }}"\n')
    (scaffolds / "tiny" / "scaffold.toml").write_text(NOTES)
    settings = json.loads((scaffolds / "flask" / "cookiecutter.json").read_text())
    settings = {key: value for key, value in settings.items() if not isinstance(value, bool)}
    settings |= {"_feature_paths": {"hello": ["app.py", ".sandbox/"]}}
    (scaffolds / "tiny" / "cookiecutter.json").write_text(json.dumps(settings))
    return open_workshop(tmp_path / "workspace", knowledge=knowledge, scaffolds=scaffolds)


def test_a_fourth_framework_is_ranked_generated_and_compared(workshop: Workshop) -> None:
    result = workshop.recommend(Answers.parse(workshop.knowledge, {"goal": ["prototype"]}))
    assert [rank.framework for rank in result.ranking if rank.points > 0] == ["flask", "tiny"]
    request = workshop.request("tiny", name="Probe")
    assert 'return "Probe"' in workshop.tree(request)["app.py"]
    (project,) = workshop.create([request])
    assert (project.folder / "app.py").is_file()
    comparison = workshop.comparison([workshop.request("flask"), request])
    row = next(row for row in comparison.rows if row.concept.id == "hello_route")
    cells = [row.cells[column.key] for column in comparison.columns]
    assert all(cell.excerpt for cell in cells)
