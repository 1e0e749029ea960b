"""The same app in every framework: what is there already is used, what is missing is made."""

from pathlib import Path

from sandbox.workshop import open_workshop


def names(folder: Path, framework: str = "all", features: tuple[str, ...] = ()) -> list[str]:
    workshop = open_workshop(folder)
    found = workshop.found_or_made(workshop.requests([framework], features=features))
    return [each.folder.name for each in found]


def test_a_second_time_nothing_is_made(tmp_path: Path) -> None:
    first = names(tmp_path)
    assert sorted(first) == ["shelf-django", "shelf-fastapi", "shelf-flask"]
    assert names(tmp_path) == first
    assert len(open_workshop(tmp_path).projects()) == 3


def test_a_project_is_found_whatever_its_folder_is_called(tmp_path: Path) -> None:
    names(tmp_path, "flask")
    (tmp_path / "shelf-flask").rename(tmp_path / "mine")
    assert names(tmp_path, "flask") == ["mine"]


def test_a_folder_that_is_taken_by_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "shelf-flask").mkdir()
    assert sorted(names(tmp_path)) == ["shelf_2-django", "shelf_2-fastapi", "shelf_2-flask"]
    assert [*(tmp_path / "shelf-flask").iterdir()] == []


def test_other_features_are_another_app(tmp_path: Path) -> None:
    names(tmp_path, "flask")
    assert names(tmp_path, "flask", ("routes",)) == ["shelf_2-flask"]
    assert names(tmp_path, "flask", ("routes",)) == ["shelf_2-flask"]
