"""Diagnosis: from what is seen (a log, a check's first failure) to what a learner must read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from sandbox.datafile import Entry, Names, Text, by_id, read_tables
from sandbox.generate import Scaffold
from sandbox.knowledge import Knowledge

_FRAME = re.compile(r'File "([^"\n]+)", line (\d+)|(?m:^([\w./-]+\.(?:py|html)):(\d+):)')
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Kind:
    """One kind of trouble: how it shows, what to say of it and what to do, in sentences.

    `log` is looked for where the app has crashed, or where what was `told` fits as well.
    """

    id: Text
    says: Text
    example: Text
    do: str = ""
    log: str = ""
    told: str = ""
    checks: Names = ()


@dataclass(frozen=True)
class Diagnosis:
    """What is wrong, what to do, and the learner's file and line where it shows, if any does."""

    id: str
    says: str
    do: str = ""
    place: tuple[str, int] | None = None


@dataclass(frozen=True)
class Symptoms:
    """What there is to see: the app's log, the first failure, and the check that it is of.

    What else has gone wrong meanwhile is no cause of an answer that is only another one: the log
    tells much less where nothing has `crashed`.
    """

    log: str = ""
    told: str = ""
    check: str = ""
    crashed: bool = True

    def read_by(self, kind: Kind) -> str:
        """Return the text in which a kind of trouble is looked for, but what it says is `told`."""
        printed = self.log if kind.log and (self.crashed or kind.told) else ""
        return f"{printed}\n{self.told}"


def load_diagnoses(folder: Path) -> Mapping[str, Kind]:
    """Return the kinds of trouble by id, in the order to try them; raises `DataError`."""
    entries = read_tables(folder / "diagnoses.toml", "diagnosis")
    return by_id((entry, _kind(entry)) for entry in entries)


def _kind(entry: Entry) -> Kind:
    kind = entry.to(Kind)
    for key, pattern in (("log", kind.log), ("told", kind.told)):
        try:
            re.compile(pattern)
        except re.error as error:
            entry.refuse(f'"{key}" is no pattern: {error}.', "Correct it.")
    if not kind.log and not kind.told:
        entry.refuse("it has no symptom.", "Write log or told.")
    return kind


def diagnose(
    knowledge: Knowledge, scaffold: Scaffold, symptoms: Symptoms, folder: Path | None = None
) -> Diagnosis | None:
    """Return the first diagnosis that fits, None if none does.

    `folder` is the project's, so that a place in the log is one of the learner's own files.
    """
    for kind in load_diagnoses(knowledge.folder).values():
        found = _fits(kind, symptoms)
        if found is None:
            continue
        words = {name: lines[-1] for name, lines in scaffold.notes.commands.items()}
        words |= {str(place): each for place, each in enumerate(found, start=1)}
        says, do = (_filled(text, words) for text in (kind.says, kind.do))
        return Diagnosis(kind.id, says, do, _place(symptoms.read_by(kind), folder))
    return None


def _fits(kind: Kind, symptoms: Symptoms) -> tuple[str, ...] | None:
    """Return what the pattern's groups found, None if the kind does not fit."""
    if kind.checks and not any(fnmatch(symptoms.check, each) for each in kind.checks):
        return None
    told = re.search(kind.told, symptoms.told) if kind.told else None
    if kind.told and told is None:
        return None
    if not kind.log:
        return tuple(each or "" for each in told.groups()) if told else None
    hits = list(re.finditer(kind.log, symptoms.read_by(kind)))
    return tuple(each for each in hits[-1].groups() if each is not None) if hits else None


def _filled(text: str, words: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda match: words.get(match[1], "it"), text)


def _place(text: str, folder: Path | None) -> tuple[str, int] | None:
    """Return the last of the learner's own lines that a traceback names."""
    found: tuple[str, int] | None = None
    if folder is None:
        return None
    for match in _FRAME.finditer(text):
        path, line = match[1] or match[3], match[2] or match[4]
        named = Path(path)
        inside = named if not named.is_absolute() else _below(named, folder)
        own = inside and not {".venv", "site-packages"} & set(inside.parts)
        if inside and own and (folder / inside).is_file():
            found = inside.as_posix(), int(line)
    return found


def _below(path: Path, folder: Path) -> Path | None:
    for above in (folder, folder.resolve()):
        if path.is_relative_to(above):
            return path.relative_to(above)
    return None
