"""Results as plain JSON values: the command line's `--json` and the HTTP API both answer these.

Keys are the field names of the rooms' own dataclasses and stand in their order.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import cast

from sandbox.compare import Comparison, Cost, TreeDiff
from sandbox.contract import ContractReport, Result
from sandbox.errors import RequestError, SandboxError
from sandbox.generate import ProjectRequest
from sandbox.knowledge import Knowledge, added_features
from sandbox.learn import Lesson, look_up_progress, steps
from sandbox.recommend import Recommendation
from sandbox.run.checked import Checked
from sandbox.run.console import Replies, Reply
from sandbox.run.state import AppState
from sandbox.run.testing import TestRun
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
        "concepts": [plain(knowledge.concepts[name]) for name in workshop.concepts],
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


def recommendation(workshop: Workshop, result: Recommendation) -> Json:
    """Return a result with its whole explanation, the texts of the claims it cites among it.

    Suggested features are those that the projects can have today.
    """
    told = cast("Json", plain(result))
    answers = result.answers
    advice = [{"id": each.id, "text": each.text, "claims": each.claims} for each in result.advice]
    told["disagreements"] = [
        {
            "id": each.disagreement.id,
            "topic": each.disagreement.topic,
            "summary": each.disagreement.summary,
            "claims_1": list(each.claims_1),
            "claims_2": list(each.claims_2),
        }
        for each in result.disagreements
    ]
    told["tensions"] = [{"id": each.id, "text": each.text} for each in result.tensions]
    told["advice"] = plain(advice)
    told["answers"] = plain(answers.given)
    told["important"] = list(answers.important)
    told["unsure"] = list(answers.unsure)
    told["claims"] = {name: plain(workshop.knowledge.claims[name]) for name in result.cited}
    return told


def projects(workshop: Workshop) -> Json:
    """Return the projects of the workspace with what they do, and what in it cannot be read."""
    states = workshop.lab.states()
    damaged = [
        {"name": each.name, "problem": each.problem, "hint": each.hint}
        for each in workshop.damaged()
    ]
    told = [project(workshop, each, states.get(each.folder.name)) for each in workshop.projects()]
    return {"projects": told, "damaged": damaged}


def project(workshop: Workshop, own: Project, state: AppState | None) -> Json:
    """Return a project, the state of its app, what was edited in it, and its lessons."""
    known = state or workshop.lab.state(own)
    progress = look_up_progress(own.folder)
    ladder = steps(workshop.course, own.framework)
    return {
        **cast("Json", plain(own)),
        "app": app_state(known),
        "edited": plain(workshop.edited(own)),
        "lessons": {
            "done": [each for each in ladder if each in progress.done],
            "all": list(ladder),
            "problem": progress.problem,
        },
    }


def app_state(state: AppState) -> Json:
    """Return what an app is doing; times are ISO 8601 with their offset."""
    told = cast("Json", plain(state))
    for key in ("since", "reloaded"):
        moment = cast("datetime | None", told[key])
        told[key] = moment.isoformat() if moment else None
    place = state.place and {"file": state.place[0], "line": state.place[1]}
    return {**told, "place": place}


def replies(workshop: Workshop, found: Replies, projects: Sequence[Project]) -> Json:
    """Return the answers to one request of the console, and where they differ and why."""
    score = workshop.console.history().score
    return {
        "request": plain(found.request),
        "replies": [reply(each) for each in found.replies],
        "differences": [
            {**cast("Json", plain(each)), "why": plain(workshop.explain(each, projects))}
            for each in found.differences
        ],
        "guessed": dict(found.sent.guessed) if found.sent else {},
        "right": list(found.sent.right) if found.sent else [],
        "score": plain(score),
        "problem": found.problem,
    }


def reply(answer: Reply) -> Json:
    """Return what one app answered; the body is text."""
    came = answer.came
    return {
        "project": answer.project,
        "address": answer.address,
        "status": came.status,
        "headers": [list(each) for each in came.headers],
        "body": came.text,
        "milliseconds": round(came.milliseconds, 1),
        "problem": came.problem,
        "hint": came.hint,
        "token": answer.token.found if answer.token else "",
        "cookies": list(answer.cookies),
    }


def tested(name: str, tests: TestRun, checked: Checked | None) -> Json:
    """Return how a project's own tests went, and its run of the contract if there was one."""
    return {
        "project": name,
        "ok": tests.ok,
        "code": tests.code,
        "seconds": round(tests.seconds, 1),
        "summary": tests.summary,
        "output": tests.output,
        "contract": checked
        and {
            "ok": checked.ok,
            "hardened": checked.hardened,
            "causes": list(checked.causes),
            "results": [plain(each) for each in checked.results],
        },
    }


def states(found: Mapping[str, AppState]) -> Json:
    """Return what each app is doing, by the name of its project's folder."""
    return {"apps": {name: app_state(state) for name, state in found.items()}}


def request(workshop: Workshop, wanted: ProjectRequest) -> Json:
    """Return what was asked for and the digest of the project it gives."""
    tree = workshop.tree(wanted)
    return {**cast("Json", plain(wanted)), "files": len(tree), "digest": tree.digest}


def tree(workshop: Workshop, wanted: ProjectRequest, *, chosen: Sequence[str] = ()) -> Json:
    """Return a generated project: every file with its text and why it is there."""
    told = request(workshop, wanted)
    why = workshop.reasons(wanted)
    files = [
        {"path": path, "why": why[path], "text": text}
        for path, text in workshop.tree(wanted).items()
    ]
    return {**told, "added_features": list(added_features(chosen, wanted.features)), "files": files}


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
            {
                **request(workshop, wanted),
                **folder,
                "commands": plain(workshop.commands(wanted).lines),
            }
            for wanted, folder in zip(requests, folders, strict=True)
        ],
        "added_features": list(added_features(chosen, requests[0].features)),
    }


def comparison(result: Comparison) -> Json:
    """Return columns with their cost and, concept by concept, what each of them does."""
    return {
        "columns": [
            {
                "key": column.key,
                "title": column.title,
                "framework": column.framework,
                "features": list(column.features),
                "cost": cost(result.costs[column.key]),
            }
            for column in result.columns
        ],
        "rows": [plain(row) for row in result.rows],
    }


def cost(counted: Cost) -> Json:
    """Return what a project costs its reader, in all and by kind."""
    totals: Json = {"all_files": counted.all_files, "all_lines": counted.all_lines}
    return {**totals, **cast("Json", plain(counted))}


def difference(result: TreeDiff) -> Json:
    """Return the files that differ, and how many lines were added and removed."""
    return {
        "added": result.added,
        "removed": result.removed,
        "files": [plain(each) for each in result.changes],
    }


def lesson(step: Lesson) -> Json:
    """Return a lesson: prose as Markdown, code as excerpts, what it changes, what is checked."""
    told = cast("Json", plain(step))
    return {**told, "changes": difference(step.changes)}


def ladder(found: Sequence[Lesson]) -> Json:
    """Return the lessons of a framework in order, without their text."""
    return {
        "lessons": [
            {
                "framework": step.framework,
                "feature": step.feature,
                "number": step.number,
                "title": step.title,
                "features": list(step.after.features),
                "files_changed": len(step.changes.changes),
                "lines_added": step.changes.added,
                "lines_removed": step.changes.removed,
            }
            for step in found
        ]
    }


def contract_result(result: Result) -> Json:
    """Return how one check went."""
    return {
        "id": result.check.id,
        "feature": result.check.feature,
        "sentence": result.check.sentence,
        "tier": result.check.tier,
        "outcome": result.outcome,
        "message": result.message,
        "follows": result.follows,
        "means": result.means,
    }


def contract(report: ContractReport) -> Json:
    """Return a run of the contract: how many passed, and every check."""
    outcomes = ("passed", "failed", "skipped")
    return {
        "ok": report.ok,
        "hardened": report.hardened,
        "seed": report.seed,
        **{outcome: len(report.of(outcome)) for outcome in outcomes},
        "early": plain(report.early) if report.early else None,
        "results": [contract_result(each) for each in report.results],
    }
