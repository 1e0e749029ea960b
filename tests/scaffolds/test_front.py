"""Small projects, which have no setting for it, behind a server that shows them below a path."""

import re
from pathlib import Path

import httpx2
import pytest

from sandbox.run.front import Front
from sandbox.workshop import open_workshop
from tests.support.variants import EVERY_FRAMEWORK

pytestmark = pytest.mark.slow

NAME = "hub.example"


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_links_of_a_project_without_deploy_begin_with_the_prefix_it_is_asked_by(
    framework: str, tmp_path: Path
) -> None:
    workshop = open_workshop(tmp_path, front=Front("/user/ada/proxy/{port}/"))
    (project,) = workshop.create([workshop.request(framework, features=("pages",), slug="small")])
    try:
        state = workshop.lab.start(project)
        prefix = state.shown_at.rstrip("/")
        behind = {"Host": NAME, "X-Forwarded-Prefix": prefix}
        with httpx2.Client(base_url=state.address or "", trust_env=False) as asked:
            assert asked.get("/", headers=behind).headers["Location"] == f"{prefix}/books"
            assert asked.get("/").headers["Location"] == "/books"
            page = asked.get("/books", headers=behind).text
            links = set(re.findall(r'(?:href|src|action)="([^"#]+)"', page)) - {"data:,"}
            assert [each for each in links if not each.startswith((f"{prefix}/", "?"))] == []
            (style,) = (each for each in links if each.endswith(".css"))
            found = asked.get(style.removeprefix(prefix), headers=behind)
            assert found.status_code == 200
            assert prefix not in asked.get("/books").text
    finally:
        workshop.lab.close()
