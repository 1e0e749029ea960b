"""A page of HTML, read as a browser reads it: its text, links and forms.

By Python's own parser, which takes whatever comes in the order of the page. Tried beside it: lxml
drops what is nested deep and refuses an empty page, selectolax needs 18 seconds for 50,000 open
tags, BeautifulSoup is this parser and three times as slow.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

URL_ENCODED = "application/x-www-form-urlencoded"
_SILENT = {"script", "style", "template", "title"}
_NO_FIELDS = {"submit", "button", "reset", "image", "file"}


@dataclass(slots=True)
class Field:
    """One named part of a form; `options` are the values that a select offers."""

    name: str
    kind: str
    value: str
    checked: bool = True
    options: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class Form:
    """A form; `fields` holds hidden inputs too, in the order of the page."""

    action: str
    method: str
    kind: str = URL_ENCODED
    fields: list[Field] = field(default_factory=list[Field])
    button: tuple[str, str] | None = None

    @property
    def values(self) -> dict[str, str]:
        """Return what a browser would send if nothing were typed."""
        return {each.name: each.value for each in self.fields if each.checked}

    @property
    def hidden(self) -> dict[str, str]:
        """Return the hidden inputs."""
        return {each.name: each.value for each in self.fields if each.kind == "hidden"}

    @property
    def tokens(self) -> tuple[str, ...]:
        """Return the names of the hidden inputs that hold a token against forgery."""
        return tuple(
            name for name in self.hidden if "csrf" in name.lower() or "token" in name.lower()
        )

    def field(self, name: str) -> Field | None:
        """Return the field with this name."""
        return next((each for each in self.fields if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Tag:
    """An element's name and attributes."""

    name: str
    attributes: Mapping[str, str]


@dataclass(slots=True)
class Document:
    """What a page holds; `pieces` are its texts and, as `Field`, the places of its fields."""

    tags: list[Tag] = field(default_factory=list[Tag])
    forms: list[Form] = field(default_factory=list[Form])
    pieces: list[str | Field] = field(default_factory=list["str | Field"])
    scripts: list[str] = field(default_factory=list[str])

    @property
    def text(self) -> str:
        """Return the visible text, with single blanks."""
        return " ".join(" ".join(p for p in self.pieces if isinstance(p, str)).split())

    @property
    def links(self) -> list[str]:
        """Return where the links lead, as written."""
        return self.attributes("a", "href")

    def attributes(self, tag: str, name: str) -> list[str]:
        """Return the values of an attribute of all elements with this name."""
        return [
            each.attributes[name]
            for each in self.tags
            if each.name == tag and each.attributes.get(name)
        ]

    def form_with(self, *names: str) -> Form | None:
        """Return the first form that has fields with all these names."""
        wanted = set(names)
        return next(
            (form for form in self.forms if wanted <= {each.name for each in form.fields}), None
        )

    def shown(self, name: str) -> list[str]:
        """Return what stands in the fields with this name, of all forms."""
        return [each.value for form in self.forms for each in form.fields if each.name == name]

    def nearby(self, name: str) -> str:
        """Return the text around a field: from the field before it to the field after it."""
        places = [at for at, piece in enumerate(self.pieces) if isinstance(piece, Field)]
        for number, at in enumerate(places):
            piece = self.pieces[at]
            if isinstance(piece, Field) and piece.name == name:
                first = places[number - 1] if number else 0
                last = places[number + 1] if number + 1 < len(places) else None
                around = self.pieces[first:last]
                return " ".join(text for text in around if isinstance(text, str))
        return ""

    @property
    def csrf_token(self) -> str | None:
        """Return the token in `<meta name="csrf-token">`."""
        found = (
            each.attributes.get("content", "")
            for each in self.tags
            if each.name == "meta" and each.attributes.get("name") == "csrf-token"
        )
        return next(found, None)


def read_document(text: str) -> Document:
    """Read a page; HTML of any kind gives a document, however broken."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.document


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.document = Document()
        self._form: Form | None = None
        self._select: Field | None = None
        self._area: Field | None = None
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in reversed(attrs)}
        self.document.tags.append(Tag(tag, given))
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "form":
            self._form = Form(
                given.get("action", ""),
                given.get("method", "get").upper(),
                given.get("enctype", URL_ENCODED),
            )
            self.document.forms.append(self._form)
        elif tag == "input":
            self._input(given, "checked" in given)
        elif tag == "button" and given.get("type", "submit") == "submit":
            self._button(given)
        elif tag == "select":
            self._select = self._add(Field(given.get("name", ""), "select", ""))
        elif tag == "option" and self._select is not None:
            self._option(given)
        elif tag == "textarea":
            self._area = self._add(Field(given.get("name", ""), "textarea", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            self._silent.remove(tag)
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area is not None:
            # A browser drops the line break with which a textarea may begin.
            self._area.value = self._area.value.removeprefix("\r\n").removeprefix("\n")
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data
        elif self._silent:
            if self._silent[-1] == "script":
                self.document.scripts.append(data)
        elif data.strip():
            self.document.pieces.append(data)

    def _input(self, given: Mapping[str, str], checked: bool) -> None:
        kind = given.get("type", "text").lower()
        if kind == "submit":
            self._button(given)
        if kind in _NO_FIELDS:
            return
        boxed = kind in {"checkbox", "radio"}
        value = given.get("value", "on" if boxed else "")
        self._add(Field(given.get("name", ""), kind, value, checked or not boxed))

    def _button(self, given: Mapping[str, str]) -> None:
        if self._form is not None and self._form.button is None:
            self._form.button = (given.get("name", ""), given.get("value", ""))

    def _option(self, given: Mapping[str, str]) -> None:
        assert self._select is not None
        value = given.get("value", "")
        if "selected" in given or not self._select.options:
            self._select.value = value
        self._select.options.append(value)

    def _add(self, made: Field) -> Field:
        if made.name and self._form is not None:
            self._form.fields.append(made)
            if made.kind != "hidden":
                self.document.pieces.append(made)
        return made
