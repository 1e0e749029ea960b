"""Read our data files entry by entry into typed values; each complaint names file, entry and fix.

The types of a dataclass's fields are the schema: msgspec holds each value to its field's type and
range, and what this module adds is the place, the names that exist, and keys that do not belong.
"""

import csv
import dataclasses
import io
import json
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import (
    Annotated,
    Any,
    Literal,
    NoReturn,
    Protocol,
    TypeVar,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

import msgspec
from msgspec import Meta

from sandbox.errors import DataError
from sandbox.names import say_what_exists

T = TypeVar("T")
Text = Annotated[str, Meta(pattern=r"\S")]
Short = Annotated[str, Meta(pattern=r"^\S+( \S+)?$")]
Identifier = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
WebAddress = Annotated[str, Meta(pattern=r"^https://\S+\.\S+$")]
Names = tuple[Text, ...]
SomeNames = Annotated[tuple[Text, ...], Meta(min_length=1)]

_SHORT_LIST = 20
_WORDS = (
    (r"`str` matching regex '\\S'", "a text that is not empty"),
    (r"`str` matching regex '^\\S+( \\S+)?$'", "one word or two"),
    ("`str` matching regex '^[a-z][a-z0-9_]*$'", "small letters, digits and _"),
    (r"`str` matching regex '^https://\\S+\\.\\S+$'", "an address that begins with https://"),
    ("`str`", "a text"),
    ("`int`", "a whole number"),
    ("`bool`", "true or false"),
    ("`array`", "a list"),
    ("`object`", "a table"),
)


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_WithId = TypeVar("_WithId", bound=_HasId)


def refuse(file: str, entry: str, problem: str, fix: str) -> NoReturn:
    """Raise `DataError` as `file, entry: problem` with the fix as its hint."""
    where = f"{file}, {entry}" if entry else file
    message = f"{where}: {problem}"
    raise DataError(message, fix)


@dataclasses.dataclass(frozen=True)
class Entry:
    """One entry of a data file; a `lenient` one comes from CSV, whose numbers are written as text.

    `fields` are as they were read; `to` makes a value of them.
    """

    file: str
    name: str
    fields: Mapping[str, object]
    lenient: bool = False

    def refuse(self, problem: str, fix: str) -> NoReturn:
        """Raise `DataError` about this entry."""
        refuse(self.file, self.name, problem, fix)

    def only(self, *keys: str) -> None:
        """Refuse keys other than these, so that a misspelt one is not passed over."""
        for key in self.fields:
            if key not in keys:
                self.refuse(f'there is no key "{key}".', say_what_exists(key, keys))

    def without(self, *keys: str) -> "Entry":
        """Return the entry without some fields, which somebody else has read."""
        kept = {key: value for key, value in self.fields.items() if key not in keys}
        return dataclasses.replace(self, fields=kept)

    def renamed(self, old: str, new: str) -> "Entry":
        """Return the entry with a field under the name that its dataclass uses."""
        fields = {new if key == old else key: value for key, value in self.fields.items()}
        return dataclasses.replace(self, fields=fields)

    def to(
        self, kind: type[T], known: Mapping[str, Collection[str]] | None = None, **given: object
    ) -> T:
        """Return the entry as a dataclass, whose field types say what each key must hold.

        `known` says which names exist for a field that holds names; `given` fields are already
        made. Raises `DataError`.
        """
        shape = _shape(kind)
        wanted = {key: hint for key, (hint, _) in shape.items() if key not in given}
        self.only(*wanted)
        needed = [key for key in wanted if key in self.fields or shape[key][1]]
        found = {key: self.value(key, wanted[key]) for key in needed}
        for key, names in (known or {}).items():
            self.check_names(key, cast("str | tuple[str, ...]", found.get(key, ())), names)
        return kind(**found, **given)

    def value(self, key: str, hint: Any, default: object = None) -> Any:
        """Return a field as the type `hint`; raises `DataError`."""
        if key not in self.fields and default is None:
            self.refuse(f'"{key}" is missing.', f"Add {key}.")
        value = self.fields.get(key, default)
        try:
            return msgspec.convert(value, hint, strict=not self.lenient)
        except msgspec.ValidationError as error:
            choices = get_args(hint) if get_origin(hint) is Literal else ()
            fix = say_what_exists(str(value), choices) if choices else f"Correct {key}."
            self.refuse(f'"{key}" does not fit: {_said(error)}.', fix)

    def check_names(self, key: str, names: str | Iterable[str], known: Collection[str]) -> None:
        """Refuse a name that is not `known` and one that is listed twice."""
        listed = [names] if isinstance(names, str) else list(names)
        for name in listed:
            if name not in known:
                few = len(known) <= _SHORT_LIST
                fix = say_what_exists(name, known) if few else f"Correct it, or add {name}."
                self.refuse(f'"{key}" names "{name}", which does not exist.', fix)
        if len(set(listed)) != len(listed):
            self.refuse(f'"{key}" lists a name twice.', "Keep it once.")

    def inner(self, key: str) -> "Entry":
        """Return a table inside this entry."""
        value = self.fields.get(key)
        if not isinstance(value, dict):
            self.refuse(f'"{key}" is missing or not a table.', f"Write {key} as a table.")
        name = f"{self.name}, {key}" if self.name else key
        return Entry(self.file, name, cast("Mapping[str, object]", value))

    def mapping(
        self, key: str, hint: Any, known: Collection[str] | None = None
    ) -> Mapping[str, Any]:
        """Return the table `key`, whose values are all of the type `hint` and its keys `known`."""
        table = self.inner(key)
        if known is not None:
            self.check_names(key, table.fields, known)
        return MappingProxyType({name: table.value(name, hint) for name in table.fields})

    def inner_entries(self, key: str) -> Iterator[tuple[str, "Entry"]]:
        """Yield name and table for each table inside the table `key`."""
        table = self.inner(key)
        for name in table.fields:
            yield name, dataclasses.replace(table.inner(name), name=f"{key}.{name}")

    def entries(self, key: str, named: str = "id") -> Iterator["Entry"]:
        """Yield the tables of the list `key`, each called after its field `named`."""
        value = self.fields.get(key)
        if not isinstance(value, list) or not value:
            self.refuse(f'there is no "{key}".', f"Write one [[{key}]] table an entry.")
        for number, item in enumerate(cast("list[object]", value), start=1):
            if not isinstance(item, dict):
                self.refuse(f'"{key}" {number} is not a table.', f"Write [[{key}]].")
            fields = cast("Mapping[str, object]", item)
            place = f"{key} {fields.get(named, f'number {number}')}"
            name = f"{self.name}, {place}" if self.name else place
            yield Entry(self.file, name, fields)


def _said(error: msgspec.ValidationError) -> str:
    """Return msgspec's complaint in words for people who do not know Python's types."""
    said = str(error).partition(" - at ")[0]
    for pattern, words in _WORDS:
        said = said.replace(pattern, words)
    return f"{said[:1].lower()}{said[1:]}"


@lru_cache
def _shape(kind: type) -> Mapping[str, tuple[Any, bool]]:
    """Return each field of a dataclass with its type and whether it must be given."""
    hints = get_type_hints(kind, include_extras=True)
    fields = dataclasses.fields(kind)
    return {
        each.name: (
            hints[each.name],
            each.default is each.default_factory is dataclasses.MISSING,
        )
        for each in fields
        if each.init
    }


def by_id(pairs: Iterable[tuple[Entry, _WithId]]) -> Mapping[str, _WithId]:
    """Return the values by their id, in order; refuse an id that comes twice."""
    found: dict[str, _WithId] = {}
    for entry, value in pairs:
        if value.id in found:
            entry.refuse(f'the id "{value.id}" is already taken.', "Give it another id.")
        found[value.id] = value
    return MappingProxyType(found)


def read_toml(path: Path, file: str = "") -> Entry:
    """Return a TOML file as one entry without a name; complaints call it `file`."""
    file = file or path.name
    try:
        return Entry(file, "", tomllib.loads(read_text(path, file)))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        refuse(file, "", f"it is not valid TOML ({error}).", "Correct the line it names.")


def read_json(path: Path, file: str = "") -> Entry:
    """Return a JSON file that holds an object as one entry without a name."""
    file = file or path.name
    try:
        fields = json.loads(read_text(path, file), object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        refuse(file, "", f"it is not valid JSON ({error}).", "Correct the line it names.")
    if not isinstance(fields, dict):
        refuse(file, "", "it is not a JSON object.", "Begin it with { and end it with }.")
    return Entry(file, "", cast("Mapping[str, object]", fields))


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f'"{twice}" stands twice in one object')
    return found


def read_tables(path: Path, kind: str, named: str = "id") -> list[Entry]:
    """Return the entries of a TOML file that holds nothing but `[[kind]]` tables."""
    whole = read_toml(path)
    whole.only(kind)
    return list(whole.entries(kind, named))


def read_csv(
    path: Path, columns: tuple[str, ...], lists: Mapping[str, str] | None = None
) -> list[Entry]:
    """Return the rows of a CSV file, whose first line must be `columns`, in file order.

    `lists` gives the separator of each column that holds several names.
    """
    file = path.name
    try:
        rows = list(csv.reader(io.StringIO(read_text(path, file), newline=""), strict=True))
    except csv.Error as error:
        refuse(file, "", f"it is not valid CSV ({error}).", "Close every quoted cell.")
    if not rows or tuple(rows[0]) != columns:
        refuse(file, "line 1", "the column names differ.", f"Write {','.join(columns)}.")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(columns):
            problem = f"it has {len(row)} cells instead of {len(columns)}."
            refuse(file, f"row {number}", problem, "Put cells that hold a comma in quotes.")
    cells = (_cells(columns, row, lists or {}) for row in rows[1:])
    return [Entry(file, str(each[columns[0]]), each, lenient=True) for each in cells]


def _cells(columns: tuple[str, ...], row: list[str], lists: Mapping[str, str]) -> dict[str, object]:
    return {
        key: [part for part in cell.split(lists[key]) if part] if key in lists else cell
        for key, cell in zip(columns, row, strict=True)
    }


def read_text(path: Path, file: str) -> str:
    """Return a file's text; raises `DataError` that calls it `file`."""
    try:
        return path.read_bytes().decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        refuse(file, f"byte {error.start}", "it is not UTF-8 text.", "Save it as UTF-8.")
    except OSError as error:
        reason = error.strerror or "unreadable"
        refuse(file, "", f"it cannot be read ({reason}).", f"Put it into {path.parent.name}.")
