"""Apps and computers that misbehave: each has its sentence, and nothing is left behind."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

import httpx2
import psutil
import pytest

from sandbox.errors import ServerError
from sandbox.run import probe
from sandbox.run.kin import marked
from sandbox.run.log import CAPACITY, log_file
from sandbox.run.ports import OURS, claimed, is_free
from sandbox.run.state import Held, read_state, records_of
from sandbox.workspace import Project
from tests.run import apps
from tests.run.labs import TinyLab, until

LONG = bool(os.environ.get("SANDBOX_LONG"))
CYCLES = 1000 if LONG else 20


def held_of(project: Project) -> Held:
    found = read_state(records_of(project.folder))
    assert found is not None
    return found


def port_of(address: str | None) -> int:
    assert address is not None
    return int(address.rpartition(":")[2])


def test_a_port_that_is_stolen_between_choice_and_start_is_given_up(tiny: TinyLab) -> None:
    project = tiny.project(apps.WAITS_FOR_GO)
    tiny.lab.begin([project])
    chosen = tiny.wait(project, lambda state: state.address is not None).address
    with socket.create_server(("127.0.0.1", port_of(chosen))):
        (project.folder / "go").write_text("", encoding="utf-8")
        state = tiny.lab.start(project)
    assert state.phase == "running"
    assert state.address != chosen


def test_a_stranger_that_answers_at_the_port_is_not_mistaken_for_the_app(tmp_path: Path) -> None:
    tiny = TinyLab(tmp_path, patience=2.0)
    project = tiny.project(apps.WAITS_FOR_GO)
    stranger = tiny.project(apps.ANSWERS, "stranger")
    tiny.lab.prepare(stranger)
    tiny.lab.begin([project])
    port = port_of(tiny.wait(project, lambda state: state.address is not None).address)
    words = [str(tiny.lab.python(stranger)), "app.py", str(port)]
    theirs = subprocess.Popen(words, cwd=stranger.folder)
    try:
        until(lambda: probe.health(port) is not None)  # the negative control: something is up
        state = tiny.wait(project, lambda state: port_of(state.address or ":0") != port)
        assert state.phase in ("starting", "failed")
    finally:
        theirs.kill()
        theirs.wait()
        tiny.close()


def test_what_two_start_at_the_same_time_is_started_once(tiny: TinyLab) -> None:
    project = tiny.project(apps.ANSWERS)
    others = [tiny.another() for _ in range(4)]
    threads = [threading.Thread(target=each.begin, args=[[project]]) for each in others]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    addresses = {each.start(project).address for each in others}
    assert len(addresses) == 1
    assert len(marked([held_of(project).marker])) == 1


def test_daemons_of_an_app_end_with_it(tiny: TinyLab) -> None:
    project = tiny.project(apps.LEAVES_A_DAEMON)
    tiny.lab.start(project)
    assert len(marked([held_of(project).marker])) == 2
    tiny.lab.stop(project)
    assert marked([held_of(project).marker]) == []


def test_an_app_that_does_not_want_to_end_is_ended(tiny: TinyLab) -> None:
    project = tiny.project(apps.IGNORES_TERM)
    port = port_of(tiny.lab.start(project).address)
    tiny.lab.stop(project)
    assert is_free(port)


def test_an_app_that_prints_without_end_keeps_a_small_log_and_can_be_stopped(
    tiny: TinyLab,
) -> None:
    project = tiny.project(apps.CHATTERS)
    tiny.lab.start(project)
    until(lambda: tiny.lab.log(project, -1).offset > 3 * CAPACITY)
    part = tiny.lab.log(project)
    assert part.skipped > 0
    assert f"{'x' * 99}\n" in part.text
    assert log_file(records_of(project.folder)).stat().st_size <= CAPACITY + 8
    guardian = held_of(project).guardian
    assert guardian is not None
    assert psutil.Process(guardian.pid).memory_info().rss < 60_000_000
    tiny.lab.stop(project)
    assert tiny.lab.state(project).phase == "stopped"


def test_an_app_that_never_answers_is_given_up_with_its_words_in_the_log(tmp_path: Path) -> None:
    tiny = TinyLab(tmp_path, patience=1.0)
    project = tiny.project(apps.NEVER_ANSWERS)
    with pytest.raises(ServerError, match="within 1 seconds"):
        tiny.lab.start(project)
    assert "thinking" in tiny.lab.log(project).text
    assert marked([held_of(project).marker]) == []
    tiny.close()


def test_an_app_that_answers_and_dies_is_told_with_its_last_words(tiny: TinyLab) -> None:
    project = tiny.project(apps.ANSWERS_AND_DIES)
    address = tiny.lab.start(project).address
    with suppress(httpx2.HTTPError):
        httpx2.get(f"{address}/die", trust_env=False)
    state = tiny.wait(project, lambda state: state.phase == "crashed")
    assert (state.problem, state.address) == ("farewell", None)


def test_an_app_that_closes_its_output_runs_on(tiny: TinyLab) -> None:
    project = tiny.project(apps.CLOSES_ITS_OUTPUT)
    assert tiny.lab.start(project).phase == "running"
    tiny.lab.stop(project)
    assert tiny.lab.state(project).phase == "stopped"


def test_an_environment_that_is_deleted_while_the_app_runs_is_made_again(tiny: TinyLab) -> None:
    project = tiny.project(apps.ANSWERS)
    tiny.lab.start(project)
    shutil.rmtree(project.folder / ".venv")
    assert tiny.lab.state(project).phase == "running"
    assert tiny.lab.restart(project).phase == "running"


def test_a_folder_that_is_deleted_while_the_app_runs_ends_it(tiny: TinyLab) -> None:
    project = tiny.project(apps.IN_A_CHILD)
    tiny.lab.start(project)
    held = held_of(project)
    shutil.rmtree(project.folder)
    until(lambda: not marked([held.marker]) and not (held.guardian and held.guardian.lives))
    assert tiny.lab.states() == {}
    tiny.lab.sweep()
    assert not records_of(project.folder).exists()


def test_a_project_that_was_moved_is_prepared_for_its_new_place(tiny: TinyLab) -> None:
    project = tiny.project(apps.ANSWERS)
    tiny.require(project, "click")
    tiny.lab.prepare(project)
    project.folder.rename(tiny.folder / "another name")
    (moved,) = tiny.projects()
    assert tiny.lab.state(moved).phase == "unprepared"
    assert tiny.lab.start(moved).phase == "running"


@pytest.mark.skipif(os.name == "nt", reason="such signals are POSIX")
def test_a_computer_that_slept_finds_its_apps_running(tiny: TinyLab) -> None:
    project = tiny.project(apps.ANSWERS)
    begun = tiny.lab.start(project)
    held = held_of(project)
    assert held.guardian is not None
    asleep = [held.guardian.pid, *[each.pid for each in marked([held.marker])]]
    for pid in asleep:
        os.kill(pid, signal.SIGSTOP)
    assert held.guardian.lives
    assert tiny.lab.state(project) == begun
    for pid in asleep:
        os.kill(pid, signal.SIGCONT)
    assert httpx2.get(begun.address or "", trust_env=False).text == "hello"


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        ("error: failed to write: No space left on device (os error 28)", "The disk is full"),
        (
            "error: Failed to fetch: `https://example.org/simple/flask/`\n"
            "  Caused by: dns error: failed to lookup address information",
            "cannot be fetched: flask is missing on this computer, and the network",
        ),
        ("error: No solution found when resolving dependencies", "No solution found"),
    ],
)
def test_an_installation_that_fails_says_what_is_wrong_and_can_be_tried_again(
    tmp_path: Path, printed: str, sentence: str
) -> None:
    uv = tmp_path / "uv"
    uv.write_text(f"#!/bin/sh\ncat >&2 <<'END'\n{printed}\nEND\nexit 2\n", encoding="utf-8")
    uv.chmod(0o755)
    tiny = TinyLab(tmp_path / "work", uv=str(uv))
    project = tiny.project(apps.ANSWERS)
    with pytest.raises(ServerError, match=sentence) as caught:
        tiny.lab.start(project)
    assert caught.value.hint
    assert tiny.lab.state(project).phase == "failed"
    tiny.changes = {}
    assert tiny.lab.start(project).phase == "running"
    tiny.close()


def test_a_computer_without_uv_is_told_how_to_get_it(tmp_path: Path) -> None:
    tiny = TinyLab(tmp_path, uv=None)
    with pytest.raises(ServerError, match="There is no uv") as caught:
        tiny.lab.start(tiny.project(apps.ANSWERS))
    assert "pip install uv" in caught.value.hint
    tiny.close()


def test_a_preparation_can_be_called_off_and_taken_up_again(tmp_path: Path) -> None:
    uv = tmp_path / "uv"
    uv.write_text("#!/bin/sh\necho at work\nsleep 600\n", encoding="utf-8")
    uv.chmod(0o755)
    tiny = TinyLab(tmp_path / "work", uv=str(uv))
    project = tiny.project(apps.ANSWERS)
    tiny.lab.begin([project])
    until(lambda: "at work" in tiny.lab.log(project).text)
    assert tiny.lab.state(project).phase == "preparing"
    tiny.lab.cancel(project)
    assert tiny.lab.state(project).phase == "unprepared"
    assert marked([held_of(project).marker]) == []
    tiny.changes = {}
    assert tiny.lab.start(project).phase == "running"
    tiny.close()


def test_a_port_is_held_by_one_sandbox_at_a_time() -> None:
    with claimed() as one, claimed(one) as other:
        assert one in OURS
        assert other in OURS
        assert one != other
        with pytest.raises(ServerError, match=f"Port {one} is in use"), claimed(one, only=True):
            pass
    with claimed(one, only=True) as again:
        assert again == one


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_many_starts_and_stops_leak_nothing(tiny: TinyLab) -> None:
    project = tiny.project(apps.IN_A_CHILD)
    tiny.lab.start(project)
    tiny.lab.stop(project)
    me = psutil.Process()
    before = me.num_fds(), me.num_threads()
    others = {each.pid for each in me.children()}  # what a test before this one has left
    ports = set()
    for _ in range(CYCLES):
        ports.add(port_of(tiny.lab.start(project).address))
        tiny.lab.stop(project)
    after = me.num_fds(), me.num_threads()
    assert after[0] <= before[0] + 2
    assert after[1] <= before[1] + 2
    left = [each.status() for each in me.children() if each.pid not in others]
    assert left == []
    assert all(is_free(port) for port in ports)
    print(f"{CYCLES} cycles: descriptors and threads {before} → {after}, ports {sorted(ports)}")
