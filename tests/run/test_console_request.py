"""A request is checked before it is sent, and travels as a link, as curl and as httpie."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from sandbox.contract.endpoints import ENDPOINTS
from sandbox.errors import RequestError
from sandbox.run.console import Console, request_of
from sandbox.run.console_request import (
    ConsoleRequest,
    as_curl,
    as_httpie,
    checked,
    from_query,
    read_headers,
)
from tests.run.consoled import running
from tests.support.variants import WORKSHOP

EXAMPLES = WORKSHOP.console_knowledge.examples
POST = ConsoleRequest("POST", "/api/books", kind="json", text='{"title": "It\'s “é”"}')
FORM = ConsoleRequest("POST", "/books/new", kind="form", form=(("title", "a&b=c"), ("x:y", "")))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (ConsoleRequest("TRACE", "/"), "method"),
        (ConsoleRequest("CONNECT", "127.0.0.1:80"), "method"),
        (ConsoleRequest("GET /x", "/"), "method"),
        (ConsoleRequest("GET", "http://192.0.2.1/"), "path"),
        (ConsoleRequest("GET", ""), "path"),
        (ConsoleRequest("GET", "/a#b"), "path"),
        (ConsoleRequest("GET", "/a\r\nHost: x"), "path"),
        (ConsoleRequest("GET", "/" + "x" * 5000), "path"),
        (ConsoleRequest("GET", "/", (("Host", "x"),)), "headers"),
        (ConsoleRequest("GET", "/", (("Transfer-Encoding", "chunked"),)), "headers"),
        (ConsoleRequest("GET", "/", (("A b", "x"),)), "headers"),
        (ConsoleRequest("GET", "/", (("A", "x\r\ny: z"),)), "headers"),
        (ConsoleRequest("GET", "/", (("A", "x"),) * 31), "headers"),
        (ConsoleRequest("GET", "/", kind="json", text="{}"), "body"),
        (ConsoleRequest("POST", "/", kind="text", text="x" * 2_100_000), "body"),
        (ConsoleRequest("POST", "/", kind="text", text="\ud800"), "body"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_its_field(wrong: ConsoleRequest, field: str) -> None:
    with pytest.raises(RequestError) as refused:
        checked(wrong)
    assert refused.value.field == field
    assert refused.value.hint


def test_json_that_is_not_valid_may_be_sent() -> None:
    assert checked(ConsoleRequest("post", "/api/books", kind="json", text="{")).method == "POST"


@pytest.mark.parametrize(
    "request_",
    [
        POST,
        FORM,
        ConsoleRequest("GET", "/api/books?q=a b&limit=2", (("Accept", "text/html"),)),
        ConsoleRequest("POST", "/logout", kind="form", page="/books", token=False),
        ConsoleRequest("POST", "/api/imports", kind="text", text="title\nSea\n"),
    ],
)
def test_a_link_fills_the_same_request_in(request_: ConsoleRequest) -> None:
    assert from_query(request_.query()) == checked(request_)


def test_a_link_without_a_path_fills_nothing_in() -> None:
    assert from_query("method=GET") is None


def test_a_header_line_needs_its_colon() -> None:
    assert read_headers(["A: b: c", "", "X:"]) == (("A", "b: c"), ("X", ""))
    with pytest.raises(RequestError, match="has no “:”"):
        read_headers(["Accept"])


@pytest.mark.skipif(os.name == "nt" or not shutil.which("curl"), reason="curl in a POSIX shell")
@pytest.mark.parametrize("request_", [POST, FORM, ConsoleRequest("GET", "/echo?q=a b")])
def test_the_line_for_curl_sends_the_same(tmp_path: Path, request_: ConsoleRequest) -> None:
    with running("a") as apps:
        ours = Console(tmp_path).send(apps, request_).replies[0].came
        done = subprocess.run(
            ["bash", "-c", as_curl(request_, apps["a"])], capture_output=True, check=True
        )
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    assert head.split()[1].decode() == str(ours.status)
    if request_.method == "POST":
        assert re.findall(rb'"body": "(.*?[^\\])"', body) == re.findall(
            rb'"body": "(.*?[^\\])"', ours.body
        )


def test_the_line_for_httpie_says_the_same() -> None:
    assert shlex.split(as_httpie(POST, "http://127.0.0.1:8000")) == [
        "http",
        "--raw",
        POST.text,
        "POST",
        "http://127.0.0.1:8000/api/books",
        "Content-Type:application/json",
    ]
    assert shlex.split(as_httpie(FORM, "http://127.0.0.1:8000"))[2:] == [
        "POST",
        "http://127.0.0.1:8000/books/new",
        "title=a&b=c",
        "x\\:y=",
    ]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_an_address_of_the_contract(name: str) -> None:
    example = EXAMPLES[name]
    request = request_of(example)
    plain = request.path.partition("?")[0]
    known = {each.request: each.feature for each in ENDPOINTS}
    fitting = [
        feature
        for address, feature in known.items()
        if re.fullmatch(re.sub(r"\{\w+\}", r"[^/]+", address.split()[1]), plain)
        or address.split()[1] == plain.rstrip("/")
    ]
    assert example.feature in fitting or name == "nowhere"


def test_there_is_an_example_for_every_feature_but_those_that_show_no_address() -> None:
    shown = {each.feature for each in EXAMPLES.values()}
    assert set(WORKSHOP.offered) - shown == {"deploy"}
    assert len(EXAMPLES) >= 15
