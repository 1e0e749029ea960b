"""`sandbox list` shows what is whole and says of the rest what is wrong with it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.workspace.test_workspace import nobody_special

DAMAGE = {"broken": "nonsense", "foreign": 'framework = "rails"\nname = ""\nslug = ""\n[features]'}


@pytest.fixture
def damaged(run: Run, workspace: Path) -> Path:
    """Return a workspace in which one project is whole and two are not."""
    for name in ("whole", *DAMAGE):
        run("new", "flask", "--slug", name)
    for name, record in DAMAGE.items():
        (workspace / name / ".sandbox/project.toml").write_text(record)
    return workspace


def test_damaged_projects_hide_none(run: Run, damaged: Path) -> None:
    shown = run("list")
    assert shown.code == 0
    assert "whole" in shown.out
    assert "“broken” cannot be used as a project." in shown.err
    assert "“foreign” was made for 'rails'" in shown.err
    told = run("list", "--json").json
    assert [each["slug"] for each in told["projects"]] == ["whole"]
    assert [each["name"] for each in told["damaged"]] == ["broken", "foreign"]


def test_compare_and_lessons_go_on_beside_damaged_projects(run: Run, damaged: Path) -> None:
    assert run("compare", "whole", "flask").code == 0
    assert run("lesson", "flask").code == 0
    refused = run("compare", "broken")
    assert refused.code == 2
    assert "it is not TOML" in refused.err


@pytest.mark.skipif(os.name == "nt", reason="users are POSIX")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["list"], 2),
        (["new", "flask"], 2),
        (["new", "flask", "--into", "here"], 0),
        (["recommend", "--answer", "goal=prototype"], 0),
        (["compare", "flask"], 0),
        (["lesson", "flask"], 0),
        (["list", "features"], 0),
        (["lint"], 0),
    ],
)
def test_without_a_home_only_the_workspace_is_missing(
    words: list[str], code: int, tmp_path: Path
) -> None:
    """As in a container that runs as a user without an entry in the list of users."""
    start = (
        "import os, pwd, sys; os.environ.pop('HOME', None)\n"
        "def nobody(uid): raise KeyError(uid)\n"
        "pwd.getpwuid = nobody\n"
        "from sandbox.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", start, *words],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert (code == 0) != ("knows no home folder" in done.stderr)


def test_a_workspace_named_with_a_tilde_is_in_the_home(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from sandbox.cli import main; main()", "new", "flask"],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path / "home"), "SANDBOX_WORKSPACE": "~/x"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "home/x/shelf/README.md").is_file()


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_what_needs_no_workspace_works_beside_one_that_nobody_may_read(
    run: Run, workspace: Path
) -> None:
    expected = run("list", "questions").out
    workspace.mkdir(mode=0o000)
    with nobody_special():
        found = run("list", "questions")
    workspace.chmod(0o755)
    assert (found.code, found.out) == (0, expected)


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_odd_names_leave_the_table_readable(run: Run, workspace: Path) -> None:
    for name in ("huge", "two\nlines", "whole"):
        run("new", "flask", "--slug", "whole")
        (workspace / "whole").rename(workspace / name)
    record = workspace / "huge" / ".sandbox" / "project.toml"
    text = record.read_text(encoding="utf-8")
    odd = text.replace('name = "Shelf"', 'name = "a\\u202eb' + "n" * 100_000 + '"')
    record.write_text(odd, encoding="utf-8")
    header, *rows = run("list").out.splitlines()
    assert len(rows) == 3
    assert max(len(row) for row in (header, *rows)) < 300
    assert not set("\u202e\0") & set("".join(rows))
