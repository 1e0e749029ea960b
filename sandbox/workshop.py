"""The composition root: builds every part once and hands it to the page and the command line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sandbox.errors import RequestError
from sandbox.generate import (
    FileTree,
    ProjectRequest,
    Scaffold,
    archive,
    create_request,
    load_scaffold,
    render,
)
from sandbox.knowledge import Feature, Knowledge, load_knowledge
from sandbox.paths import SCAFFOLDS, default_workspace
from sandbox.workspace import Project, Workspace

EVERY_FRAMEWORK = "all"


@dataclass(frozen=True)
class Workshop:
    """Hold the knowledge, the scaffolds by framework and the learner's workspace."""

    knowledge: Knowledge
    scaffolds: Mapping[str, Scaffold]
    workspace: Workspace

    @property
    def offered(self) -> Mapping[str, Feature]:
        """Return the features that at least one scaffold can generate, in the data's order."""
        found = {"hello", *(name for each in self.scaffolds.values() for name in each.offers)}
        return {key: feature for key, feature in self.knowledge.features.items() if key in found}

    def scaffold(self, framework: str) -> Scaffold:
        """Return a framework's scaffold; raises `RequestError` naming those there are."""
        if framework not in self.scaffolds:
            raise RequestError(
                "framework",
                f"There is no framework called {framework[:60]!a}.",
                f"Choose {', '.join(self.scaffolds)} or {EVERY_FRAMEWORK}.",
            )
        return self.scaffolds[framework]

    def frameworks(self, named: Sequence[str]) -> tuple[str, ...]:
        """Return the frameworks meant, `all` spelled out, each once; none means all."""
        wanted = tuple(self.scaffolds) if EVERY_FRAMEWORK in named or not named else tuple(named)
        return tuple(dict.fromkeys(self.scaffold(name).framework for name in wanted))

    def request(
        self,
        framework: str,
        *,
        features: Iterable[str] = (),
        name: str = "Shelf",
        slug: str | None = None,
    ) -> ProjectRequest:
        """Check what a learner asked for; raises `RequestError`."""
        scaffold = self.scaffold(framework)
        return create_request(
            scaffold, self.knowledge.features, features=features, name=name, slug=slug
        )

    def tree(self, request: ProjectRequest) -> FileTree:
        """Return the project a request describes."""
        return render(self.scaffold(request.framework), request)

    def archive(self, requests: Sequence[ProjectRequest]) -> bytes:
        """Return one zip holding each requested project in a folder of its own."""
        folders = self.folder_names(requests)
        return archive({folders[each]: self.tree(each) for each in requests})

    def create(
        self, requests: Sequence[ProjectRequest], into: Path | None = None
    ) -> tuple[Project, ...]:
        """Write projects into the workspace or another folder; raises `WorkspaceError`.

        Nothing is written if any of the targets exists.
        """
        target = self.workspace if into is None else Workspace(into)
        folders = self.folder_names(requests)
        target.refuse_existing(folders.values())
        return tuple(target.write(self.tree(each), folders[each]) for each in requests)

    @staticmethod
    def folder_names(requests: Sequence[ProjectRequest]) -> Mapping[ProjectRequest, str]:
        """Return each project's folder: its slug, with the framework where there are several."""
        if len(requests) == 1:
            return {requests[0]: requests[0].slug}
        return {each: f"{each.slug}-{each.framework}" for each in requests}


def open_workshop(workspace: Path | None = None, *, scaffolds: Path = SCAFFOLDS) -> Workshop:
    """Build the workshop; raises `KnowledgeError` or `ScaffoldError` for broken data of ours."""
    knowledge = load_knowledge()
    return Workshop(
        knowledge=knowledge,
        scaffolds=load_scaffolds(knowledge, scaffolds),
        workspace=Workspace(default_workspace() if workspace is None else workspace),
    )


def load_scaffolds(knowledge: Knowledge, folder: Path) -> Mapping[str, Scaffold]:
    """Read every scaffold folder, in the order of the data's frameworks."""
    found = {path.parent.name for path in folder.glob("*/cookiecutter.json")}
    return {name: load_scaffold(folder / name) for name in knowledge.frameworks if name in found}
