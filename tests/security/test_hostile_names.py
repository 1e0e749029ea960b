"""Hostile project inputs through every door: nothing evaluated, nothing outside, no 5xx.

`SANDBOX_LONG=1` runs the long form (see CONTRIBUTING.md); the short one always runs.
"""

import io
import os
import random
import string
import subprocess
import sys
import zipfile
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from sandbox.cli.group import sandbox
from sandbox.errors import RequestError, SandboxError
from sandbox.web import Settings, create_app
from tests.support.variants import WORKSHOP, workshop_in

LONG = bool(os.environ.get("SANDBOX_LONG"))
HOME = {"Host": "127.0.0.1:8080"}

PAYLOADS = [
    "{{ 7 * 191 }}", "{{ cookiecutter }}", "{% print(7*191) %}", "#: print(7*191) :#",
    "{{ ''.__class__.__mro__ }}", "${7*191}", "`id`", "$(id)", "%(x)s", "{0.__class__}",
    "'; import os #", '"; import os #', "\\", "\\N{DIGIT ONE}", "\\x31", "\"\"\"", "'''",
    "../x", "..", "/etc/x", "C:\\x", "x/../../y", "..\\x", "~", "~root", "-rf", "--help", "-",
    "a\nb", "a\r\nb", "a\tb", "a\0b", "\x1b[31m", "\u202e", "\u200b", "\ufeff", "\u2028",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;", "javascript:x",
    "con", "nul.txt", "aux", "class", "import", "json", "os", "django", "flask", "pydantic",
    "é" * 61, "x" * 10_000, "", " ", "_", "__", "9", "ﬁ", "Ａ", "日本", "ß", "İ", "é",
]  # fmt: skip
SHAPES = ["{}", "a{}", "{}b", "a {} b", "{0}{0}"]
VALUES = [
    shape.replace("{0}", "{}").replace("{}", text) for shape, text in product(SHAPES, PAYLOADS)
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return an empty folder that holds the workspace and a file that must stay as it is."""
    (tmp_path / "precious.txt").write_text("mine")
    return tmp_path


@pytest.fixture
def client(home: Path) -> FlaskClient:
    workshop = workshop_in(home / "workspace")
    return create_app(workshop, settings=Settings(token=None)).test_client()


def outside(home: Path) -> list[str]:
    """Return what stands beside the workspace, apart from what was there before."""
    return [path.name for path in home.iterdir() if path.name not in ("workspace", "precious.txt")]


@pytest.mark.security
def test_no_name_or_slug_through_the_api_is_evaluated_or_leaves_the_zip(
    client: FlaskClient, home: Path
) -> None:
    tried = 0
    for value, field in product(VALUES, ("name", "slug")):
        for framework in WORKSHOP.scaffolds if LONG else ["django"]:
            query = {"framework": framework, "name": "Shelf", field: value}
            answer = client.get("/api/zip", query_string=query, headers=HOME)
            tried += 1
            assert answer.status_code < 500, value
            if answer.status_code == 200:
                with zipfile.ZipFile(io.BytesIO(answer.data)) as zipped:
                    top = {name.split("/")[0] for name in zipped.namelist()}
                    assert len(top) == 1
                    assert top.pop().isidentifier()
                    assert not any(b"1337" in zipped.read(name) for name in zipped.namelist())
    assert tried >= 600
    assert not outside(home)


@pytest.mark.security
def test_no_name_through_the_page_or_the_api_writes_outside(
    client: FlaskClient, home: Path
) -> None:
    headers = {**HOME, "Sec-Fetch-Site": "same-origin"}
    for number, value in enumerate(VALUES):
        framework = list(WORKSHOP.scaffolds)[number % 3]
        page = client.post("/build", data={"framework": framework, "name": value}, headers=headers)
        sent = {"framework": framework, "name": value, "slug": value}
        api = client.post("/api/projects", json=sent, headers=headers)
        for answer in (page, api):
            assert answer.status_code < 500, value
            assert str(home) not in answer.text or answer.status_code < 400
            assert "Traceback" not in answer.text
    assert not outside(home)
    assert (home / "precious.txt").read_text() == "mine"
    for project in (home / "workspace").iterdir():
        assert project.name.removesuffix("-").isidentifier()
        for path in project.rglob("*"):
            assert not path.is_file() or b"1337" not in path.read_bytes()


@pytest.mark.security
def test_no_name_through_the_command_line_writes_outside(home: Path) -> None:
    runner = CliRunner()
    for value in VALUES if LONG else VALUES[::4]:
        if "\0" in value:
            continue  # no operating system can hand it over
        arguments = ["--workspace", str(home / "workspace"), "new", "flask", f"--name={value}"]
        result = runner.invoke(sandbox, arguments)
        assert result.exception is None or isinstance(result.exception, (SandboxError, SystemExit))
        assert "1337" not in result.output
    assert not outside(home)


@pytest.mark.security
def test_the_naive_way_would_evaluate_such_a_name(tmp_path: Path) -> None:
    """The negative control: cookiecutter itself takes a name for a template."""
    code = (
        "from cookiecutter.main import cookiecutter; import sys;"
        "cookiecutter(sys.argv[1], no_input=True, output_dir=sys.argv[2],"
        "extra_context={'project_name': '{{ 7 * 191 }}', 'project_slug': 'x'})"
    )
    scaffold = WORKSHOP.scaffold("flask").folder
    subprocess.run(
        [sys.executable, "-c", code, str(scaffold), str(tmp_path)],
        env={**os.environ, "HOME": str(tmp_path)},
        check=True,
        capture_output=True,
    )
    assert "1337" in (tmp_path / "x" / "README.md").read_text()


def random_text(chance: random.Random) -> str:
    alphabets = [
        string.ascii_letters + string.digits + " _-",
        string.printable,
        "{}%#:'\"\\/.$`<>&;|\n\r\t\0",
        "éßİñçДж日本語हिन्दी‮​﻿ﬁＡ①²",
        "".join(chr(chance.randrange(0x110000)) for _ in range(8)),
    ]
    return "".join(chance.choice(chance.choice(alphabets)) for _ in range(chance.randrange(1, 24)))


@pytest.mark.security
def test_the_validator_lets_nothing_unsafe_through() -> None:
    seed = random.randrange(2**32) if LONG else 8
    print(f"seed {seed}")
    chance = random.Random(seed)
    accepted = 0
    for _ in range(300_000 if LONG else 20_000):
        name = random_text(chance)
        slug = random_text(chance) if chance.random() < 0.3 else None
        try:
            request = WORKSHOP.request("flask", name=name, slug=slug)
        except RequestError:
            continue
        accepted += 1
        assert all(letter.isalnum() or letter in " -_" or letter.isprintable() for letter in name)
        assert not set(request.name) & set("{}%#:'\"\\/.$`<>&;|\n\r\t\0")
        assert request.slug.isascii()
        assert request.slug.isidentifier()
        assert len(request.slug) <= 40
    assert accepted > 100


SPELLINGS = [
    "../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..\\", "..%5c", "....//", "%252e%252e%252f", "/", "//",
    "%00", "..;/", "%c0%ae%c0%ae/", "\\\\", "file:///", "C:/", "~/", "./", "%2f", "%ff",
]  # fmt: skip
TARGETS = ["precious.txt", "etc/passwd", "pyproject.toml", "sandbox/errors.py", "workspace/x"]
PREFIXES = ["/static/", "/learn/", "/learn/flask/", "/api/lessons/", "/api/lessons/flask/", "/"]


@pytest.mark.slow
@pytest.mark.security
def test_no_spelling_of_a_path_gives_a_foreign_byte(client: FlaskClient, home: Path) -> None:
    secrets = ["mine", "root:", "class SandboxError", 'name = "framework-sandbox"']
    tried = 0
    for prefix, spelling, target, depth in product(PREFIXES, SPELLINGS, TARGETS, (1, 4)):
        answer = client.get(f"{prefix}{spelling * depth}{target}", headers=HOME)
        tried += 1
        assert answer.status_code in (301, 302, 303, 308, 400, 404, 405), (prefix, spelling)
        assert not [secret for secret in secrets if secret in answer.text]
    for spelling, target in product(SPELLINGS, TARGETS):
        for field in ("project", "column", "framework", "features", "concept"):
            query = {field: f"{spelling * 4}{target}"}
            for path in ("/compare", "/compare/diff", "/build", "/api/compare", "/api/zip"):
                answer = client.get(path, query_string=query, headers=HOME)
                tried += 1
                assert answer.status_code < 500, (path, query)
                assert not [secret for secret in secrets[1:] if secret in answer.text]
    assert tried >= 500
    assert home.exists()
