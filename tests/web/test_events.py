"""The event stream: what changes is told at once, nothing is held back, and it ends."""

import json
from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask

from sandbox.run.marks import Mark
from sandbox.web.events import MOST_STREAMS, Events, StreamsTaken


@pytest.fixture
def marks() -> dict[str, Mark]:
    return {"shelf": Mark("1", 0)}


@pytest.fixture
def events(marks: dict[str, Mark]) -> Iterator[Events]:
    events = Events(lambda: dict(marks))
    yield events
    events.close()


def told(lines: Iterator[str | bytes]) -> dict[str, object]:
    """Read the stream up to the next event."""
    for line in lines:
        text = line if isinstance(line, str) else line.decode()
        if text.startswith("event: apps"):
            return json.loads(text.partition("data: ")[2])
    raise AssertionError("the stream ended")


def opened(events: Events) -> Iterator[str | bytes]:
    with Flask(__name__).test_request_context():
        return iter(events.response().response)


def test_a_stream_begins_with_how_things_are_and_goes_on_with_what_changes(
    events: Events, marks: dict[str, Mark]
) -> None:
    lines = opened(events)
    first = told(lines)
    assert first == {"seen": events.seen(), "logs": {"shelf": 0}}
    marks["shelf"] = Mark("1", 90)
    assert told(lines) == {"seen": first["seen"], "logs": {"shelf": 90}}
    marks["shelf"] = Mark("2", 90)
    marks["other"] = Mark("1", 0)
    last = told(lines)
    assert last["logs"] == {"shelf": 90, "other": 0}
    assert last["seen"] != first["seen"]


def test_the_end_of_the_server_ends_every_stream(events: Events) -> None:
    streams = [opened(events) for _ in range(3)]
    for lines in streams:
        told(lines)
    ended = [Thread(target=lambda lines=lines: [*lines]) for lines in streams]
    for each in ended:
        each.start()
    events.close()
    for each in ended:
        each.join(20)
        assert not each.is_alive()


def test_one_stream_too_many_is_refused_with_a_sentence_and_room_is_made_again(
    events: Events,
) -> None:
    with Flask(__name__).test_request_context():
        answers = [events.response() for _ in range(MOST_STREAMS)]
        with pytest.raises(StreamsTaken, match="follow the apps live"):
            events.response()
        answers[0].close()  # though nothing of it was ever read
        events.response().close()
