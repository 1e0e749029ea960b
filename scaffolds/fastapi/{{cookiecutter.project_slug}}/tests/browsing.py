"""What a browser does with a form."""

import re
from html.parser import HTMLParser

from fastapi.testclient import TestClient
from httpx2 import Response


class Hidden(HTMLParser):
    """The hidden fields of a page, with their values."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("type") == "hidden":
            self.fields[given["name"] or ""] = given["value"] or ""


def submit(client: TestClient, page: str, to: str = "", **fields: str) -> Response:
    """Fill in a form of a page and send it, with the fields that nobody sees."""
    hidden = Hidden(client.get(page).text).fields
    return client.post(to or page, data=hidden | fields, follow_redirects=False)


def complaints(page: Response) -> dict[str, str]:
    """Return what a page says beside each field that was filled in wrongly."""
    return dict(re.findall(r'id="(\w+)-error"[^>]*>\s*([^<]*\w)', page.text))
#: if cookiecutter.auth :#


def sign_up(client: TestClient, username: str) -> None:
    """Become a member."""
    submit(client, "/signup", username=username, password="correct horse")
#: endif :#
