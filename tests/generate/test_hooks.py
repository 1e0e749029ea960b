"""The plain `cookiecutter` command: the same lock as ours, and nothing of the user's is lost."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

import pytest

from sandbox.errors import RequestError
from sandbox.generate.hooks import hooks
from sandbox.generate.scaffold import IGNORED, TEMPLATE_FOLDER
from tests.support.variants import EVERY_FRAMEWORK, FRAMEWORKS, WORKSHOP, request, tree

# The hooks come from one text, so that one framework tells nearly all of the others.
ONE_AND_THEN_THE_OTHERS = [
    pytest.param(each, id=each, marks=[pytest.mark.slow] if number else [])
    for number, each in enumerate(FRAMEWORKS)
]
ABOVE = "thesis.txt"
OWN = {
    "thesis.txt": b"x\n",
    ".git/HEAD": b"ref: refs/heads/main\n",
    "build/result.bin": b"\0\xff",
    ".venv/bin/python": b"mine",
    "app/db.py": b"# mine, where a feature that is off has a file\n",
    "app/templates/mine.html": b"<p>mine",
    "app/books.without-database.py": b"# mine, named as a stand-in",
    "shelf/templates/shelf/mine.html": b"<p>mine",
    "migrations/notes.txt": b"mine",
}


def generate(
    scaffold: Path, into: Path, *options: str, **answers: str
) -> subprocess.CompletedProcess[str]:
    """Run the plain command with these answers; `into` is its output folder."""
    home = into.parent / "home"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [
            *(sys.executable, "-m", "cookiecutter", str(scaffold), "--no-input"),
            *("-o", str(into), *options),
            *(f"{name}={value}" for name, value in answers.items()),
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "HOME": str(home), "USERPROFILE": str(home)},
        check=False,
    )


def plant(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return the folder in which the projects are made, with a file that is nobody's business."""
    folder = tmp_path / "out"
    plant(folder, {ABOVE: b"above"})
    return folder


def off(framework: str) -> dict[str, str]:
    return dict.fromkeys(WORKSHOP.scaffold(framework).offers, "no")


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_the_hooks_are_as_they_are_generated(framework: str) -> None:
    scaffold, known = WORKSHOP.scaffold(framework), WORKSHOP.knowledge
    for name, text in hooks(scaffold, known.features, known.frameworks).items():
        standing = (scaffold.folder / "hooks" / name).read_bytes()
        assert standing == text.encode(), "run `python -m sandbox.generate.hooks`"


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_no_folder_of_a_template_is_copied_whole(framework: str) -> None:
    """Cookiecutter would remove what the user has in a folder of that name."""
    scaffold = WORKSHOP.scaffold(framework)
    folders = {parent.as_posix() for path in scaffold.template for parent in Path(path).parents}
    for folder in folders - {"."}:
        assert not [each for each in scaffold.copy_only if fnmatch(folder, each)], folder


@pytest.mark.parametrize("options", [["-f", "-s"], ["-f"]], ids=["skip", "overwrite"])
@pytest.mark.parametrize("framework", ONE_AND_THEN_THE_OTHERS)
def test_a_folder_that_was_there_keeps_every_file(
    framework: str, options: list[str], out: Path
) -> None:
    plant(out / "shelf", OWN)
    (out / "shelf" / "app" / "static").mkdir()
    scaffold = WORKSHOP.scaffold(framework)
    done = generate(scaffold.folder, out, *options, **off(framework))
    assert done.returncode == 0, done.stderr
    hello = {path: text.encode() for path, text in tree(framework).items()}
    assert contents(out / "shelf") == {**hello, **OWN}
    assert (out / "shelf" / "app" / "static").is_dir()
    assert (out / ABOVE).read_bytes() == b"above"


@pytest.mark.parametrize("framework", ONE_AND_THEN_THE_OTHERS)
def test_an_edited_project_keeps_all_its_files_when_existing_ones_are_skipped(
    framework: str, out: Path
) -> None:
    offers = WORKSHOP.scaffold(framework).offers
    project = WORKSHOP.create([request(framework, offers)], out)[0].folder
    for path in contents(project):
        with (project / path).open("ab") as file:
            file.write(b"\n# edited\n")
    plant(project, {"thesis.txt": b"x", ".git/HEAD": b"ref"})
    before = contents(project)
    for switches in (off(framework), {}):
        done = generate(WORKSHOP.scaffold(framework).folder, out, "-f", "-s", **switches)
        assert done.returncode == 0, done.stderr
        assert {path: contents(project).get(path) for path in before} == before
    assert contents(project) == before


@pytest.mark.parametrize("framework", ONE_AND_THEN_THE_OTHERS)
def test_overwriting_makes_the_new_project_and_removes_nothing(framework: str, out: Path) -> None:
    offers = WORKSHOP.scaffold(framework).offers
    project = WORKSHOP.create([request(framework, offers)], out)[0].folder
    before = contents(project)
    done = generate(WORKSHOP.scaffold(framework).folder, out, "-f", **off(framework))
    assert done.returncode == 0, done.stderr
    hello = {path: text.encode() for path, text in tree(framework).items()}
    assert contents(project) == {**before, **hello}


@pytest.mark.security
@pytest.mark.parametrize("slug", [".", "..", "../beside", "a/b", "C:\\new", "flask"])
def test_a_folder_name_that_we_refuse_is_refused_and_touches_nothing(slug: str, out: Path) -> None:
    plant(out, OWN)
    before = contents(out.parent)
    done = generate(WORKSHOP.scaffold("flask").folder, out, "-f", "-s", project_slug=slug)
    with pytest.raises(RequestError) as refused:
        WORKSHOP.request("flask", slug=slug)
    assert done.returncode == 1
    assert str(refused.value) in done.stderr
    assert "Traceback" not in done.stderr
    left = contents(out.parent)
    assert {path: left.get(path) for path in before} == before
    assert not [path for path in left if path not in before and not path.startswith("home/")]


REFUSED = ["flask", 'Ada\'s "Shelf"', "a/b", "C:\\new", "Shelf "]
MORE_REFUSED = [
    "json", "class", " Shelf", "x" * 61, "2 books", "<b>", "nul", "a\u202eb", "50%", '"""', "it's",
    "a\\", "🎉", "___",
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(
    ("framework", "name"),
    [
        *((each, "django") for each in FRAMEWORKS),
        *(("flask", name) for name in REFUSED),
        *(pytest.param("flask", name, marks=pytest.mark.slow) for name in MORE_REFUSED),
    ],
)
def test_a_name_that_we_refuse_is_refused_in_the_same_words(
    framework: str, name: str, out: Path
) -> None:
    done = generate(WORKSHOP.scaffold(framework).folder, out, project_name=name)
    with pytest.raises(RequestError) as refused:
        WORKSHOP.request(framework, name=name)
    assert done.returncode == 1
    assert str(refused.value) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["Bücherei Zürich", "日本 2"])
def test_a_name_gives_the_same_project_as_ours(name: str, out: Path) -> None:
    wanted = request("flask", WORKSHOP.scaffold("flask").offers, name)
    done = generate(WORKSHOP.scaffold("flask").folder, out, project_name=name)
    assert done.returncode == 0, done.stderr
    made = contents(out / wanted.slug)
    assert made == {path: text.encode() for path, text in WORKSHOP.tree(wanted).items()}


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_a_feature_without_its_needs_is_refused(framework: str, out: Path) -> None:
    done = generate(WORKSHOP.scaffold(framework).folder, out, routes="no")
    assert "The feature validation needs routes: switch it on" in done.stderr
    assert not (out / "shelf").exists()


def test_an_older_cookiecutter_is_told_the_least_version(out: Path, tmp_path: Path) -> None:
    """An old one, made of the new: all it must do is to hand strings for switches to the hooks."""
    old = tmp_path / "old"
    old.mkdir()
    package = Path(sys.modules["cookiecutter"].__file__ or "").parent
    shutil.copytree(package, old / "cookiecutter")
    version = old / "cookiecutter" / "__init__.py"
    version.write_text('__version__ = "2.1.1"\n')
    done = subprocess.run(
        [sys.executable, "-m", "cookiecutter", WORKSHOP.scaffold("flask").folder, "--no-input"],
        cwd=out,
        env={**os.environ, "PYTHONPATH": str(old), "HOME": str(old)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "This template needs cookiecutter 2.4 or newer; this is 2.1.1." in done.stderr
    assert not (out / "shelf").exists()


def test_what_an_interrupted_run_put_aside_is_kept(out: Path) -> None:
    plant(out / "shelf", {".before-cookiecutter/README.md": b"mine"})
    done = generate(WORKSHOP.scaffold("flask").folder, out, "-f")
    assert done.returncode == 1
    assert "as they were before an interrupted run" in done.stderr
    assert contents(out / "shelf") == {".before-cookiecutter/README.md": b"mine"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("link", ["app", "README.md", "app/templates"])
def test_nothing_is_written_through_a_link(link: str, out: Path) -> None:
    elsewhere = out / "elsewhere"
    plant(elsewhere, {"README.md": b"mine", "db.py": b"mine"})
    target = out / "shelf" / link
    target.parent.mkdir(parents=True)
    target.symlink_to(elsewhere / "README.md" if "." in link else elsewhere)
    done = generate(WORKSHOP.scaffold("flask").folder, out, "-f")
    assert done.returncode == 1
    assert f"{link} is a link." in done.stderr
    assert contents(elsewhere) == {"README.md": b"mine", "db.py": b"mine"}


def test_the_litter_of_a_template_replaces_nothing_of_the_users(out: Path, tmp_path: Path) -> None:
    copy = tmp_path / "flask"
    shutil.copytree(
        WORKSHOP.scaffold("flask").folder, copy, ignore=shutil.ignore_patterns(*IGNORED)
    )
    litter = {
        ".venv/bin/python": b"litter",
        "build/x": b"{{ broken",
        "app/__pycache__/a.pyc": b"\0",
    }
    plant(copy / TEMPLATE_FOLDER, litter)
    plant(out / "shelf", OWN)
    done = generate(copy, out, "-f", **off("flask"))
    assert done.returncode == 0, done.stderr
    made = contents(out / "shelf")
    assert made == {**{path: text.encode() for path, text in tree("flask").items()}, **OWN}
    assert {path: (copy / TEMPLATE_FOLDER / path).read_bytes() for path in litter} == litter


@pytest.mark.parametrize("options", [["-f"], ["-f", "-s"]], ids=["overwrite", "skip"])
@pytest.mark.parametrize(
    ("standing", "named"),
    [
        ({"README.md/notes.txt": b"mine"}, "README.md is no file"),
        ({"app": b"mine"}, "app is no folder"),
        ({"app/models.py/x": b"mine", "pyproject.toml": b"mine"}, "app/models.py is no file"),
    ],
    ids=["folder for a file", "file for a folder", "folder for a file within"],
)
def test_what_is_in_the_way_is_named_before_anything_is_written(
    options: list[str], standing: dict[str, bytes], named: str, out: Path
) -> None:
    plant(out / "shelf", standing)
    done = generate(WORKSHOP.scaffold("flask").folder, out, *options)
    assert done.returncode == 1
    assert named in done.stderr
    assert contents(out / "shelf") == standing


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")
def test_a_pipe_of_the_users_beside_the_templates_files_stays(out: Path) -> None:
    pipe = out / "shelf" / "app" / "static" / "pipe"
    pipe.parent.mkdir(parents=True)
    os.mkfifo(pipe)
    done = generate(WORKSHOP.scaffold("flask").folder, out, "-f", **off("flask"))
    assert done.returncode == 0, done.stderr
    assert pipe.is_fifo()
