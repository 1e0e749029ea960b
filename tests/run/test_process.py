"""Starting, stopping and restarting an app as a whole."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox.errors import ServerError
from sandbox.run.process import Launch, Server
from tests.run import apps
from tests.support.ports import free_port

Make = Callable[..., Server]


def is_listening(url: str) -> bool:
    port = int(url.rpartition(":")[2])
    with socket.socket() as visitor:
        return visitor.connect_ex(("127.0.0.1", port)) == 0


def is_free_soon(url: str) -> bool:
    deadline = time.monotonic() + 60
    while is_listening(url) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_listening(url)


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Prepare servers in a folder of their own; whatever is left running is stopped."""
    servers: list[Server] = []

    def make(program: str, *arguments: str, patience_seconds: float = 120.0) -> Server:
        port = free_port()
        command = (sys.executable, "-c", program, str(port), *arguments)
        url = f"http://127.0.0.1:{port}"
        log = tmp_path / "app.log"
        launch = Launch(command, url, tmp_path, log, patience_seconds=patience_seconds)
        servers.append(Server(launch))
        return servers[-1]

    yield make
    for server in servers:
        server.stop()


@pytest.mark.parametrize("program", [apps.ANSWERS, apps.IN_A_CHILD, apps.IGNORES_TERM])
def test_an_app_answers_once_started_and_is_gone_once_stopped(make: Make, program: str) -> None:
    server = make(program)
    server.start()
    assert server.running
    assert is_listening(server.launch.url)
    server.stop()
    assert not server.running
    assert is_free_soon(server.launch.url)
    server.stop()


def test_children_are_stopped_even_after_their_parent_has_ended(make: Make, tmp_path: Path) -> None:
    leave = tmp_path / "leave"
    server = make(apps.LEAVES_A_CHILD, str(leave))
    server.start()
    leave.touch()
    while server.running:
        time.sleep(0.02)
    assert is_listening(server.launch.url)
    server.stop()
    assert is_free_soon(server.launch.url)


def test_a_restarted_app_answers_at_the_same_address(make: Make) -> None:
    with make(apps.ANSWERS) as server:
        server.restart()
        assert server.running
        assert is_listening(server.launch.url)
    assert is_free_soon(server.launch.url)
    assert server.launch.log.read_text().count("listening") == 2


def test_an_app_is_stopped_when_the_block_fails(make: Make) -> None:
    server = make(apps.ANSWERS)
    with pytest.raises(ZeroDivisionError), server:
        raise ZeroDivisionError
    assert is_free_soon(server.launch.url)


def test_an_app_that_ends_at_once_is_told_with_its_last_words(make: Make) -> None:
    server = make(apps.ENDS)
    with pytest.raises(ServerError, match="ended before it answered") as caught:
        server.start()
    assert "No module named shelf" in caught.value.hint


def test_an_app_that_never_answers_is_stopped(make: Make) -> None:
    server = make(apps.NEVER_ANSWERS, patience_seconds=8.0)
    with pytest.raises(ServerError, match="did not answer at") as caught:
        server.start()
    assert "thinking" in caught.value.hint
    assert not server.running


def test_a_stranger_at_the_address_is_not_mistaken_for_the_app(make: Make) -> None:
    stranger = make(apps.ANSWERS)
    stranger.start()
    ours = Server(stranger.launch)
    with pytest.raises(ServerError, match="Something else already answers"):
        ours.start()
    assert not ours.running
    assert stranger.running


def test_a_running_app_is_not_started_twice(make: Make) -> None:
    with make(apps.ANSWERS) as server:
        with pytest.raises(ServerError, match="already running"):
            server.start()
        assert server.running


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"command": ()}, "There is no command to start"),
        ({"command": ("no-such-program-anywhere",)}, "cannot be started: No such file"),
        ({"command": ("a\0b",)}, "cannot be started"),
        ({"folder": Path("no-such-folder")}, "There is no folder no-such-folder"),
        ({"url": "http://a:b"}, "is not the address of an app"),
        ({"log": Path("no-such-folder/app.log")}, "cannot be started"),
    ],
)
def test_what_cannot_be_started_is_one_sentence(
    tmp_path: Path, changes: dict[str, object], sentence: str
) -> None:
    given: dict[str, object] = {
        "command": (sys.executable, "-c", ""),
        "url": f"http://127.0.0.1:{free_port()}",
        "folder": tmp_path,
        "log": tmp_path / "app.log",
        **changes,
    }
    with pytest.raises(ServerError, match=sentence):
        Server(Launch(**given)).start()  # type: ignore[arg-type]
