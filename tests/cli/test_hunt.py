"""`sandbox hunt`: list, begin, hint and check."""

from pathlib import Path

from tests.cli.conftest import Run
from tests.contract.conftest import serving
from tests.contract.reference import Reference


def test_the_list_goes_from_easy_to_hard(run: Run) -> None:
    told = run("hunt", "list", "flask", "--json").json["hunts"]
    assert (told[0]["level"], told[-1]["level"]) == ("easy", "hard")
    assert told[0]["complaint"] in run("hunt", "list", "flask").out


def test_a_hunt_begins_with_a_complaint_and_each_time_with_another(
    run: Run, workspace: Path
) -> None:
    first = run("hunt", "django", "--feature", "routes", "--json").json
    second = run("hunt", "django", "--feature", "routes", "--json").json
    assert first["complaint"] != second["complaint"]
    assert Path(first["folder"]).parent == workspace
    third = run("hunt", "django", "--number", "40").out
    assert "Find the line" in third


def test_hints_are_counted(run: Run) -> None:
    folder = run("hunt", "flask", "--json").json["folder"]
    numbers = [run("hunt", "hint", folder, "--json").json["number"] for _ in range(5)]
    assert numbers == [1, 2, 3, 4, 4]


def test_a_mended_app_is_told_why_and_a_broken_one_is_not(run: Run) -> None:
    made = run("hunt", "flask", "--feature", "routes", "--json").json
    with serving(Reference(frozenset(made["features"]))) as url:
        done = run("hunt", "check", made["folder"], "--url", url)
    assert done.code == 0
    assert "What it was: " in done.out
    with serving(Reference(frozenset({"hello"}))) as url:
        done = run("hunt", "check", made["folder"], "--url", url)
    assert done.code == 1
    assert "It is still there." in done.out
    assert "What it was" not in done.out


def test_an_unknown_feature_or_number_is_a_sentence(run: Run) -> None:
    assert "no hunt" in run("hunt", "flask", "--feature", "colours").err
    assert "no hunt 9999" in run("hunt", "flask", "--number", "9999").err
