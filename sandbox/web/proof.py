"""Proof for a comparison: what the contract found on this computer, feature by feature."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sandbox.compare import Comparison
from sandbox.errors import WorkspaceError
from sandbox.generate import ProjectRequest
from sandbox.run.checked import Checked, CheckOutcome, digest_of
from sandbox.web.current import current_workshop
from sandbox.web.security import is_public, is_trusted
from sandbox.workspace import Project, read_tree


@dataclass(frozen=True)
class Proof:
    """What a run found about one feature of a project; `changed` tells of edits since then."""

    project: str
    at: datetime
    versions: Mapping[str, str]
    outcomes: tuple[CheckOutcome, ...]
    changed: bool

    @property
    def passed(self) -> int:
        """Return how many of the checks passed."""
        return sum(each.outcome == "passed" for each in self.outcomes)


Proofs = Mapping[str, Mapping[str, Proof]]


def proofs(result: Comparison, sources: Sequence[ProjectRequest | Project]) -> Proofs | None:
    """Return column → feature → proof; `None` for who has not shown the token.

    A generated project is proved by one of the workspace that is as it was generated, best by one
    with the same features.
    """
    if is_public() or not is_trusted():
        return None
    columns = zip(result.columns, dict.fromkeys(sources), strict=True)
    return {
        column.key: _of_own(source) if isinstance(source, Project) else _of_ours(source)
        for column, source in columns
    }


def proofs_by_framework() -> Proofs | None:
    """Return framework → feature → proof for projects of ours; `None` without the token."""
    if is_public() or not is_trusted():
        return None
    workshop = current_workshop()
    return {name: _of_ours(workshop.request(name)) for name in workshop.scaffolds}


def _of_own(project: Project) -> Mapping[str, Proof]:
    checked = current_workshop().lab.last_check(project)
    return dict(_by_feature(project, checked)) if checked else {}


def _of_ours(request: ProjectRequest) -> Mapping[str, Proof]:
    workshop = current_workshop()
    found: dict[str, Proof] = {}
    for project in sorted(workshop.projects(), key=lambda each: each.features != request.features):
        if project.framework != request.framework or workshop.edited(project).paths:
            continue
        if checked := workshop.lab.last_check(project):
            for feature, proof in _by_feature(project, checked):
                if not proof.changed:
                    found.setdefault(feature, proof)
    return found


def _by_feature(project: Project, checked: Checked) -> Iterator[tuple[str, Proof]]:
    try:
        changed = digest_of(read_tree(project.folder)) != checked.code
    except WorkspaceError:
        changed = True
    for feature in checked.features:
        if outcomes := checked.of_feature(feature):
            name = project.folder.name
            yield feature, Proof(name, checked.at, checked.versions, outcomes, changed)
