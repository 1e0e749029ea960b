"""Progress is written whole or not at all, and a broken record is never thrown away."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import LessonError
from sandbox.learn import look_up_progress, read_progress, record

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LADDER = ("hello", "routes", "validation")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


def saved(project: Path) -> Path:
    return project / ".sandbox/progress.json"


def test_a_project_begins_without_progress(project: Path) -> None:
    progress = read_progress(project)
    assert progress.done == ()
    assert progress.next_step(LADDER) == "hello"
    assert list(project.iterdir()) == []


def test_a_passed_check_is_done_and_read_back_with_its_time(project: Path) -> None:
    written = record(project, "hello", now=NOON.astimezone(timezone(timedelta(hours=5))))
    assert read_progress(project) == written
    attempt = written.steps["hello"]
    assert (attempt.done, attempt.tried, attempt.count, attempt.failed) == (NOON, NOON, 1, ())
    assert json.loads(saved(project).read_text())["steps"]["hello"]["done"] == (
        "2026-11-21T12:00:00Z"
    )
    assert written.done == ("hello",)
    assert written.next_step(LADDER) == "routes"


def test_a_failed_check_is_not_done_and_names_what_failed(project: Path) -> None:
    attempt = record(project, "routes", failed=["books-list", "books-404"]).steps["routes"]
    assert attempt.done is None
    assert attempt.failed == ("books-list", "books-404")


def test_a_step_keeps_the_time_of_its_first_success(project: Path) -> None:
    record(project, "hello", failed=["a"], now=NOON)
    record(project, "hello", now=NOON + timedelta(hours=1))
    again = record(project, "hello", failed=["b"], now=NOON + timedelta(hours=2)).steps["hello"]
    assert again.done == NOON + timedelta(hours=1)
    assert again.tried == NOON + timedelta(hours=2)
    assert (again.count, again.failed) == (3, ("b",))


def test_all_steps_done_leaves_no_next_one(project: Path) -> None:
    for step in LADDER:
        record(project, step)
    assert read_progress(project).done == LADDER
    assert read_progress(project).next_step(LADDER) is None


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "{",
        "[]",
        "7",
        '{"steps": []}',
        '{"steps": {"hello": 1}}',
        '{"steps": {"hello": {}}}',
        '{"steps": {"hello": {"done": "yesterday", "tried": "", "count": 1, "failed": []}}}',
        '{"steps": {"hello": {"done": 5, "tried": null, "count": 1, "failed": []}}}',
        "[" * 100_000,
        b"\xff\xfe\xfa".decode("latin-1"),
        '{"steps": {"\\ud800": {}}}',
        '{"steps": {"hello": {"done": null, "tried": "0001-01-01T00:00:00+23:00", "count": 1, '
        '"failed": []}}}',
    ],
)
def test_a_broken_record_is_a_sentence_and_stays_as_it_is(project: Path, broken: str) -> None:
    saved(project).parent.mkdir()
    saved(project).write_bytes(broken.encode("latin-1"))
    for act in (lambda: read_progress(project), lambda: record(project, "hello")):
        with pytest.raises(LessonError) as caught:
            act()
        assert caught.value.message.startswith("The progress record .sandbox/progress.json cannot")
        assert "your code is not touched" in caught.value.hint
    assert saved(project).read_bytes() == broken.encode("latin-1")


def test_what_a_later_version_wrote_is_kept(project: Path) -> None:
    record(project, "hello", now=NOON)
    data = json.loads(saved(project).read_text())
    data["notes"] = "mine"
    data["steps"]["hello"]["hints"] = 2
    saved(project).write_text(json.dumps(data))
    record(project, "hello", now=NOON)
    record(project, "routes", now=NOON)
    kept = json.loads(saved(project).read_text())
    assert kept["notes"] == "mine"
    assert kept["steps"]["hello"]["hints"] == 2
    assert kept["steps"]["hello"]["count"] == 2


@given(
    data=st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["steps", "hello", "done", "tried"]), inner)
        ),
    )
)
def test_no_json_value_raises_anything_but_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: object
) -> None:
    project = tmp_path_factory.mktemp("project")
    saved(project).parent.mkdir()
    saved(project).write_text(json.dumps(data))
    with contextlib.suppress(LessonError):
        read_progress(project)


def test_nothing_else_is_left_beside_the_record(project: Path) -> None:
    record(project, "hello")
    record(project, "hello")
    assert [path.name for path in saved(project).parent.iterdir()] == ["progress.json"]


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="cannot be written: the folder does not exist"):
        record(tmp_path / "gone", "hello")


@pytest.mark.parametrize("room", [0, 10])
def test_a_full_disk_keeps_the_old_record(project: Path, room: int) -> None:
    resource = pytest.importorskip("resource")
    record(project, "hello", now=NOON)
    before = saved(project).read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(LessonError, match="cannot be written: a file would be larger"):
            record(project, "routes")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert saved(project).read_bytes() == before
    assert [path.name for path in saved(project).parent.iterdir()] == ["progress.json"]


@pytest.mark.skipif(os.name == "nt", reason="links and pipes need rights there")
@pytest.mark.parametrize("kind", ["folder", "link", "dangling link", "pipe"])
def test_a_record_whose_place_is_taken_is_a_sentence(project: Path, kind: str) -> None:
    saved(project).parent.mkdir()
    elsewhere = project / "elsewhere.json"
    elsewhere.write_text("{}")
    if kind == "folder":
        saved(project).mkdir()
    elif kind == "pipe":
        os.mkfifo(saved(project))
    else:
        saved(project).symlink_to(elsewhere if kind == "link" else project / "nowhere")
    for act in (lambda: read_progress(project), lambda: record(project, "hello")):
        with pytest.raises(LessonError, match="cannot be used"):
            act()
    assert look_up_progress(project).steps == {}
    assert "cannot be used" in look_up_progress(project).problem
    assert [path.name for path in saved(project).parent.iterdir()] == ["progress.json"]
    assert elsewhere.read_text() == "{}"


def test_forty_steps_from_eight_threads_are_all_kept(project: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: record(project, f"step-{number}"), range(40)))
    assert set(read_progress(project).done) == {f"step-{number}" for number in range(40)}
    assert [path.name for path in saved(project).parent.iterdir()] == ["progress.json"]


RECORDER = """
import sys
from pathlib import Path
from sandbox.learn import record
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    record(Path(sys.argv[1]), f"step-{number}")
    print(number, flush=True)
"""


def recorder(project: Path, first: int, end: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", RECORDER, str(project), str(first), str(end)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def test_steps_from_several_processes_are_all_kept(project: Path) -> None:
    started = [recorder(project, first, first + 10) for first in range(0, 40, 10)]
    for each in started:
        each.communicate()
        assert each.returncode == 0
    assert len(read_progress(project).done) == 40


@pytest.mark.crash
@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
def test_what_killed_recorders_leave_is_swept_and_no_step_is_lost(project: Path) -> None:
    told: list[str] = []
    for attempt in range(10):
        with recorder(project, attempt * 1000, attempt * 1000 + 1000) as running:
            assert running.stdout is not None
            told.append(running.stdout.readline().strip())
            time.sleep(0.003 * attempt)
            running.send_signal(signal.SIGKILL)
            told += running.stdout.read().split("\n")[:-1]
    record(project, "last")
    assert {f"step-{number}" for number in told} <= set(read_progress(project).done)
    assert [path.name for path in saved(project).parent.iterdir()] == ["progress.json"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_leftovers_of_whatever_kind_stop_nothing(project: Path) -> None:
    saved(project).parent.mkdir()
    for name in (".progress.lock", ".progress-a.part"):
        (saved(project).parent / name).symlink_to("nowhere")
    (saved(project).parent / ".progress-b.part").write_text("half")
    (saved(project).parent / "progress.json.old").write_text("mine")
    record(project, "hello")
    assert {path.name for path in saved(project).parent.iterdir()} == {
        "progress.json",
        "progress.json.old",
    }
