"""Hold to a scaffold what was made from it or is planted into it: hooks, faults and mistakes."""

from collections.abc import Iterator, Mapping, Sequence

from sandbox.errors import RequestError, ScaffoldError
from sandbox.generate import FileTree, Scaffold, create_request, render
from sandbox.generate.hooks import hooks
from sandbox.generate.planted import FAULTS, MISTAKES, Edit, load_edits, load_mistakes, plant
from sandbox.knowledge import Knowledge
from sandbox.knowledge.faults import load_faults


def lint_planted(knowledge: Knowledge, scaffold: Scaffold) -> list[str]:
    """Return each stale hook, and each fault or mistake that finds its place no more."""
    problems = [*_lint_hooks(knowledge, scaffold)]
    for name, features, edits in _planted(knowledge, scaffold):
        try:
            plant(_tree(knowledge, scaffold, features), edits)
        except (RequestError, ScaffoldError) as error:
            problems.append(f"{name}: {error.message}")
    return [f"scaffolds/{scaffold.framework}: {problem}" for problem in problems]


def edits_by_name(knowledge: Knowledge, scaffold: Scaffold) -> Mapping[str, Sequence[Edit]]:
    """Return what can be planted in a scaffold's projects, by the id of fault or mistake."""
    return {name: edits for name, _, edits in _planted(knowledge, scaffold)}


def _lint_hooks(knowledge: Knowledge, scaffold: Scaffold) -> Iterator[str]:
    for name, text in hooks(scaffold, knowledge.features, knowledge.frameworks).items():
        path = scaffold.folder / "hooks" / name
        if not path.is_file() or path.read_bytes() != text.encode():
            yield f"hooks/{name} is stale; run `python -m sandbox.generate.hooks`."


def _planted(
    knowledge: Knowledge, scaffold: Scaffold
) -> Iterator[tuple[str, Sequence[str], Sequence[Edit]]]:
    """Yield names, features of the project in which it shows, and edits."""
    if (scaffold.folder / FAULTS).is_file():
        faults = load_faults(knowledge)
        for name, edits in load_edits(scaffold.folder, faults).items():
            yield name, faults[name].project, edits
    if (scaffold.folder / MISTAKES).is_file():
        for name, mistake in load_mistakes(scaffold.folder, knowledge.features).items():
            yield name, mistake.features, mistake.edits


def _tree(knowledge: Knowledge, scaffold: Scaffold, features: Sequence[str]) -> FileTree:
    return render(scaffold, create_request(scaffold, knowledge.features, features=features))
