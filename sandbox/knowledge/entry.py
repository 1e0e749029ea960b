"""Read a data file entry by entry; each complaint names the file, the entry and the fix."""

import csv
import io
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, cast

from sandbox.errors import KnowledgeError
from sandbox.knowledge.names import say_what_exists


def refuse(file: str, entry: str, problem: str, fix: str) -> NoReturn:
    """Raise `KnowledgeError` as `file, entry: problem` with the fix as its hint."""
    where = f"{file}, {entry}" if entry else file
    message = f"{where}: {problem}"
    raise KnowledgeError(message, fix)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a data file, whose fields are taken out checked."""

    file: str
    name: str
    fields: Mapping[str, object]

    def refuse(self, problem: str, fix: str) -> NoReturn:
        """Raise `KnowledgeError` about this entry."""
        refuse(self.file, self.name, problem, fix)

    def only(self, *keys: str) -> None:
        """Refuse fields other than `keys`, so that a misspelt field is not ignored."""
        for key in self.fields:
            if key not in keys:
                self.refuse(f'there is no field "{key}".', say_what_exists(key, keys))

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there and not blank."""
        value = self.fields.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.refuse(f'"{key}" is missing or not a text.', f'Write {key} = "…".')
        return value

    def number(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number from `low` to `high`; a CSV cell may hold it as text."""
        value = self.fields.get(key, default)
        if isinstance(value, str) and value.removeprefix("-").isdecimal():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.refuse(f'"{key}" is {value!r}.', f"Write a whole number from {low} to {high}.")
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Return true or false."""
        value = self.fields.get(key, default)
        if not isinstance(value, bool):
            self.refuse(f'"{key}" is missing or not true or false.', f"Write {key} = true.")
        return value

    def one_of(self, key: str, allowed: Collection[str]) -> str:
        """Return a text that is one of `allowed`."""
        value = self.text(key)
        self.check_names(key, [value], allowed)
        return value

    def names(
        self, key: str, known: Collection[str], *, empty: bool = False, separator: str = " "
    ) -> tuple[str, ...]:
        """Return a list of names that are all `known`; a CSV cell holds them separated."""
        value = self.fields.get(key, () if empty else None)
        if isinstance(value, str):
            value = [part for part in value.split(separator) if part]
        items = cast("list[object]", value) if isinstance(value, list | tuple) else None
        if items is None or not all(isinstance(item, str) for item in items):
            self.refuse(f'"{key}" is missing or not a list of names.', f'Write {key} = ["…"].')
        found = tuple(str(item) for item in items)
        if not found and not empty:
            self.refuse(f'"{key}" is empty.', f"Name at least one in {key}.")
        self.check_names(key, found, known)
        return found

    def check_names(self, key: str, names: Collection[str], known: Collection[str]) -> None:
        """Refuse a name that is not `known` and one that is listed twice."""
        for name in names:
            if name not in known:
                self.refuse(f'"{key}" names "{name}", which does not exist.', _fix(name, known))
        if len(set(names)) != len(names):
            self.refuse(f'"{key}" lists a name twice.', "Keep it once.")

    def inner(self, key: str) -> "Entry":
        """Return a table inside this entry."""
        value = self.fields.get(key)
        if not isinstance(value, dict):
            self.refuse(f'"{key}" is missing or not a table.', f"Write {key} = {{ … }}.")
        return Entry(self.file, f"{self.name}, {key}", cast("Mapping[str, object]", value))

    def entries(self, key: str, kind: str, *, named: str = "id") -> Iterator["Entry"]:
        """Yield the tables of the list `key`, each called after its field `named`."""
        value = self.fields.get(key)
        if not isinstance(value, list) or not value:
            self.refuse(f'there is no "{key}".', f"Write one [[…{key}]] table an entry.")
        for number, item in enumerate(cast("list[object]", value), start=1):
            if not isinstance(item, dict):
                self.refuse(f'"{key}" {number} is not a table.', f"Write [[…{key}]].")
            fields = cast("Mapping[str, object]", item)
            place = f"{kind} {fields.get(named, f'number {number}')}"
            name = f"{self.name}, {place}" if self.name else place
            yield Entry(self.file, name, fields)


def _fix(name: str, known: Collection[str]) -> str:
    """Return what exists, shortened to the near names where there are very many."""
    if len(known) <= 20:
        return say_what_exists(name, known)
    return f"Correct the spelling, or add an entry {name} to the file that lists them."


def read_toml(folder: Path, file: str) -> Entry:
    """Return a TOML file as one entry without a name."""
    try:
        fields = tomllib.loads(_read_text(folder, file))
    except tomllib.TOMLDecodeError as error:
        refuse(file, "", f"it is not valid TOML ({error}).", "Correct the line it names.")
    return Entry(file, "", fields)


def read_tables(folder: Path, kind: str, file: str, *, named: str = "id") -> Iterator[Entry]:
    """Return the entries of a TOML file that holds nothing but `[[kind]]` tables."""
    whole = read_toml(folder, file)
    whole.only(kind)
    return whole.entries(kind, kind, named=named)


def read_csv(folder: Path, file: str, columns: tuple[str, ...]) -> list[Entry]:
    """Return the rows of a CSV file, whose first line must be `columns`, in file order."""
    try:
        rows = list(csv.reader(io.StringIO(_read_text(folder, file), newline=""), strict=True))
    except csv.Error as error:
        refuse(file, "", f"it is not valid CSV ({error}).", "Close every quoted cell.")
    if not rows or tuple(rows[0]) != columns:
        refuse(file, "line 1", "the column names differ.", f"Write {','.join(columns)}.")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(columns):
            problem = f"it has {len(row)} cells instead of {len(columns)}."
            refuse(file, f"row {number}", problem, "Put cells that hold a comma in quotes.")
    return [Entry(file, row[0], dict(zip(columns, row, strict=True))) for row in rows[1:]]


def _read_text(folder: Path, file: str) -> str:
    try:
        return (folder / file).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        refuse(file, f"byte {error.start}", "it is not UTF-8 text.", "Save it as UTF-8.")
    except OSError as error:
        reason = error.strerror or "unreadable"
        refuse(file, "", f"it cannot be read ({reason}).", f"Put {file} into {folder}.")
