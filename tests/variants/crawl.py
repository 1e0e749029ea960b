"""Follow every link of a running app as a visitor would, without signing in."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin

import httpx2

_LINK = re.compile(r"(?:href|src)=[\"']([^\"'#][^\"']*)[\"']")
_MOST = 60  # addresses; pages of a list are many, and alike


def broken_links(base_url: str) -> list[str]:
    """Return each address that a page of the app leads to and that does not answer, with the page.

    Links to other hosts are not followed; only a page that ships with the framework may have them.
    """
    waiting: dict[str, str] = {f"{base_url}/": "the start"}
    seen: set[str] = set()
    broken: list[str] = []
    with httpx2.Client(trust_env=False, follow_redirects=True, timeout=60.0) as client:
        while waiting and len(seen) < _MOST:
            address, page = waiting.popitem()
            seen.add(address)
            with client.stream("GET", address) as answer:
                kind = answer.headers.get("content-type", "")
                if answer.status_code >= 400:
                    broken.append(f"{page} leads to {address}, which answers {answer.status_code}")
                elif kind.startswith("text/html"):
                    found = _links(str(answer.url), answer.read().decode("utf-8", "replace"))
                    ours = {link for link in found if link.startswith(f"{base_url}/")}
                    waiting.update(dict.fromkeys(sorted(ours - seen), address))
    return broken


def _links(page: str, text: str) -> set[str]:
    return {urldefrag(urljoin(page, link.replace("&amp;", "&")))[0] for link in _LINK.findall(text)}
