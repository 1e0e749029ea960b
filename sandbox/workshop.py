"""The composition root: builds every part once and hands it to the page and the command line."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain, count
from pathlib import Path
from urllib.parse import urlsplit

from sandbox.compare import (
    Column,
    Comparison,
    Cost,
    TreeDiff,
    compare,
    cost_of,
    diff,
)
from sandbox.contract import CHECKS, Clock, ContractReport, Means, Result, checks_for, run_contract
from sandbox.datafile import refuse
from sandbox.errors import ProgramError, RequestError, WorkspaceError
from sandbox.generate import (
    Commands,
    FileTree,
    ProjectRequest,
    Scaffold,
    archive,
    commands_for,
    create_request,
    load_scaffold,
    reasons,
    render,
)
from sandbox.knowledge import ALWAYS, Concept, Feature, Knowledge, load_knowledge
from sandbox.knowledge.console import ConsoleKnowledge, load_console
from sandbox.learn import (
    Course,
    Lesson,
    RunningApp,
    Seen,
    StepReport,
    check_step,
    features_present,
    ladder,
    lesson,
    read_passages,
    record,
    steps,
    steps_up_to,
)
from sandbox.learn.inside import Inside
from sandbox.learn.step import feature_of
from sandbox.lint import lint
from sandbox.names import say_what_exists
from sandbox.paths import KNOWLEDGE, SCAFFOLDS, default_workspace
from sandbox.recommend import Answers, Recommendation, recommend
from sandbox.run.console import Console
from sandbox.run.console_compare import Difference
from sandbox.run.front import Front
from sandbox.run.lab import Lab
from sandbox.run.machine import Finding, Wish, examine
from sandbox.run.process import Server
from sandbox.run.recipe import job_for
from sandbox.run.state import RECORDS, UNDER_WAY
from sandbox.run.surroundings import surroundings
from sandbox.workspace import (
    Damaged,
    Edited,
    Project,
    Workspace,
    check_folder_name,
    duplicate,
    edited_since,
    made_at,
    read_tree,
    rename,
    trash,
)

EVERY_FRAMEWORK = "all"
PAGES_PORT = 8765
_MOST_LOG = 200_000  # characters of a log that are looked through

_SCAFFOLD_FILES = ("cookiecutter.json", "scaffold.toml")


@dataclass(frozen=True)
class Why:
    """Say why answers differ: in a sentence, by a concept, and by each project's note about it."""

    sentence: str
    concept: Concept
    notes: Mapping[str, str]


@dataclass(frozen=True)
class Workshop:
    """Hold the knowledge, the scaffolds by framework and the learner's workspace.

    `front` says where a server in front shows the apps.
    """

    knowledge: Knowledge
    scaffolds: Mapping[str, Scaffold]
    workspace: Workspace
    front: Front | None = None

    @cached_property
    def _ladders(self) -> dict[str, tuple[Lesson, ...]]:
        return {}

    @property
    def offered(self) -> Mapping[str, Feature]:
        """Return the features that at least one scaffold can generate, in the data's order."""
        found = {ALWAYS, *(name for each in self.scaffolds.values() for name in each.offers)}
        return {key: feature for key, feature in self.knowledge.features.items() if key in found}

    @property
    def concepts(self) -> tuple[str, ...]:
        """Return the concepts that the offered features bring."""
        known = self.knowledge.concepts
        return tuple(name for name, each in known.items() if each.feature in self.offered)

    def scaffold(self, framework: str) -> Scaffold:
        """Return a framework's scaffold; raises `RequestError` naming those there are."""
        if framework not in self.scaffolds:
            raise _unknown(framework, self.scaffolds)
        return self.scaffolds[framework]

    def frameworks(self, named: Sequence[str]) -> tuple[str, ...]:
        """Return the frameworks meant, `all` spelled out, each once; none means all."""
        wanted = self.scaffolds if EVERY_FRAMEWORK in named or not named else named
        for name in wanted:
            if name not in self.scaffolds:
                raise _unknown(name, (*self.scaffolds, EVERY_FRAMEWORK))
        return tuple(dict.fromkeys(wanted))

    def request(
        self,
        framework: str,
        *,
        features: Iterable[str] | None = (),
        name: str = "Shelf",
        slug: str | None = None,
    ) -> ProjectRequest:
        """Check what a learner asked for, None standing for every feature there is.

        Raises `RequestError`.
        """
        scaffold = self.scaffold(framework)
        return create_request(
            scaffold,
            self.knowledge.features,
            features=scaffold.offers if features is None else features,
            name=name,
            slug=slug,
            reserved=self.knowledge.frameworks,
        )

    def requests(
        self,
        named: Sequence[str],
        *,
        features: Sequence[str] | None = (),
        name: str = "Shelf",
        slug: str | None = None,
    ) -> tuple[ProjectRequest, ...]:
        """Return a request for each framework named, or for every one; raises `RequestError`."""
        return tuple(
            self.request(framework, features=features, name=name, slug=slug)
            for framework in self.frameworks(named)
        )

    def tree(self, request: ProjectRequest) -> FileTree:
        """Return the project a request describes."""
        return render(self.scaffold(request.framework), request)

    def reasons(self, request: ProjectRequest) -> Mapping[str, str]:
        """Return for each file of a generated project why it is there."""
        return reasons(self.scaffold(request.framework), request.features)

    def commands(self, project: ProjectRequest | Project) -> Commands:
        """Return what to type in a project's folder."""
        scaffold = self.scaffold(project.framework)
        return commands_for(scaffold, self.knowledge.commands, project.features)

    def archive(self, requests: Sequence[ProjectRequest]) -> bytes:
        """Return one zip holding each requested project in a folder of its own."""
        folders = self.folder_names(requests)
        return archive({folders[each]: self.tree(each) for each in requests})

    def create(
        self, requests: Sequence[ProjectRequest], into: Path | None = None
    ) -> tuple[Project, ...]:
        """Write projects into the workspace or another folder; raises `WorkspaceError`.

        All of them are written or none.
        """
        target = self.workspace if into is None else Workspace(into)
        folders = self.folder_names(requests)
        return target.write_all({folders[each]: self.tree(each) for each in requests})

    def found_or_made(self, requests: Sequence[ProjectRequest]) -> tuple[Project, ...]:
        """Return a project for each request: one that is there already, else a new one.

        The new ones are made all or none, each as `slug-framework`; where one of these folders is
        taken by something else, the slugs get a number. Raises `WorkspaceError`.
        """
        there = {_nature(each): each for each in self.projects()}
        missing = [each for each in requests if _nature(each) not in there]
        made = self.workspace.write_all(self._in_free_folders(missing))
        there |= {_nature(each): each for each in made}
        return tuple(there[_nature(each)] for each in requests)

    def _in_free_folders(self, requests: Sequence[ProjectRequest]) -> Mapping[str, FileTree]:
        tried = (
            {f"{each.slug}{ending}-{each.framework}": self.tree(each) for each in requests}
            for ending in chain([""], map("_{}".format, count(2)))
        )
        folder = self.workspace.folder
        return next(
            trees for trees in tried if not any(os.path.lexists(folder / name) for name in trees)
        )

    def recommend(self, answers: Answers) -> Recommendation:
        """Recommend for answers, suggesting only features that a scaffold can generate."""
        found = recommend(self.knowledge, answers)
        offered = tuple(name for name in found.suggested_features if name in self.offered)
        return replace(found, suggested_features=offered)

    def projects(self) -> tuple[Project, ...]:
        """Return the projects of the workspace that this version can show."""
        return tuple(each for each in self.workspace.projects() if each.framework in self.scaffolds)

    def last_made(self, most: int) -> tuple[Project, ...]:
        """Return at most so many projects, the one made last first."""
        return tuple(sorted(self.projects(), key=made_at, reverse=True)[:most])

    def damaged(self) -> tuple[Damaged, ...]:
        """Return what lies in the workspace but cannot be shown as a project, with the reason."""
        unknown = tuple(
            Damaged(
                each.folder,
                each.folder.name,
                f"“{each.folder.name}” was made for {each.framework[:60]!a}, "
                "which this version does not know.",
                "Use the version that made it.",
            )
            for each in self.workspace.projects()
            if each.framework not in self.scaffolds
        )
        return (*self.workspace.damaged(), *unknown)

    def rename(self, project: Project, name: str) -> Project:
        """Give a project's folder another name; raises `WorkspaceError`."""
        self._refuse_running(project)
        renamed = rename(project, self._free_name(name))
        self.lab.renamed(project, renamed)
        return renamed

    def duplicate(self, project: Project, name: str) -> Project:
        """Copy a project, without its environment, to try something; raises `WorkspaceError`."""
        self._refuse_running(project)
        return duplicate(project, self._free_name(name))

    def trash(self, project: Project) -> Path:
        """Move a project to the trash and return where it lies then; raises `WorkspaceError`."""
        self._refuse_running(project)
        lies = trash(project)
        self.lab.forget(project)
        return lies

    def _refuse_running(self, project: Project) -> None:
        if self.lab.state(project).phase in UNDER_WAY:
            name = project.folder.name
            raise WorkspaceError(
                f"“{name}” is running, and its files are in use.",
                f"Stop it first, as with `sandbox stop {name}`.",
            )

    def _free_name(self, name: str) -> str:
        # A framework's name is a framework to every command.
        return check_folder_name(name, (*self.scaffolds, EVERY_FRAMEWORK))

    def edited(self, project: Project) -> Edited:
        """Return what was changed in a project since it was generated, as far as can be told."""
        try:
            request = self.request(
                project.framework, features=project.features, name=project.name, slug=project.slug
            )
        except RequestError as error:
            return Edited(problem=error.message)
        return edited_since(self.scaffold(project.framework), request, project.folder)

    def column(self, source: ProjectRequest | Project, key: str | None = None) -> Column:
        """Return a generated or a learner's own project as a column of a comparison."""
        scaffold = self.scaffold(source.framework)
        framework = self.knowledge.frameworks[source.framework].name
        own = isinstance(source, Project)
        key = key or (source.folder.name if own else source.framework)
        return Column(
            key=key,
            title=f"{key} ({framework})" if own else framework,
            framework=source.framework,
            features=source.features,
            tree=read_tree(source.folder) if own else self.tree(source),
            notes=scaffold.notes,
        )

    def cost(self, wanted: ProjectRequest) -> Cost:
        """Return what a generated project has in files, lines and packages."""
        return cost_of(self.column(wanted))

    def comparison(
        self, sources: Sequence[ProjectRequest | Project], concept: str | None = None
    ) -> Comparison:
        """Compare projects in every concept or in one; a source given twice is one column.

        Raises `RequestError` for a concept that is not there or that none of the projects has.
        """
        keys = self._keys(tuple(dict.fromkeys(sources)))
        columns = [self.column(source, key) for source, key in keys.items()]
        if concept is None:
            return compare(self.knowledge.concepts, columns)
        if concept not in self.concepts:
            problem = f"There is no concept called {concept[:60]!a}."
            raise RequestError("concept", problem, say_what_exists(concept, self.concepts))
        known = self.knowledge.concepts[concept]
        found = compare({concept: known}, columns)
        if not found.rows:
            problem = f"None of these projects shows the concept {concept!r}."
            hint = f"Add the feature {known.feature!r}, which brings it."
            raise RequestError("concept", problem, hint)
        return found

    def _keys(
        self, sources: Sequence[ProjectRequest | Project]
    ) -> Mapping[ProjectRequest | Project, str]:
        """Name each source: a framework by its id, a folder by as much of its path as it takes."""
        keys: dict[ProjectRequest | Project, str] = {}
        for source in sources:
            if isinstance(source, ProjectRequest):
                keys[source] = source.framework
                continue
            parts = source.folder.parts
            paths = [each.folder.parts for each in sources if isinstance(each, Project)]
            keys[source] = next(
                end
                for count in range(1, len(parts) + 1)
                if (end := "/".join(parts[-count:])) not in self.scaffolds
                and [path[-count:] for path in paths].count(parts[-count:]) == 1
            )
        return keys

    def diff(self, before: ProjectRequest, after: ProjectRequest) -> TreeDiff:
        """Return what changes from one generated project to another."""
        return diff(self.tree(before), self.tree(after))

    @cached_property
    def course(self) -> Course:
        """Return what lessons are made of."""
        checks: dict[str, list[str]] = {}
        for each in CHECKS:
            checks.setdefault(each.feature, []).append(each.sentence)
        return Course(self.knowledge, self.scaffolds, checks)

    @cached_property
    def lesson_titles(self) -> Mapping[tuple[str, str], str]:
        """Return (framework, feature) → the title of each lesson, without making its code."""
        return {
            (name, feature): read_passages(scaffold, feature)[0].title
            for name, scaffold in self.scaffolds.items()
            for feature in steps(self.course, name)
        }

    def ladder(self, framework: str) -> tuple[Lesson, ...]:
        """Return all lessons of a framework in order; raises `RequestError` for an unknown one."""
        name = self.scaffold(framework).framework
        if name not in self._ladders:
            # What a lesson shows follows from data that do not change while we run.
            self._ladders[name] = ladder(self.course, name)
        return self._ladders[name]

    def lesson(self, framework: str, feature: str) -> Lesson:
        """Return one lesson; raises `RequestError` or `LessonError` for one there is not."""
        found = (each for each in self.ladder(framework) if each.feature == feature)
        return next(found, None) or lesson(self.course, framework, feature)

    def check_step(
        self,
        project: Project,
        feature: str,
        url: str,
        *,
        means: Means | None = None,
        clock: Clock | None = None,
        on_result: Callable[[Result], None] | None = None,
    ) -> ContractReport:
        """Hold a learner's running app to a lesson's step and all before it; keep the outcome.

        The features that the project has beyond the step decide how the checks go about it. What
        cannot be tried with these `means` is skipped, and does not fail the step. Raises
        `LessonError` for an unknown step and `ServerError` if nothing answers; then nothing is
        recorded.
        """
        present = features_present(self.course, project, feature)
        scaffold = self.scaffold(project.framework)
        names = steps_up_to(self.course, project.framework, feature)
        taught = [feature_of(scaffold, each) for each in names]
        report = run_contract(
            url,
            present,
            means=means,
            project_name=project.name,
            checks=checks_for(present, among=taught),
            clock=clock,
            on_result=on_result,
        )
        record(project.folder, feature, failed=[each.check.id for each in report.amiss])
        return report

    def check_key(
        self,
        project: Project,
        key: str,
        url: str | None = None,
        *,
        means: Means | None = None,
        clock: Clock | None = None,
        on_seen: Callable[[Seen], None] | None = None,
    ) -> StepReport:
        """Check one step of a lesson (`database/read`) and keep the outcome.

        Without `url` the app asked is a throwaway copy of the project. Raises `LessonError`, and
        `ServerError` where its environment cannot be prepared, or nothing answers at `url`; nothing
        is kept then.
        """
        if url is None:
            self.lab.prepare(project)
        return check_step(
            self.course,
            project,
            key,
            app=lambda: self.app_of(project, url, means),
            terminal=lambda line: self.lab.run_line(project, line),
            clock=clock,
            on_seen=on_seen,
        )

    @contextmanager
    def app_of(
        self, project: Project, url: str | None = None, means: Means | None = None
    ) -> Generator[RunningApp]:
        """Run the app that a check asks: the one at `url`, or a throwaway copy of the project.

        The copy has a copy of the database, so what the learner has stored stays as it is.
        """
        if url is not None:
            yield RunningApp(url, means, own=True)
            return
        with ExitStack() as stack:
            try:
                trial = stack.enter_context(self.lab.trial(project))
            except ProgramError as error:  # of the copy, which the learner does not know
                raise error.moved(str(project.folder)) from None
            staff = means.staff if means else None
            able = replace(trial.means, staff=staff or trial.means.staff)
            log = partial(_as_in_project, trial.server, project)
            yield RunningApp(trial.url, able, log, inside=Inside(trial.folder, trial.queries))

    @cached_property
    def console_knowledge(self) -> ConsoleKnowledge:
        """Return the requests that the console offers, and the reasons why answers differ."""
        return load_console(self.knowledge)

    @cached_property
    def console(self) -> Console:
        """Return the console, which keeps cookies and history beside the other records of runs."""
        reasons = tuple(self.console_knowledge.reasons.values())
        return Console(self.workspace.folder / RECORDS, reasons)

    def explain(self, difference: Difference, projects: Sequence[Project]) -> Why | None:
        """Return why answers of these projects differ so, `None` where nothing is known of it."""
        reason = self.console_knowledge.reasons.get(difference.reason)
        if reason is None:
            return None
        concept = self.knowledge.concepts[reason.concept]
        notes = {
            each.folder.name: self.scaffolds[each.framework].notes.concepts[concept.id].note
            for each in projects
            if each.framework in self.scaffolds
        }
        return Why(reason.sentence, concept, notes)

    @cached_property
    def lab(self) -> Lab:
        """Return the Lab of this workspace, in which its projects run."""
        return Lab(
            self.workspace,
            lambda project: job_for(
                project, self.scaffold(project.framework), self.knowledge.commands, self.front
            ),
        )

    def lint(self) -> list[str]:
        """Return what is wrong in our own data, scaffolds and lessons, a sentence a problem."""
        return lint(self.course)

    def examine(self) -> tuple[Finding, ...]:
        """Look at this computer: for what projects need, and the ports they and we start at.

        Nothing outside this computer is asked; see `network` of the room `run` for that.
        """
        wishes = (Wish(PAGES_PORT, "the pages"), *self._ports())
        return (*examine(self.workspace.folder, wishes), *surroundings())

    def _ports(self) -> Iterator[Wish]:
        """Yield the port that each framework's projects start at, frameworks joined by it."""
        at: dict[int, list[str]] = {}
        for name, scaffold in self.scaffolds.items():
            port = urlsplit(scaffold.notes.address).port or 80
            at.setdefault(port, []).append(self.knowledge.frameworks[name].name)
        for port, names in sorted(at.items()):
            yield Wish(port, f"{' and '.join(names)} projects")

    @staticmethod
    def folder_names(requests: Sequence[ProjectRequest]) -> Mapping[ProjectRequest, str]:
        """Return each project's folder: its slug, with the framework where there are several."""
        if len(requests) == 1:
            return {requests[0]: requests[0].slug}
        return {each: f"{each.slug}-{each.framework}" for each in requests}


def open_workshop(
    workspace: Path | None = None,
    *,
    lessons: Path | None = None,
    front: Front | None = None,
    knowledge: Path = KNOWLEDGE,
    scaffolds: Path = SCAFFOLDS,
) -> Workshop:
    """Build the workshop; raises `DataError` for broken data of ours, or a folder of no lessons.

    `lessons` holds a teacher's own lessons, in a folder for each framework; `front` says where a
    server in front shows the apps.
    """
    known = load_knowledge(knowledge)
    return Workshop(
        knowledge=known,
        scaffolds=_with_lessons(load_scaffolds(known, scaffolds), lessons),
        workspace=Workspace(default_workspace() if workspace is None else workspace),
        front=front,
    )


def _with_lessons(
    scaffolds: Mapping[str, Scaffold], lessons: Path | None
) -> Mapping[str, Scaffold]:
    if lessons is None:
        return scaffolds
    if not any((lessons / name).is_dir() for name in scaffolds):
        names = ", ".join(f"{name}/" for name in scaffolds)
        refuse(str(lessons), "", "there are no lessons.", f"Put them into {names} in it.")
    return {name: replace(each, own_lessons=lessons / name) for name, each in scaffolds.items()}


def public_workshop() -> Workshop:
    """Build the workshop of a public site: asking it for a learner's folder raises an error."""
    known = load_knowledge()
    return Workshop(known, load_scaffolds(known, SCAFFOLDS), Workspace(None))


def load_scaffolds(knowledge: Knowledge, folder: Path) -> Mapping[str, Scaffold]:
    """Read every scaffold folder, in the order of the data's frameworks."""
    found = {path.parent.name for path in folder.glob("*/*") if path.name in _SCAFFOLD_FILES}
    for name in sorted(found - knowledge.frameworks.keys()):
        refuse(
            f"scaffolds/{name}",
            "",
            "it belongs to no framework.",
            "Describe it in frameworks.toml.",
        )
    return {
        name: load_scaffold(folder / name, knowledge)
        for name in knowledge.frameworks
        if name in found
    }


def _as_in_project(server: Server, project: Project) -> str:
    """Return what a copy of a project has printed, its files named as the learner's own."""
    try:
        log = server.launch.log.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return log[-_MOST_LOG:].replace(str(server.launch.folder), str(project.folder))


def _nature(source: ProjectRequest | Project) -> tuple[str, str, frozenset[str]]:
    """Return what makes two projects the same app in the same framework."""
    return source.framework, source.name, frozenset(source.features)


def _unknown(framework: str, known: Iterable[str]) -> RequestError:
    *others, last = known
    choice = f"{', '.join(others)} or {last}" if others else last
    return RequestError(
        "framework", f"There is no framework called {framework[:60]!a}.", f"Choose {choice}."
    )
