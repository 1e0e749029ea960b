"""The small client with which checks speak to an app: it knows only a base URL."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from copy import copy
from typing import TypeAlias
from urllib.parse import quote, urlencode

from sandbox.contract.answer import Answer, Json
from sandbox.contract.browser import Browser
from sandbox.contract.failure import Failure, Skipped
from sandbox.contract.means import Changes, Means, Production
from sandbox.contract.members import Member, draw_member, sign_up
from sandbox.contract.samples import Samples
from sandbox.contract.shops import Shops
from sandbox.contract.transport import ANSWER_SECONDS, Body, Transport
from sandbox.errors import ServerError

Parameter: TypeAlias = str | int

_SAFE = {"GET", "HEAD", "OPTIONS"}


class Api:
    """Send requests to one app on behalf of one run of the contract.

    With `auth` a member of the run's own is signed up before the first unsafe call; from then on
    its session and its token go with every call of `/api`, so that checks need not know.
    """

    def __init__(
        self,
        base_url: str,
        *,
        features: frozenset[str],
        samples: Samples,
        means: Means | None = None,
        project_name: str | None = None,
        seconds: float = ANSWER_SECONDS,
    ) -> None:
        self.features = features
        self.samples = samples
        self.project_name = project_name
        self.means = means or Means()
        self.transport = Transport(base_url, seconds=seconds)
        self.visitor = Browser(self.transport)
        self._resources = ExitStack()
        self._shops: Shops | None = None
        self._member: Member | Failure | None = None
        self._token: str | None = None
        self._anonymous = False
        self._usual_visitor: Browser | None = None

    @property
    def base_url(self) -> str:
        """Return the app's address."""
        return self.transport.base_url

    def close(self) -> None:
        """Let go of the connections, close the shops, and bring the usual app back."""
        with suppress(ServerError):
            self.leave_production()
        self._resources.close()
        self.transport.close()

    def browser(self) -> Browser:
        """Return a new visitor without cookies."""
        return Browser(self.transport)

    def restart(self, changes: Changes | None = None) -> None:
        """Stop and start the app, or skip the check when nobody said how."""
        if self.means.restart is None:
            raise Skipped(
                "it needs to restart the app: give the command that starts it", means="restart"
            )
        self.means.restart(changes or {})

    @property
    def production(self) -> Production:
        """Return the way to run the app in production, or skip the check."""
        if self.means.production is None:
            raise Skipped(
                "it needs the command that starts the app in production", means="production"
            )
        if self._usual_visitor is None:
            # Another key is in use there, which makes the cookies from here worthless.
            self._usual_visitor, self.visitor = self.visitor, Browser(self.transport)
        return self.means.production

    def leave_production(self) -> None:
        """Bring the usual app back if a check has put the one in production in its place."""
        if self._usual_visitor is not None and self.means.production is not None:
            self._usual_visitor, self.visitor = None, self._usual_visitor
            self.means.production.leave()

    @property
    def staff(self) -> Member:
        """Return a staff member, or skip the check."""
        if self.means.staff is None:
            raise Skipped("it needs the name and password of a staff member", means="staff")
        return Member(*self.means.staff)

    @property
    def shops(self) -> Shops:
        """Open bookshops of our own, once a run, and have the app know them."""
        if self._shops is None:
            shops = self._resources.enter_context(Shops())
            self.restart({"BOOKSHOPS": ",".join(shops.urls)})
            self._shops = shops
        return self._shops

    @property
    def member(self) -> Member:
        """Return the member that this run signed up, and sign it up before the first use."""
        if self._member is None:
            member = draw_member(self.samples)
            try:
                sign_up(self.visitor, member)
                self._token = self.visitor.open("/books").page.csrf_token
                self._member = member
            except Failure as failure:
                self._member = failure
        if isinstance(self._member, Failure):
            raise self._member
        return self._member

    def stranger(self) -> Api:
        """Return the same client for somebody who is not signed in."""
        other = self._for(Browser(self.transport))
        other._anonymous = True
        return other

    def other_member(self, member: Member | None = None) -> Api:
        """Return the same client for another member, new unless given one to sign up."""
        new = draw_member(self.samples) if member is None else member
        browser = Browser(self.transport)
        sign_up(browser, new)
        return self.speaking_for(browser, new)

    def speaking_for(self, browser: Browser, member: Member) -> Api:
        """Return the same client for a member who has signed in with this browser."""
        other = self._for(browser)
        other._member = member
        other._token = browser.open("/books").page.csrf_token
        return other

    def _for(self, browser: Browser) -> Api:
        other = copy(self)
        other.visitor = browser
        other._token = None
        other._anonymous = False
        return other

    def get(self, path: str, parameters: Mapping[str, Parameter] | None = None) -> Answer:
        """GET a path; parameters are percent-encoded as UTF-8."""
        query = "?" + urlencode(parameters, quote_via=quote) if parameters else ""
        return self.send("GET", path + query)

    def post(self, path: str, value: Json) -> Answer:
        """POST a value as JSON."""
        return self.send_json("POST", path, json.dumps(value, ensure_ascii=False))

    def patch(self, path: str, value: Json) -> Answer:
        """PATCH with a value as JSON."""
        return self.send_json("PATCH", path, json.dumps(value, ensure_ascii=False))

    def delete(self, path: str) -> Answer:
        """DELETE a path."""
        return self.send("DELETE", path)

    def send_json(self, method: str, path: str, text: str | bytes) -> Answer:
        """Send a text as JSON, whether or not it is."""
        return self.send(method, path, body=text, content_type="application/json")

    def send(
        self,
        method: str,
        path: str,
        *,
        body: str | bytes = b"",
        content_type: str | None = None,
        before_the_end: Callable[[], None] | None = None,
    ) -> Answer:
        """Send one request as it stands and read the whole answer, following no redirect.

        `before_the_end` is called when all of the body but its last byte is sent.
        """
        content = body.encode() if isinstance(body, str) else body
        headers = {"Accept": "application/json, */*;q=0.1", **self.credentials(method, path)}
        return self.visitor.send(
            method, path, body=Body(content, content_type, before_the_end), headers=headers
        )

    def credentials(self, method: str, path: str) -> dict[str, str]:
        """Sign up if an unsafe call needs it; return the token that goes with the session."""
        needed = "auth" in self.features and path.startswith("/api") and method not in _SAFE
        if not needed or self._anonymous or not self.member:
            return {}
        return {"X-CSRFToken": self._token} if self._token else {}
