"""The console sends one request to all apps of ours, as a browser would, and to nobody else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.errors import RequestError, ServerError
from sandbox.run.console import Console, Replies
from sandbox.run.console_request import ConsoleRequest
from tests.run.consoled import running
from tests.support.ports import free_port
from tests.support.variants import WORKSHOP


@pytest.fixture
def console(tmp_path: Path) -> Console:
    return Console(tmp_path / "records", tuple(WORKSHOP.console_knowledge.reasons.values()))


@pytest.fixture
def apps() -> Iterator[dict[str, str]]:
    with running("a", "b") as found:
        yield found


def told(replies: Replies, number: int = 0) -> Any:
    """Return the JSON of one reply."""
    return json.loads(replies.replies[number].came.body)


def test_all_apps_are_asked_and_answer_in_their_order(
    console: Console, apps: dict[str, str]
) -> None:
    found = console.send(apps, ConsoleRequest("get", "/book"))
    assert [(each.project, each.came.status) for each in found.replies] == [("a", 200), ("b", 200)]
    assert all(each.came.milliseconds > 0 for each in found.replies)


def test_what_differs_is_named_place_by_place(console: Console, apps: dict[str, str]) -> None:
    found = console.send(apps, ConsoleRequest("GET", "/book"))
    assert {(each.part, each.name): dict(each.values) for each in found.differences} == {
        ("body", "tags[1]"): {"a": '"a"', "b": '"b"'},
        ("body", "pages"): {"a": None, "b": "3"},
    }


def test_equal_answers_have_no_difference(console: Console, apps: dict[str, str]) -> None:
    same = console.send(apps, ConsoleRequest("GET", "/nowhere"))
    assert same.differences == ()


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (ConsoleRequest("GET", "/status/404-422"), "word_for_a_number"),
        (ConsoleRequest("GET", "/status/401-403"), "who_may"),
        (ConsoleRequest("GET", "/status/307-404/"), "trailing_slash"),
        (ConsoleRequest("GET", "/status/400-422?limit=many"), "refused_parameter"),
        (ConsoleRequest("GET", "/status/200-500"), ""),
    ],
)
def test_a_difference_of_status_has_its_reason(
    console: Console, apps: dict[str, str], request_: ConsoleRequest, reason: str
) -> None:
    found = console.send(apps, request_)
    assert found.differences[0].part == "status"
    assert found.differences[0].reason == reason


def test_a_redirect_is_shown_and_not_followed(console: Console, apps: dict[str, str]) -> None:
    came = console.send(apps, ConsoleRequest("GET", "/away")).replies[0].came
    assert (came.status, came.header("location")) == (302, "http://192.0.2.1/")


def test_a_proxy_of_the_environment_is_not_asked(
    console: Console, apps: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert console.send(apps, ConsoleRequest("GET", "/book")).replies[0].came.status == 200


@pytest.mark.parametrize(
    "address",
    [
        "http://192.0.2.1:80",
        "http://localhost:8000",
        "https://127.0.0.1:8000",
        "http://127.0.0.1",
        "http://127.0.0.1:8000/api",
        "http://ada@127.0.0.1:8000",
        "http://127.0.0.1:8000@192.0.2.1",
        "http://127.0.0.1:99999",
        "ftp://127.0.0.1:21",
        "",
    ],
)
def test_no_other_address_is_spoken_to(console: Console, address: str) -> None:
    with pytest.raises(ServerError, match="does not speak to"):
        console.send({"a": address}, ConsoleRequest("GET", "/"))


def test_without_a_running_app_nothing_is_sent(console: Console) -> None:
    with pytest.raises(RequestError, match="No app is running"):
        console.send({}, ConsoleRequest("GET", "/"))


def test_an_app_that_is_gone_hides_no_other(console: Console, apps: dict[str, str]) -> None:
    gone = {**apps, "gone": f"http://127.0.0.1:{free_port()}"}
    first, second, third = console.send(gone, ConsoleRequest("GET", "/book")).replies
    assert first.came.status == second.came.status == 200
    assert third.came.status is None
    assert "does not answer" in third.came.problem


def test_a_large_answer_is_cut_at_one_megabyte(console: Console, apps: dict[str, str]) -> None:
    came = console.send(apps, ConsoleRequest("GET", "/large")).replies[0].came
    assert len(came.body) == 1024 * 1024
    assert "larger than 1 MB" in came.problem


@pytest.mark.parametrize(
    ("path", "status", "body", "problem"),
    [
        ("/slow", 200, b"begin", "still sending when its time was up"),
        ("/silent", None, b"", "did not answer in time"),
        ("/other", None, b"", "does not speak HTTP"),
    ],
)
def test_an_answer_without_end_is_shown_as_far_as_it_came(
    tmp_path: Path,
    apps: dict[str, str],
    path: str,
    status: int | None,
    body: bytes,
    problem: str,
) -> None:
    console = Console(tmp_path, seconds=3)
    came = console.send(apps, ConsoleRequest("GET", path)).replies[0].came
    assert (came.status, came.body) == (status, body)
    assert problem in came.problem


def test_cookies_are_kept_by_project_and_sent_again(console: Console, apps: dict[str, str]) -> None:
    console.send(apps, ConsoleRequest("GET", "/form"))
    assert [each.name for each in console.cookies("a")] == ["session_a"]
    again = Console(console.folder)
    found = again.send(apps, ConsoleRequest("GET", "/echo"))
    assert ["Cookie", "session_b=one"] in told(found, 1)["headers"]
    assert found.replies[1].cookies == ("session_b",)
    again.send(apps, ConsoleRequest("GET", "/out"))
    assert again.cookies("a") == ()


def test_a_learner_can_be_a_new_visitor(console: Console, apps: dict[str, str]) -> None:
    console.send(apps, ConsoleRequest("GET", "/form"))
    console.forget_cookies("a")
    found = console.send(apps, ConsoleRequest("GET", "/echo"))
    assert "Cookie" not in dict(told(found, 0)["headers"])
    assert "Cookie" in dict(told(found, 1)["headers"])


def test_a_form_takes_along_what_its_page_hides(console: Console, apps: dict[str, str]) -> None:
    form = (("title", "Émile & co"),)
    found = console.send(apps, ConsoleRequest("POST", "/form", kind="form", form=form))
    sent = told(found)
    assert sent["form"] == {"title": ["Émile & co"], "csrf_token": ["hidden-secret"]}
    assert sent["headers"]["cookie"] == "session_a=one"
    assert sent["headers"]["origin"] == apps["a"]
    assert sent["headers"]["referer"] == f"{apps['a']}/form"
    token = found.replies[0].token
    assert token is not None
    assert token.found == "The form on /form hides csrf_token."


def test_without_the_token_the_form_is_sent_bare(console: Console, apps: dict[str, str]) -> None:
    bare = ConsoleRequest("POST", "/form", kind="form", form=(("title", "x"),), token=False)
    found = console.send(apps, bare)
    assert told(found)["form"] == {"title": ["x"]}
    assert found.replies[0].token is None


def test_a_call_of_the_api_has_the_token_once_there_are_cookies(
    console: Console, apps: dict[str, str]
) -> None:
    call = ConsoleRequest("POST", "/api/books", kind="json", text='{"title": "x"}')
    assert "x-csrftoken" not in told(console.send(apps, call))["headers"]
    console.send(apps, ConsoleRequest("GET", "/form"))
    found = console.send(apps, call)
    assert told(found)["headers"]["x-csrftoken"] == "for-scripts"
    assert told(found)["body"] == '{"title": "x"}'
    token = found.replies[0].token
    assert token is not None
    assert token.page == "/form"


def test_guesses_are_scored_for_the_learner(console: Console, apps: dict[str, str]) -> None:
    found = console.send(
        apps, ConsoleRequest("GET", "/status/404-422"), guessed={"a": 404, "b": 404, "c": 200}
    )
    assert found.sent is not None
    assert found.sent.right == ("a",)
    score = Console(console.folder).history().score
    assert (score.right, score.guessed) == (1, 2)


def test_the_last_fifty_requests_can_be_sent_again(console: Console, apps: dict[str, str]) -> None:
    for number in range(52):
        console.send({"a": apps["a"]}, ConsoleRequest("GET", f"/echo?n={number}"))
    history = Console(console.folder).history()
    assert [each.request.path for each in history.sent[:2]] == ["/echo?n=51", "/echo?n=50"]
    assert len(history.sent) == 50
    assert history.sent[-1].number == 3
    assert console.send(apps, history.sent[0].request).replies[0].came.status == 200


def test_a_record_that_cannot_be_kept_hides_no_answer(
    console: Console, apps: dict[str, str]
) -> None:
    console.folder.mkdir(parents=True)
    (console.folder / "requests.json").write_text("not JSON")
    found = console.send(apps, ConsoleRequest("GET", "/book"))
    assert found.replies[0].came.status == 200
    assert found.sent is None
    assert "requests.json" in found.problem
    assert console.history().problem
    assert (console.folder / "requests.json").read_text() == "not JSON"
