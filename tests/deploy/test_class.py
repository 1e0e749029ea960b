"""A class as it is deployed: learners behind a real JupyterHub who look around."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from tests.support.class_hub import Learner, class_hub, opened, signed_in

pytestmark = [pytest.mark.slow, pytest.mark.load, pytest.mark.timeout(400)]

LEARNERS = ("ada", "grace", "alan")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with class_hub(tmp_path_factory.mktemp("class")) as address:
        yield address


@pytest.fixture(scope="module")
def learners(hub: str) -> Iterator[list[Learner]]:
    found = [signed_in(hub, name) for name in LEARNERS]
    yield found
    for each in found:
        each.browser.close()


def test_every_link_stays_within_the_learners_own_prefix(learners: list[Learner]) -> None:
    for learner in learners:
        own = f"/user/{learner.name}/"
        page = opened(learner).text
        assert "Framework Sandbox" in page
        links = set(re.findall(r'(?:href|src|action)="([^"#][^"]*)"', page))
        assert links
        assert all(link.startswith((own, "?")) for link in links if not urlsplit(link).netloc)
        opened_by_get = set(re.findall(r'(?:href|src)="([^"#][^"]*)"', page))
        broken = [
            link for link in opened_by_get if learner.browser.get(_absolute(learner, link)).is_error
        ]
        assert broken == []


def _absolute(learner: Learner, link: str) -> str:
    return urljoin(f"{learner.pages}/", link)


def test_a_learner_reads_and_writes_nothing_of_another(hub: str, learners: list[Learner]) -> None:
    ada, grace = learners[0], learners[1]
    opened(ada), opened(grace)
    made = ada.browser.post(
        f"{ada.pages}/api/projects",
        json={"framework": "flask", "name": "Diary"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert made.status_code == 201, made.text
    assert [each["folder"] for each in grace.ask("/api/projects").json()["projects"]] == []
    for path in ("/api/projects", "/lab", "/"):
        foreign = grace.browser.get(f"{hub}/user/ada{path}")
        assert foreign.status_code in (403, 404), path
        assert "Diary" not in foreign.text


def test_nobody_listens_at_a_port_of_the_pages(learners: list[Learner]) -> None:
    """What the hub starts for a learner can be reached at a file of mode 600 only."""
    opened(learners[0])
    sockets = _sockets()
    assert sockets
    for path in sockets:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700, path


def _sockets() -> list[Path]:
    lines = Path("/proc/net/unix").read_text(encoding="utf-8").splitlines()[1:]
    paths = {Path(line.split()[-1]) for line in lines if "/jupyter-server-proxy-" in line}
    return [path for path in paths if path.exists()]
