"""Results as plain JSON values: the command line's `--json` and the HTTP API both answer these.

Keys are the field names of the rooms' own dataclasses and stand in their order.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import cast

from sandbox.errors import RequestError, SandboxError
from sandbox.generate import ProjectRequest
from sandbox.generate.render import selected
from sandbox.knowledge import ALWAYS, Knowledge
from sandbox.workshop import Workshop
from sandbox.workspace import Project

Json = dict[str, object]


def plain(value: object) -> object:
    """Return dataclasses and mappings as dicts, sequences as lists, paths as text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        entries = cast("Mapping[object, object]", value)
        return {str(key): plain(each) for key, each in entries.items()}
    if isinstance(value, list | tuple | frozenset | set):
        return [plain(each) for each in cast("Iterable[object]", value)]
    return str(value) if isinstance(value, Path) else value


def error(problem: SandboxError) -> Json:
    """Return what is wrong, what to do, and the field at fault where there is one."""
    told: Json = {"message": problem.message, "hint": problem.hint}
    if isinstance(problem, RequestError):
        told["field"] = problem.field
    return {"error": told}


def capabilities(workshop: Workshop) -> Json:
    """Return what this installation can do: everything a caller may name."""
    knowledge = workshop.knowledge
    return {
        "product": "Framework Sandbox",
        "version": version("framework-sandbox"),
        "frameworks": frameworks(workshop),
        "features": [plain(feature) for feature in workshop.offered.values()],
        "questions": questions(knowledge),
        "max_important": knowledge.rules.max_important,
        "concepts": [plain(knowledge.concepts[name]) for name in concepts(workshop)],
        "sources": [plain(source) for source in knowledge.sources.values()],
    }


def frameworks(workshop: Workshop) -> list[object]:
    """Return each framework's profile with the features that its projects offer."""
    profiles = workshop.knowledge.frameworks
    return [
        {**cast("Json", plain(profiles[name])), "offers": list(scaffold.offers)}
        for name, scaffold in workshop.scaffolds.items()
    ]


def questions(knowledge: Knowledge) -> list[object]:
    """Return the questionnaire: each question with its options as a list."""
    asked: list[object] = []
    for question in knowledge.questions.values():
        shown = cast("Json", plain(question))
        asked.append({**shown, "options": [plain(each) for each in question.options.values()]})
    return asked


def concepts(workshop: Workshop) -> tuple[str, ...]:
    """Return the concepts that the offered features bring."""
    known = workshop.knowledge.concepts
    return tuple(name for name, each in known.items() if each.feature in workshop.offered)


def added_features(chosen: Iterable[str], request: ProjectRequest) -> tuple[str, ...]:
    """Return the features that came along because what was chosen needs them."""
    return tuple(name for name in request.features if name not in {*chosen, ALWAYS})


def projects(workshop: Workshop) -> Json:
    """Return the projects of the workspace."""
    return {"projects": [plain(each) for each in workshop.workspace.projects()]}


def request(wanted: ProjectRequest, workshop: Workshop) -> Json:
    """Return what was asked for and the digest of the project it gives."""
    tree = workshop.tree(wanted)
    return {**cast("Json", plain(wanted)), "files": len(tree), "digest": tree.digest}


def tree(wanted: ProjectRequest, workshop: Workshop, *, chosen: Sequence[str] = ()) -> Json:
    """Return a generated project: every file with its text and why it is there."""
    told = request(wanted, workshop)
    why = reasons(wanted, workshop)
    files = [
        {"path": path, "why": why[path], "text": text}
        for path, text in workshop.tree(wanted).items()
    ]
    return {**told, "added_features": list(added_features(chosen, wanted)), "files": files}


def reasons(wanted: ProjectRequest, workshop: Workshop) -> Mapping[str, str]:
    """Return for each file of a generated project the sentence that says why it is there."""
    scaffold = workshop.scaffold(wanted.framework)
    why = scaffold.notes.files
    return {path: why.get(source, "") for source, path in selected(scaffold, wanted.features)}


def created(
    workshop: Workshop,
    requests: Sequence[ProjectRequest],
    made: Sequence[Project],
    *,
    chosen: Sequence[str],
) -> Json:
    """Return what was generated; `folder` is there for projects written to disk."""
    folders = [{"folder": str(each.folder)} for each in made] or [{} for _ in requests]
    return {
        "projects": [
            {**request(wanted, workshop), **folder, "commands": commands(workshop, wanted)}
            for wanted, folder in zip(requests, folders, strict=True)
        ],
        "added_features": list(added_features(chosen, requests[0])),
    }


# A command of scaffold.toml that makes sense only with a feature.
_COMMAND_NEEDS = {"migrate": "database", "seed": "database"}


def commands(workshop: Workshop, wanted: ProjectRequest) -> dict[str, list[str]]:
    """Return what to type in the project's folder, in the order it is needed."""
    known = workshop.scaffold(wanted.framework).notes.commands
    order = ("install", "migrate", "seed", "test", "run")
    ordered = [name for name in order if name in known] + [n for n in known if n not in order]
    return {
        name: list(known[name])
        for name in ordered
        if _COMMAND_NEEDS.get(name, ALWAYS) in wanted.features
    }
