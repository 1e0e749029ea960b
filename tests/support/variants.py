"""Every valid variant of every scaffold: the sets of features that are closed under needs."""

import pytest

from sandbox.generate import FileTree, ProjectRequest
from sandbox.knowledge import close_features, closed_sets
from sandbox.workshop import Workshop, open_workshop

WORKSHOP: Workshop = open_workshop()
FRAMEWORKS = tuple(WORKSHOP.scaffolds)


def feature_sets(framework: str) -> list[tuple[str, ...]]:
    """Return each closed set of the features a scaffold offers."""
    offers = WORKSHOP.scaffold(framework).offers
    return list(closed_sets(WORKSHOP.knowledge.features, offers))


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


def case(framework: str, features: tuple[str, ...]) -> object:
    """Return a pytest parameter whose name says what it is."""
    return pytest.param(framework, features, id=f"{framework}-{features[-1]}-{len(features)}")


EVERY_VARIANT = [case(each, features) for each in FRAMEWORKS for features in feature_sets(each)]
EDGE_VARIANTS = [case(each, features) for each in FRAMEWORKS for features in edge_sets(each)]
EVERY_FRAMEWORK = [pytest.param(each, id=each) for each in FRAMEWORKS]
