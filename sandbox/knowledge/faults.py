"""The planted faults: how an app may get the contract wrong, without any code."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.datafile import Names, SomeNames, Text, by_id, read_tables, read_toml
from sandbox.knowledge.features import close_features
from sandbox.knowledge.model import Knowledge

_EARLY = {"hello", "routes", "validation"}


@dataclass(frozen=True)
class Fault:
    """A sentence of the contract that an app breaks, and what a visitor of it would write.

    `check` is the id of the one that notices; not every fault is one that a visitor would find
    words for. It is about these `features`, and `project` are those of the smallest project in
    which it shows: the first four features have one together, which stores its books, but for a
    fault that shows where they are kept in memory.
    """

    id: str
    sentence: Text
    check: Text
    tells: Text
    complaint: str
    features: tuple[str, ...]
    project: tuple[str, ...]


@dataclass(frozen=True)
class FaultName:
    """What professionals call a kind of fault, and what it is in general."""

    id: Text
    name: Text
    says: Text
    faults: SomeNames


@dataclass(frozen=True)
class _Written:
    sentence: Text
    check: Text
    tells: Text
    complaint: str = ""
    with_: Names = ()
    in_memory: bool = False


def load_faults(knowledge: Knowledge) -> Mapping[str, Fault]:
    """Return the faults by id; raises `DataError` with file, entry and fix."""
    features = knowledge.features
    whole = read_toml(knowledge.folder / "faults.toml")
    if not whole.fields:
        whole.refuse("it is empty.", "Write one [feature.id] table a fault.")
    whole.check_names("faults.toml", whole.fields, features)
    found: dict[str, Fault] = {}
    for feature in whole.fields:
        for name, entry in whole.inner_entries(feature):
            if name in found:
                entry.refuse("the id is already taken.", "Give it another id.")
            told = entry.renamed("with", "with_").to(_Written, {"with_": features})
            about = (feature, *told.with_)
            early = () if told.in_memory or _EARLY.isdisjoint(about) else ("database",)
            found[name] = Fault(
                name,
                told.sentence,
                told.check,
                told.tells,
                told.complaint,
                features=about,
                project=close_features(features, (*about, *early)),
            )
    return found


def load_fault_names(knowledge: Knowledge) -> Mapping[str, FaultName]:
    """Return the professional name of each fault that has one, by the fault's id.

    Raises `DataError` for a fault that does not exist or has two names.
    """
    known = load_faults(knowledge)
    entries = list(read_tables(knowledge.folder / "fault_names.toml", "fault_name"))
    kinds = by_id((entry, entry.to(FaultName, {"faults": known})) for entry in entries)
    found: dict[str, FaultName] = {}
    for entry, kind in zip(entries, kinds.values(), strict=True):
        for name in kind.faults:
            if name in found:
                entry.refuse(f"{name} is named by {found[name].id}, too.", "Name it once.")
            found[name] = kind
    return found
