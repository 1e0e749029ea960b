"""The contract as one page of Markdown, from which Shelf can be built without reading our code."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from sandbox.contract.check import Check
from sandbox.contract.checks import CHECKS
from sandbox.contract.endpoints import ENDPOINTS, JSON, Endpoint
from sandbox.contract.shapes import SHAPES, Shape


class FeatureLike(Protocol):
    """What the page says of a feature."""

    @property
    def label(self) -> str:
        """Return what it is called."""
        ...

    @property
    def needs(self) -> Sequence[str]:
        """Return the features that it needs."""
        ...

    @property
    def adds(self) -> str:
        """Return what it adds."""
        ...


def contract_page(features: Mapping[str, FeatureLike]) -> str:
    """Return the whole contract as Markdown; `features` are those it speaks of, by id."""
    text = Path(__file__).with_name("contract.md").read_text(encoding="utf-8")
    for name, part in {
        "features": _features(features),
        "shapes": "\n\n".join(_shape(each) for each in SHAPES),
        "endpoints": "\n".join(_endpoint(each) for each in ENDPOINTS),
        "checks": "\n\n".join(_sentences(name) for name in features),
    }.items():
        text = text.replace(f"{{{name}}}", part)
    return text


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _features(features: Mapping[str, FeatureLike]) -> str:
    rows = [
        (f"`{name}`", each.label, ", ".join(each.needs) or "-", each.adds)
        for name, each in features.items()
    ]
    return _table(("feature", "what it is", "needs", "adds"), rows)


def _shape(shape: Shape) -> str:
    rows = [
        (
            f"`{part.name}`",
            part.kind.words,
            part.meaning + (f" (with `{part.feature}` only)" if part.feature else ""),
        )
        for part in shape.parts
    ]
    return f"### {shape.name}\n\n" + _table(("key", "kind", "meaning"), rows)


def _endpoint(endpoint: Endpoint) -> str:
    line = f"- `{endpoint.request}` (`{endpoint.feature}`): {endpoint.meaning}"
    if endpoint.parameters:
        line += f" Parameters: {_quoted(endpoint.parameters)}."
    if endpoint.body:
        line += f" Takes {_quoted(endpoint.body)}."
    if endpoint.takes != JSON:
        line += f" Takes `{endpoint.takes}`."
    if endpoint.is_api:
        line += f" Answers {endpoint.status}" + _what_comes(endpoint) + "."
    return line


def _what_comes(endpoint: Endpoint) -> str:
    if endpoint.gives != JSON:
        return f" with `{endpoint.gives}`"
    if endpoint.answer is None:
        return " without a body" if endpoint.status == 204 else ""
    return f" with {endpoint.answer.name}" + (f" of {endpoint.of.name}" if endpoint.of else "")


def _sentences(feature: str) -> str:
    listed = [each for each in CHECKS if each.feature == feature]
    parts = [f"### {feature}"]
    for tier in ("works", "hardened"):
        lines = [f"- {_sentence(each)}" for each in listed if each.tier == tier]
        if lines:
            parts += [f"**{tier}**", "\n".join(lines)]
    return "\n\n".join(parts)


def _sentence(check: Check) -> str:
    with_it = f" (with `{check.needs}`)" if check.needs else ""
    without = f" (without `{check.unless}`)" if check.unless else ""
    return f"{check.sentence}{with_it}{without}"


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
