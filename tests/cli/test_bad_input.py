"""Whatever is typed wrongly ends in one sentence, a hint and exit code 2; nothing is written."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

REFUSED = {
    "unknown framework": ("new rails", "no framework called 'rails'"),
    "all are named too": ("new rails", "Choose django, flask, fastapi or all."),
    "no framework": ("new", "Missing argument 'FRAMEWORK...'"),
    "unknown feature": ("new flask --features databse", 'Did you mean "database"?'),
    "two ways to choose": ("new flask --features routes --all-features", "exclude each other"),
    "two places": ("new flask --into here --zip there.zip", "exclude each other"),
    "bad name": ("new flask --name a/b", "cannot contain “/”"),
    "template in a name": ("new flask --name {{7*7}}", "cannot contain “{”"),
    "reserved name": ("new flask --name json", "standard library"),
    "empty name": ("new flask --name=", "no name"),
    "bad slug": ("new flask --slug ../x", "must be 1 to 40"),
    "zip into nowhere": ("new flask --zip no/such/folder/x.zip", "cannot be written"),
    "nameless folder": ("new flask --into=", "An empty path names no place"),
    "nameless zip": ("new flask --zip=", "An empty path names no place"),
    "home of nobody": ("new flask --into ~no-such-user/x", "no home folder for '~no-such-user/x'"),
    "folder that is not there": ("compare flask no/such", "“such” is not a project"),
    "name longer than any folder's": (f"compare {'a' * 300}", "neither a framework nor a project"),
    "nobody to ask": ("recommend", "Without a terminal there is nobody to ask"),
    "unknown question": ("recommend --answer colour=red", 'no question "colour"'),
    "unknown option": ("recommend --answer product=shop", 'no option "shop"'),
    "no equals sign": ("recommend --answer product", "has no “=”"),
    "too many picks": ("recommend --answer builtins=admin,pages,auth", "3 answers; 2 allowed"),
    "none and more": ("recommend --answer builtins=none,auth", "cannot stand beside"),
    "too many important": (
        "recommend --answer goal=prototype --important goal,product,size",
        "names 3 questions; 2 allowed",
    ),
    "important alone": ("recommend --important goal", "needs the --answer"),
    "no such column": ("compare flask nowhere", "neither a framework nor a project folder"),
    "unknown concept": ("compare --concept routing", "no concept called 'routing'"),
    "concept not there": ("compare --concept migrations", "Add the feature 'database'"),
    "no such lesson": ("lesson flask cooking", "no flask lesson called 'cooking'"),
    "lesson of nothing": ("lesson rails", "no framework called 'rails'"),
    "lesson of all": ("lesson all", "Choose django, flask or fastapi."),
    "check of no project": ("lesson check . --url http://127.0.0.1:1", "is not a project"),
    "nothing answers": ("check http://127.0.0.1:1", "Nothing answers"),
    "no address": ("check nonsense", "not the address of an app"),
    "unknown feature to check": ("check http://127.0.0.1:1 --features x", 'no feature "x"'),
    "no such program": (
        "check http://127.0.0.1:1 --start no-such-program",
        "'no-such-program' cannot be started",
    ),
    "open quotes": ('check http://127.0.0.1:1 --start "', "cannot be read"),
    "unknown list": ("list colours", "'colours' is not one of"),
    "unknown command": ("fly", "There is no command 'fly'"),
    "unknown option name": ("new flask --fast", "No such option"),
    "option without a value": ("new flask --features", "sandbox new --help`."),
    "option of the pages alone": ("--no-open", "Write it as in `"),
    "impossible port": ("serve --port 70000", "70000"),
    "nowhere to listen": ("serve --host=", "no address or name of a computer"),
    "host in no encoding": ("serve --host=\udcff", "no address or name of a computer"),
    "host with a scheme": ("serve --host http://localhost", "no address or name of a computer"),
    "host with a port": ("serve --host 127.0.0.1:80", "no address or name of a computer"),
    "host that is too long": (f"serve --host {'a' * 64}", "no address or name of a computer"),
    "host of another computer": ("serve --host 192.0.2.1", "Name an address of this computer"),
    "path with a space": ("serve --base-url=/a\u00a0b", "not a path to serve"),
    "path as an address": ("serve --base-url https://sandbox.example/x", "not a path to serve"),
    "path with a query": ("serve --base-url /x?y", "not a path to serve"),
    "path upwards": ("serve --base-url /x/../y", "not a path to serve"),
    "name as an address": ("serve --allow-host https://sandbox.example/", "Write the name alone"),
    "name with a port": ("serve --allow-host sandbox.example:80", "Write the name alone"),
    "name of nothing": ("serve --allow-host=", "Write the name alone"),
}


@pytest.mark.parametrize(("typed", "said"), REFUSED.values(), ids=REFUSED)
def test_bad_input_is_one_sentence_and_exit_code_2(
    typed: str, said: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = run(*typed.split(" "))
    complaint = refused.err.partition("Error: ")[2]
    assert refused.code == 2
    assert said in complaint
    assert refused.out == ""
    assert len(complaint.splitlines()) <= 2
    assert "Traceback" not in refused.err
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_that_cannot_be_written_is_named(run: Run, workspace: Path) -> None:
    workspace.mkdir()
    (workspace / "file").write_text("", encoding="utf-8")
    refused = run("new", "flask", "--into", str(workspace / "file"))
    assert refused.code == 2
    assert "cannot be written" in refused.err
    assert [path.name for path in workspace.iterdir()] == ["file"]


def test_escape_codes_in_what_was_typed_do_not_reach_the_terminal(run: Run) -> None:
    refused = run("new", "flask", "--features", "\x1b[31mred")
    assert refused.code == 2
    assert "\x1b" not in refused.err


def test_a_name_in_no_encoding_is_refused_and_shown_escaped(run: Run) -> None:
    refused = run("new", "flask", "--name", "caf\udce9")
    assert refused.code == 2
    assert "A project name cannot contain" in refused.err
