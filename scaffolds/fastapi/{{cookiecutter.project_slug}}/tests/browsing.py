"""What a browser does with a form."""

import re

from fastapi.testclient import TestClient
from httpx2 import Response

HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')


def submit(client: TestClient, page: str, to: str = "", **fields: str) -> Response:
    """Fill in a form of a page and send it, with the fields that nobody sees."""
    hidden = dict(HIDDEN.findall(client.get(page).text))
    return client.post(to or page, data=hidden | fields, follow_redirects=False)
#: if cookiecutter.auth :#


def sign_up(client: TestClient, username: str) -> None:
    """Become a member."""
    submit(client, "/signup", username=username, password="correct horse")
#: endif :#
