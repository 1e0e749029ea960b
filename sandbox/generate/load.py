"""Read a scaffold folder: its template, `cookiecutter.json` and `scaffold.toml`."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from msgspec import Meta

from sandbox.datafile import Entry, Names, SomeNames, Text, read_json, read_text, read_toml
from sandbox.generate.scaffold import (
    IGNORED,
    TEMPLATE_FOLDER,
    ConceptEntry,
    LabNotes,
    Scaffold,
    ScaffoldNotes,
)
from sandbox.knowledge import ALWAYS, Knowledge


@dataclass(frozen=True)
class _Marks:
    """How blocks are marked in the template's files; `{` would begin Jinja's other marks."""

    block_start_string: Annotated[str, Meta(pattern=r"^[^{\s]\S*$")]
    block_end_string: Text
    trim_blocks: bool
    lstrip_blocks: bool


_SETTINGS = (
    "project_name",
    "project_slug",
    "_jinja2_env_vars",
    "_feature_paths",
    "_copy_without_render",
)


def load_scaffold(folder: Path, knowledge: Knowledge) -> Scaffold:
    """Return what a scaffold folder holds; raises `DataError` naming file, entry and fix."""
    place = f"scaffolds/{folder.name}"
    settings = read_json(folder / "cookiecutter.json", f"{place}/cookiecutter.json")
    offers = tuple(key for key, value in settings.fields.items() if isinstance(value, bool))
    settings.check_names("cookiecutter.json", offers, knowledge.features)
    settings.only(*_SETTINGS, *offers)
    for key in ("project_name", "project_slug"):
        settings.value(key, Text)
    notes = read_toml(folder / "scaffold.toml", f"{place}/scaffold.toml")
    notes.check_names("framework", notes.value("framework", Text), (folder.name,))
    return Scaffold(
        framework=folder.name,
        folder=folder,
        template=MappingProxyType(dict(_template_files(folder / TEMPLATE_FOLDER, place))),
        offers=offers,
        feature_paths=_feature_paths(settings, (ALWAYS, *offers)),
        copy_only=settings.value("_copy_without_render", Names, default=()),
        jinja_options=MappingProxyType(asdict(settings.inner("_jinja2_env_vars").to(_Marks))),
        notes=_notes(notes.without("framework"), knowledge, (ALWAYS, *offers)),
    )


def _feature_paths(settings: Entry, features: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    paths = settings.mapping("_feature_paths", SomeNames, features)
    owners: dict[str, str] = {}
    for feature, owned in paths.items():
        for path in owned:
            if path in owners:
                problem = f"{path} has two owners: {owners[path]} and {feature}."
                settings.inner("_feature_paths").refuse(problem, "Leave it to one of them.")
            owners[path] = feature
    return paths


def _notes(entry: Entry, knowledge: Knowledge, features: tuple[str, ...]) -> ScaffoldNotes:
    concepts = dict(entry.inner_entries("concepts"))
    entry.check_names("concepts", concepts, knowledge.concepts)
    commands = entry.mapping("commands", SomeNames)
    plain = {name.partition(" with ")[0] for name in commands}
    entry.check_names("commands", plain, knowledge.commands)
    otherwise = {name.partition(" with ")[2] for name in commands} - {""}
    entry.check_names("commands with", otherwise, features)
    lab = entry.inner("lab") if "lab" in entry.fields else None
    return entry.without("files", "concepts", "commands", "installed", "lab").to(
        ScaffoldNotes,
        files=entry.mapping("files", Text),
        concepts=MappingProxyType({name: each.to(ConceptEntry) for name, each in concepts.items()}),
        commands=commands,
        installed=entry.mapping("installed", Names, features),
        lab=LabNotes() if lab is None else lab.to(LabNotes),
    )


def _template_files(folder: Path, place: str) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.iterdir()):
        if any(fnmatch(path.name, pattern) for pattern in IGNORED) or path.is_symlink():
            continue
        if path.is_dir():
            for inner, text in _template_files(path, place):
                yield f"{path.name}/{inner}", text
        else:
            yield path.name, read_text(path, f"{place}/{path.name}")
