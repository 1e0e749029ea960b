"""`sandbox compare` shows frameworks and a learner's own, edited projects in columns."""

from pathlib import Path

from tests.cli.conftest import Run


def test_every_framework_says_who_does_the_work_and_where(run: Run) -> None:
    shown = run("compare", "--features", "routes")
    told = run("compare", "--features", "routes", "--json").json
    assert shown.code == 0
    for row in told["rows"]:
        assert f"{row['concept']['title']} ({row['concept']['id']})" in shown.out
        for cell in row["cells"].values():
            assert (cell["reason"] or cell["note"]) in shown.out


def test_one_concept_comes_with_its_code_and_documentation(run: Run) -> None:
    words = ("compare", "flask", "django", "--concept", "hello_route")
    [row] = run(*words, "--json").json["rows"]
    shown = run(*words).out
    for cell in row["cells"].values():
        first = cell["excerpt"]["first_line"]
        assert f"{first:>4}  {cell['excerpt']['text'].splitlines()[0]}" in shown
        assert cell["docs"] in shown


def test_what_goes_beyond_a_note_comes_with_the_one_concept_it_is_about(run: Run) -> None:
    [row] = run("compare", "django", "--concept", "running", "--json").json["rows"]
    more = row["cells"]["django"]["more"]
    assert more
    assert more in run("compare", "django", "--concept", "running").out
    assert more not in run("compare", "django").out


def test_a_learners_edited_project_is_a_column(run: Run, workspace: Path) -> None:
    run("new", "flask", "--name", "Mine")
    [column] = run("compare", "mine", "--concept", "hello_route", "--json").json["columns"]
    assert column["key"] == "mine"

    [row] = run("compare", "mine", "--concept", "hello_route", "--json").json["rows"]
    place = workspace / "mine" / row["cells"]["mine"]["excerpt"]["path"]
    place.write_text(f"# my note\n{place.read_text(encoding='utf-8')}", encoding="utf-8")
    folder = str(workspace / "mine")
    [edited] = run("compare", folder, "flask", "--concept", "hello_route", "--json").json["rows"]
    assert list(edited["cells"]) == ["mine", "flask"]
    first_line = row["cells"]["mine"]["excerpt"]["first_line"]
    assert edited["cells"]["mine"]["excerpt"]["first_line"] == first_line + 1


def test_escape_codes_in_a_project_do_not_reach_the_terminal(run: Run, workspace: Path) -> None:
    run("new", "flask", "--name", "Mine")
    [row] = run("compare", "mine", "--concept", "hello_route", "--json").json["rows"]
    place = workspace / "mine" / row["cells"]["mine"]["excerpt"]["path"]
    text = place.read_text(encoding="utf-8")
    code = row["cells"]["mine"]["excerpt"]["text"].splitlines()[-1]
    place.write_text(text.replace(code, f"{code}  # \x1b]0;title\x07"), encoding="utf-8")
    shown = run("compare", "mine", "--concept", "hello_route").out
    assert "]0;title" in shown
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_a_folder_that_is_no_project_is_refused(run: Run, tmp_path: Path) -> None:
    refused = run("compare", str(tmp_path))
    assert refused.code == 2
    assert "is not a project of this sandbox" in refused.err


def test_two_projects_of_one_name_are_two_columns(run: Run, tmp_path: Path) -> None:
    for who in ("alice", "bob"):
        run("new", "flask", "--into", str(tmp_path / who))
    folders = [str(tmp_path / who / "shelf") for who in ("alice", "bob")]
    told = run("compare", *folders, folders[0], "--json").json["columns"]
    assert [column["key"] for column in told] == ["alice/shelf", "bob/shelf"]
    assert [column["title"] for column in told] == ["alice/shelf (Flask)", "bob/shelf (Flask)"]


def test_a_folder_called_like_a_framework_is_a_column_of_its_own(run: Run, tmp_path: Path) -> None:
    run("new", "django", "--into", str(tmp_path))
    folder = (tmp_path / "shelf").rename(tmp_path / "django")
    told = run("compare", "django", str(folder), "--json").json["columns"]
    assert [column["key"] for column in told] == ["django", f"{tmp_path.name}/django"]


def test_a_file_that_is_no_text_is_told_as_such(run: Run, workspace: Path) -> None:
    run("new", "flask", "--name", "Mine")
    (workspace / "mine/app/hello.py").write_bytes("# Bücherei".encode("latin-1"))
    [row] = run("compare", "mine", "--concept", "hello_route", "--json").json["rows"]
    reason = row["cells"]["mine"]["reason"]
    assert reason == "app/hello.py is there but cannot be read: it is not UTF-8 text."
