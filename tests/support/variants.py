"""Every valid variant of every scaffold: the sets of features that are closed under needs."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from sandbox.generate import FileTree, ProjectRequest
from sandbox.knowledge import ALWAYS, close_features, closed_sets
from sandbox.workshop import Workshop, open_workshop
from sandbox.workspace import Workspace
from tests.support.pairwise import covering

WORKSHOP: Workshop = open_workshop()
FRAMEWORKS = tuple(WORKSHOP.scaffolds)


def workshop_in(workspace: Path) -> Workshop:
    """Return a workshop over the data that were read already, with a workspace of its own."""
    return replace(WORKSHOP, workspace=Workspace(workspace))


def feature_sets(framework: str) -> list[tuple[str, ...]]:
    """Return each closed set of the features a scaffold offers."""
    offers = WORKSHOP.scaffold(framework).offers
    return list(closed_sets(WORKSHOP.knowledge.features, offers))


@cache
def pairwise_sets(framework: str) -> list[tuple[str, ...]]:
    """Return a few closed sets that show every two features together, singly and not at all."""
    return covering(feature_sets(framework))


def edge_sets(framework: str) -> list[tuple[str, ...]]:
    """Return none, all, and each feature alone with what it needs."""
    offers = WORKSHOP.scaffold(framework).offers
    wanted = [(), offers, *((feature,) for feature in offers)]
    closed = (close_features(WORKSHOP.knowledge.features, features) for features in wanted)
    return sorted(set(closed), key=lambda features: (len(features), features))


def request(framework: str, features: tuple[str, ...] = (), name: str = "Shelf") -> ProjectRequest:
    """Return a checked request of the real workshop."""
    return WORKSHOP.request(framework, features=features, name=name)


def tree(framework: str, features: tuple[str, ...] = ()) -> FileTree:
    """Render a project of the real workshop."""
    return WORKSHOP.tree(request(framework, features))


def named(features: tuple[str, ...]) -> str:
    """Return the shortest name of a closed set: the features that no other one brings along."""
    catalog = WORKSHOP.knowledge.features
    brought = {need for feature in features for need in close_features(catalog, [feature])[:-1]}
    return "+".join(feature for feature in features if feature not in brought) or ALWAYS


def case(framework: str, features: tuple[str, ...]) -> object:
    """Return a pytest parameter whose name says what it is."""
    return pytest.param(framework, features, id=f"{framework}-{named(features)}")


EVERY_VARIANT = [case(each, features) for each in FRAMEWORKS for features in feature_sets(each)]
PAIRWISE_VARIANTS = [
    case(each, features) for each in FRAMEWORKS for features in pairwise_sets(each)
]
EDGE_VARIANTS = [case(each, features) for each in FRAMEWORKS for features in edge_sets(each)]
EVERY_FRAMEWORK = [pytest.param(each, id=each) for each in FRAMEWORKS]
