"""The cookies that each app has set in the console: kept as a browser keeps them."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.cookies import CookieError, Morsel, SimpleCookie
from pathlib import Path

import msgspec

from sandbox.replace import replace_text
from sandbox.workspace.record import UnusableRecordError, changing, read_text

_FILE = "cookies.json"
_MOST = 100


@dataclass(frozen=True)
class Cookie:
    """One cookie; `expires` is a moment in seconds, `None` for one that lasts a session."""

    name: str
    value: str
    path: str = "/"
    expires: float | None = None
    http_only: bool = False
    same_site: str = ""


def read_jar(folder: Path) -> tuple[Cookie, ...]:
    """Return the cookies kept in a record folder; a record that cannot be read holds none."""
    try:
        kept = msgspec.json.decode(read_text(folder / _FILE), type=tuple[Cookie, ...])
    except (FileNotFoundError, UnusableRecordError, msgspec.DecodeError):
        return ()
    now = time.time()
    return tuple(each for each in kept if each.expires is None or each.expires > now)


def write_jar(folder: Path, cookies: Iterable[Cookie]) -> None:
    """Keep these cookies and no others; raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _FILE
    with changing(path):
        replace_text(path, msgspec.json.encode(tuple(cookies)[-_MOST:]).decode())


def after(jar: Iterable[Cookie], lines: Iterable[str]) -> tuple[Cookie, ...]:
    """Return a jar after the Set-Cookie `lines` of an answer; those that are no cookies pass by."""
    kept = {(each.name, each.path): each for each in jar}
    for line in lines:
        for morsel in _morsels(line).values():
            made = _cookie(morsel)
            kept.pop((made.name, made.path), None)
            if made.expires is None or made.expires > time.time():
                kept[made.name, made.path] = made
    return tuple(kept.values())


def header_for(jar: Iterable[Cookie], path: str) -> str:
    """Return the Cookie header that goes with a request to `path`, empty without cookies."""
    plain = path.partition("?")[0]
    return "; ".join(f"{each.name}={each.value}" for each in jar if _belongs(each.path, plain))


def _belongs(scope: str, path: str) -> bool:
    return path == scope or path.startswith(scope if scope.endswith("/") else f"{scope}/")


def _morsels(line: str) -> Mapping[str, Morsel[str]]:
    try:
        return SimpleCookie(line)
    except CookieError:
        return {}


def _cookie(morsel: Morsel[str]) -> Cookie:
    path = morsel["path"]
    return Cookie(
        morsel.key,
        morsel.coded_value,
        path if path.startswith("/") else "/",
        _expiry(morsel),
        bool(morsel["httponly"]),
        morsel["samesite"],
    )


def _expiry(morsel: Morsel[str]) -> float | None:
    if morsel["max-age"]:
        try:
            return time.time() + int(morsel["max-age"])
        except ValueError:
            return None
    if morsel["expires"]:
        try:
            return parsedate_to_datetime(morsel["expires"]).timestamp()
        except (ValueError, OverflowError):
            return None
    return None
