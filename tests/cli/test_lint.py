"""`sandbox lint` answers with its exit code what it says in words."""

from tests.cli.conftest import Run


def test_the_exit_code_says_whether_there_are_problems(run: Run) -> None:
    told = run("lint", "--json")
    shown = run("lint")
    assert told.code == shown.code == (0 if told.json["ok"] else 1)
    for problem in told.json["problems"]:
        assert problem in shown.out
