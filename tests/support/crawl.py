"""Follow the links of an app's pages as far as they lead."""

import re
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx2

LINK = re.compile(r"""(?:href|src|action|data-url)=["']([^"'#][^"']*)["']""")
MOST = 80  # addresses; those of a list's pages and filters are many, and alike


def crawl(client: httpx2.Client, start: str) -> tuple[set[str], list[str]]:
    """Follow the links of all pages; return the paths seen and the links that are broken.

    What changes something is only looked at: the action of a form, and links to sign out.
    """
    origin = urljoin(start, "/")
    waiting, seen, broken = {start: "the start", f"{start}admin/": "a person"}, set[str](), []
    while waiting and len(seen) < MOST:
        address = next(iter(waiting))  # the near ones first, so that each part has its turn
        page = waiting.pop(address)
        seen.add(urlsplit(address).path)
        if "logout" in address or "delete" in address:
            continue
        with client.stream("GET", address) as answer:
            if answer.status_code >= 400 and answer.status_code != 405:
                broken.append(f"{page} leads to {address}: {answer.status_code}")
            elif answer.headers.get("content-type", "").startswith("text/html"):
                text = answer.read().decode()
                for link in LINK.findall(text):
                    found = urldefrag(urljoin(str(answer.url), link.replace("&amp;", "&")))[0]
                    path = urlsplit(found).path
                    if found.startswith(origin) and path not in seen:
                        waiting.setdefault(found, address)
    return seen, broken
