"""Render a request: cookiecutter's own template language, in memory, with values as data.

The plain `cookiecutter` command evaluates its values as templates, changes the working folder and
writes step by step; none of that happens here, so any thread may render at any time.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from cookiecutter.environment import StrictEnvironment  # pyright: ignore[reportMissingTypeStubs]
from jinja2 import Template, TemplateError

from sandbox.errors import ScaffoldError
from sandbox.generate.request import ProjectRequest
from sandbox.generate.scaffold import Scaffold, without
from sandbox.generate.tree import FileTree


@lru_cache(maxsize=1024)
def render(scaffold: Scaffold, request: ProjectRequest) -> FileTree:
    """Return the project a request describes; raises `ScaffoldError` for a broken template."""
    context = {"cookiecutter": _answers(scaffold, request)}
    files: dict[str, str] = {}
    for source, target in selected(scaffold, request.features):
        try:
            template = _compiled(scaffold, source)
            files[target] = template.render(context) if template else scaffold.template[source]
        except TemplateError as error:
            raise _broken(scaffold, source, error) from None
    return FileTree(files)


def selected(scaffold: Scaffold, features: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield (template file, path in the project) for every file that these features need.

    A `name.without-feature.ext` stands in for `name.ext` while its feature is off; of several,
    the one whose feature comes first in the scaffold's order does.
    """
    chosen: dict[str, tuple[int, str]] = {}
    for source in scaffold.template:
        if scaffold.owner(source) not in features:
            continue
        variant = without(source)
        if variant is None:
            chosen.setdefault(source, (len(scaffold.offers), source))
        elif variant[1] not in features:
            target, rank = variant[0], scaffold.offers.index(variant[1])
            chosen[target] = min((rank, source), chosen.get(target, (rank, source)))
    for target, (_, source) in sorted(chosen.items()):
        yield source, target


def reasons(scaffold: Scaffold, features: tuple[str, ...]) -> Mapping[str, str]:
    """Return for each file of a project with these features why it is there."""
    why = scaffold.notes.files
    return {path: why.get(source, "") for source, path in selected(scaffold, features)}


def _answers(scaffold: Scaffold, request: ProjectRequest) -> dict[str, object]:
    switches = {feature: feature in request.features for feature in scaffold.offers}
    return {"project_name": request.name, "project_slug": request.slug, **switches}


@lru_cache(maxsize=1024)
def _compiled(scaffold: Scaffold, path: str) -> Template | None:
    """Compile a file when it is first needed; None for one that is the same in every project."""
    environment, text = _environment(scaffold), scaffold.template[path]
    opening = (
        environment.block_start_string,
        environment.variable_start_string,
        environment.comment_start_string,
    )
    if scaffold.is_copied(path) or not any(mark in text for mark in opening):
        return None
    return environment.from_string(text)


@lru_cache(maxsize=64)
def _environment(scaffold: Scaffold) -> StrictEnvironment:
    return StrictEnvironment(keep_trailing_newline=True, **scaffold.jinja_options)


def _broken(scaffold: Scaffold, path: str, error: TemplateError) -> ScaffoldError:
    return ScaffoldError(
        f"scaffolds/{scaffold.framework}: {path} does not render: {error}.",
        "Mend the template, then run `sandbox lint`.",
    )
