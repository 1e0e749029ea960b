"""The server as it is started: where it listens, and whom it still answers when pressed."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.serving import Served, serving

pytestmark = pytest.mark.security


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("workspace") / "projects") as served:
        yield served


def test_the_printed_link_is_at_localhost(served: Served) -> None:
    assert f"http://localhost:{served.port}/?token={served.token}" in served.printed


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_it_listens_on_both_loopback_addresses(served: Served, address: str) -> None:
    if address == "::1" and not socket.has_ipv6:
        pytest.skip("this system has no IPv6")
    assert served.ask("/api", host=address).status == 200


def test_a_stranger_at_the_other_loopback_address_is_not_opened(tmp_path: Path) -> None:
    """The link says localhost: whoever holds ::1 at our port would be sent the token."""
    with ExitStack() as stack:
        stranger = stack.enter_context(socket.create_server(("::1", 0), family=socket.AF_INET6))
        port = stranger.getsockname()[1]
        with pytest.raises(AssertionError, match="ended at its start"):
            stack.enter_context(serving(tmp_path, "--port", str(port)))


def test_the_link_opened_at_127_0_0_1_sets_its_cookie_at_localhost(served: Served) -> None:
    path = f"/build?framework=flask&token={served.token}"
    answer = served.ask(path, Host=f"127.0.0.1:{served.port}")
    assert answer.status == 303
    assert "set-cookie" not in answer.headers
    assert answer.headers["location"] == f"http://localhost:{served.port}{path}"


def test_the_cookie_is_no_token_and_opens_the_pages(served: Served) -> None:
    answer = served.ask(f"/?token={served.token}")
    cookie = answer.headers["set-cookie"].split(";")[0]
    name, _, value = cookie.partition("=")
    assert name == f"sandbox_{served.port}"
    assert served.token not in cookie
    assert served.ask("/lab", Cookie=cookie).status == 200
    assert served.ask("/api/projects", Authorization=f"Bearer {value}").status == 403
    assert served.ask("/lab", Cookie=f"{name}={served.token}").status == 403


@pytest.mark.parametrize("order", ["foreign first", "ours first"])
def test_a_foreign_cookie_of_our_name_locks_nobody_out(served: Served, order: str) -> None:
    foreign = f"sandbox_{served.port}=junk"
    answer = served.ask(f"/?token={served.token}", Cookie=foreign)
    set_now = answer.headers["set-cookie"]
    ours = set_now.split(";")[0]
    assert ours.partition("=")[0] != foreign.partition("=")[0], "it may refuse to be overwritten"
    both = [foreign, ours] if order == "foreign first" else [ours, foreign]
    assert served.ask("/lab", Cookie="; ".join(both)).status == 200


def test_a_jar_full_of_foreign_cookies_is_read_past(served: Served) -> None:
    ours = served.ask(f"/?token={served.token}").headers["set-cookie"].split(";")[0]
    jar = [f"c{number}={'x' * 4000}" for number in range(179)]
    assert served.ask("/lab", Cookie="; ".join([*jar, ours])).status == 200


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "//", "\xff", "http://a:b:c", ""])
def test_a_malformed_origin_is_a_foreign_one(served: Served, origin: str) -> None:
    assert served.ask("/build", method="POST", Origin=origin).status == 403


@pytest.mark.parametrize(
    "path",
    ["/%09/evil.example/", "/%0a/evil.example/", "/%0d%0a/evil.example/", "/%5c/evil.example/",
     "/%5c%5cevil.example/", "//evil.example/", "/%2f/evil.example/", "/%20/evil.example/",
     "/%00/evil.example", "/%ff/evil.example/", "/.%09/evil.example", "/%c2%a0/evil.example"],
)  # fmt: skip
def test_the_token_in_any_path_leads_to_this_site(served: Served, path: str) -> None:
    for host in ("localhost", "127.0.0.1"):
        answer = served.ask(f"{path}?token={served.token}", Host=f"{host}:{served.port}")
        assert answer.status == 303
        place = answer.headers["location"].removeprefix(f"http://localhost:{served.port}")
        assert place.startswith("/")
        assert place[1:2] not in ("/", "\\")
        assert place.isprintable()


def test_a_refusal_closes_its_connection_and_an_answer_keeps_it(served: Served) -> None:
    assert served.ask("/", Host="evil.example").headers["connection"] == "close"
    assert served.ask("/lab").headers["connection"] == "close"
    assert "connection" not in served.ask("/api").headers


def test_a_length_of_thousands_of_digits_is_refused_as_malformed(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as made:
        length = b"Content-Length: " + b"9" * 5_000
        made.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\n" + length + b"\r\n\r\n")
        assert made.recv(100).partition(b" ")[2].startswith(b"400 ")


UNFINISHED = {
    "nothing": (500, b""),
    "half a head": (110, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: "),
    "half a body": (
        110,
        b"POST /build HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf",
    ),
    "a foreign frame": (120, b"GET / HTTP/1.1\r\nHost: a1.localhost\r\n\r\n"),
    "a frame": (120, b"GET /api HTTP/1.1\r\nHost: localhost\r\n\r\n"),
}


@pytest.mark.load
def test_the_pages_answer_while_others_hold_connections(served: Served) -> None:
    with ExitStack() as held:
        for count, sent in UNFINISHED.values():
            for _ in range(count):
                idle = socket.create_connection(("127.0.0.1", served.port), timeout=60)
                held.enter_context(idle)
                idle.sendall(sent)
        for path in ("/", "/build", "/api"):
            assert served.ask(path).status == 200


@pytest.mark.load
def test_connections_on_which_nothing_happens_are_closed(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=100) as idle:
        assert idle.recv(1) == b""


def test_an_address_of_ipv6_has_its_brackets(tmp_path: Path) -> None:
    with serving(tmp_path, "--host", "::1") as served:
        assert f"http://[::1]:{served.port}/?token=" in served.printed
        own = f"[::1]:{served.port}"
        assert served.ask("/", host="::1", Host=own).status == 200


def test_all_addresses_print_one_that_opens_and_the_way_in_for_others(tmp_path: Path) -> None:
    with serving(tmp_path, "--host", "0.0.0.0") as served:
        assert f"http://localhost:{served.port}/?token=" in served.printed
        assert "--allow-host" in served.printed
        refused = served.ask("/", Host="192.168.1.5:80")
        assert refused.status == 400
        assert "--allow-host" in refused.text


@pytest.mark.parametrize(("files", "said"), [(128, True), (1024, False)])
def test_a_system_with_few_files_says_how_many_connections_it_has(
    tmp_path: Path, files: int, said: bool
) -> None:
    resource = pytest.importorskip("resource")

    def allow_files() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))

    with serving(tmp_path, prepare=allow_files) as served:
        assert ("connections at once" in served.printed) == said
        assert served.ask("/").status == 200
