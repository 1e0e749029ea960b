"""A visitor with a browser's habits: cookies are kept, and a form's hidden fields sent back."""

from html.parser import HTMLParser

import httpx2

NAME, PASSWORD = "zqvisitor", "the-password-of-a-visitor-7"


class _Form(HTMLParser):
    """Read the hidden inputs of the last form with visible fields, and the page's CSRF token."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.visible: list[str] = []
        self.token = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "meta" and given.get("name") == "csrf-token":
            self.token = given.get("content", "")
        if tag in ("input", "textarea", "select") and "name" in given:
            if given.get("type") == "hidden":
                self.hidden[given["name"]] = given.get("value", "")
            else:
                self.visible.append(given["name"])


class Visitor:
    """Speak to one running app; as a member if its features have accounts."""

    def __init__(self, url: str, *, patience: float = 120) -> None:
        self.client = httpx2.Client(
            base_url=url, trust_env=False, timeout=patience, follow_redirects=True
        )

    def close(self) -> None:
        """Close the connections."""
        self.client.close()

    def sign_up(self) -> None:
        """Become a member and sign in."""
        form = self._form("/signup")
        passwords = {name: PASSWORD for name in form.visible if name.startswith("password")}
        self.send_form("/signup", {"username": NAME, **passwords})
        self.send_form("/login", {"username": NAME, "password": PASSWORD})

    def send_form(self, path: str, fields: dict[str, str]) -> httpx2.Response:
        """Open a page with a form, fill it in and send it there."""
        hidden = self._form(path).hidden
        return self.client.post(path, data={**hidden, **fields})

    def send_json(self, method: str, path: str, text: str) -> httpx2.Response:
        """Send JSON text as the pages' own scripts would, with the token that they read."""
        home = _Form()
        home.feed(self.client.get("/").text)
        headers = {"Content-Type": "application/json", "X-CSRFToken": home.token}
        return self.client.request(method, path, content=text, headers=headers)

    def get(self, path: str) -> httpx2.Response:
        """Open a page."""
        return self.client.get(path)

    def _form(self, path: str) -> _Form:
        form = _Form()
        form.feed(self.client.get(path).text)
        return form
