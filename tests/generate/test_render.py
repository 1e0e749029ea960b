import io
import os
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sandbox.errors import ScaffoldError
from sandbox.generate import FileTree, archive, load_scaffold, render
from sandbox.generate.scaffold import IGNORED, TEMPLATE_FOLDER
from sandbox.workspace import read_tree
from tests.support.variants import (
    EDGE_VARIANTS,
    EVERY_FRAMEWORK,
    FRAMEWORKS,
    WORKSHOP,
    pairwise_sets,
    request,
    tree,
)


def run_cookiecutter(scaffold: Path, into: Path, switches: dict[str, str]) -> Path:
    home = into / "home"
    home.mkdir(parents=True)
    extra = [f"{key}={value}" for key, value in switches.items()]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "cookiecutter",
            str(scaffold),
            "--no-input",
            "-o",
            str(into),
            *extra,
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "HOME": str(home), "USERPROFILE": str(home)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return into / "shelf"


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_render_equals_the_plain_cookiecutter_command(framework: str, tmp_path: Path) -> None:
    for features in ((), WORKSHOP.scaffold(framework).offers):
        hold_equal(framework, features, tmp_path / str(len(features)))


@pytest.mark.slow
@pytest.mark.parametrize(("framework", "features"), EDGE_VARIANTS)
def test_each_feature_equals_the_plain_cookiecutter_command(
    framework: str, features: tuple[str, ...], tmp_path: Path
) -> None:
    hold_equal(framework, features, tmp_path)


def hold_equal(framework: str, features: tuple[str, ...], tmp_path: Path) -> None:
    scaffold = WORKSHOP.scaffold(framework)
    switches = {each: "yes" if each in features else "no" for each in scaffold.offers}
    made = run_cookiecutter(scaffold.folder, tmp_path, switches)
    expected = {
        path.relative_to(made).as_posix(): path.read_bytes()
        for path in sorted(made.rglob("*"))
        if path.is_file()
    }
    rendered = {path: text.encode() for path, text in tree(framework, features).items()}
    assert rendered == expected


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_what_tools_leave_in_a_template_changes_nothing(framework: str, tmp_path: Path) -> None:
    original = WORKSHOP.scaffold(framework)
    copy = tmp_path / framework
    shutil.copytree(original.folder, copy, ignore=shutil.ignore_patterns(*IGNORED))
    project = copy / TEMPLATE_FOLDER
    planted = ["__pycache__/a.pyc", ".ruff_cache/0/x", ".venv/bin/python", "db.sqlite3", "x.db"]
    for path in planted:
        target = project / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"{{ broken #: \xff\x00")
    wanted = request(framework, original.offers)
    assert render(load_scaffold(copy, WORKSHOP.knowledge), wanted) == render(original, wanted)
    made = run_cookiecutter(copy, tmp_path / "plain", {})
    assert read_tree(made) == render(original, wanted)
    assert not [path for path in planted if (made / path).exists()]


def test_the_line_ends_of_a_checkout_change_nothing(tmp_path: Path) -> None:
    original = WORKSHOP.scaffold("flask")
    shutil.copytree(original.folder, tmp_path / "flask", ignore=shutil.ignore_patterns(*IGNORED))
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    wanted = request("flask", original.offers)
    assert render(load_scaffold(tmp_path / "flask", WORKSHOP.knowledge), wanted) == render(
        original, wanted
    )


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_in_a_template_is_no_part_of_it(tmp_path: Path) -> None:
    original = WORKSHOP.scaffold("flask")
    shutil.copytree(original.folder, tmp_path / "flask", ignore=shutil.ignore_patterns(*IGNORED))
    (tmp_path / "secret.txt").write_text("secret")
    project = tmp_path / "flask" / TEMPLATE_FOLDER
    (project / "app" / "secret.txt").symlink_to(tmp_path / "secret.txt")
    (project / "linked").symlink_to(tmp_path)
    assert load_scaffold(tmp_path / "flask", WORKSHOP.knowledge).template == original.template


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_every_template_file_has_one_owner(framework: str) -> None:
    scaffold = WORKSHOP.scaffold(framework)
    for path in scaffold.template:
        assert scaffold.owner(path) in ("hello", *scaffold.offers)
    for claims in scaffold.feature_paths.values():
        for claim in claims:
            assert any(
                path == claim or (claim.endswith("/") and path.startswith(claim))
                for path in scaffold.template
            ), claim


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_the_template_holds_just_what_git_tracks(framework: str) -> None:
    folder = WORKSHOP.scaffold(framework).folder / TEMPLATE_FOLDER
    listed = subprocess.run(
        ["git", "ls-files", "-z", "."], cwd=folder, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    tracked = [path for path in listed.stdout.split("\0") if path]
    assert sorted(WORKSHOP.scaffold(framework).template) == sorted(tracked)


@pytest.mark.load
def test_fifty_threads_render_the_right_bytes() -> None:
    sets = [(each, features) for each in FRAMEWORKS for features in pairwise_sets(each)]
    wanted = [(*sets[number % len(sets)], f"Club {number}") for number in range(1000)]

    def one(item: tuple[str, tuple[str, ...], str]) -> FileTree:
        return WORKSHOP.tree(request(item[0], item[1], item[2]))

    with ThreadPoolExecutor(50) as pool:
        trees = list(pool.map(one, wanted))
    render.cache_clear()
    assert trees == [one(item) for item in wanted]


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_a_zip_holds_the_tree_in_one_folder_and_is_the_same_each_time(framework: str) -> None:
    files = tree(framework)
    zipped = archive({"shelf": files})
    with zipfile.ZipFile(io.BytesIO(zipped)) as opened:
        inside = {name: opened.read(name).decode() for name in opened.namelist()}
        modes = {entry.external_attr >> 16 for entry in opened.infolist()}
    assert inside == {f"shelf/{path}": text for path, text in files.items()}
    assert modes == {0o100644}
    assert archive({"shelf": files}) == zipped


@pytest.mark.security
@pytest.mark.parametrize("path", ["../x", "/x", "a/../b", "a//b", "", ".", "a\\b", "c:/x", "a\0"])
def test_a_tree_refuses_a_path_that_could_leave_the_project(path: str) -> None:
    with pytest.raises(ScaffoldError):
        FileTree({path: ""})
