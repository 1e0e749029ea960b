"""Every variant of every scaffold as files; a pairwise set of them running."""

from itertools import combinations

import pytest

from tests.support.variants import (
    EVERY_FRAMEWORK,
    PAIRWISE_VARIANTS,
    WORKSHOP,
    feature_sets,
    pairwise_sets,
    tree,
)
from tests.variants.boot import contract, own_tests
from tests.variants.matrix import Variant, full
from tests.variants.sound import unsound
from tests.variants.telling import telling_words


@pytest.mark.slow
@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_every_variant_is_sound_as_files(framework: str) -> None:
    assert unsound(framework) == []


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_variants_that_show_every_pair_of_features_are_sound_as_files(framework: str) -> None:
    variants = [Variant(framework, features) for features in pairwise_sets(framework)]
    assert unsound(framework, list(dict.fromkeys([*variants, full(framework)]))) == []


@pytest.mark.slow
@pytest.mark.parametrize(("framework", "features"), PAIRWISE_VARIANTS)
def test_a_variant_passes_its_own_tests(framework: str, features: tuple[str, ...]) -> None:
    assert own_tests(Variant(framework, features)) == ()


@pytest.mark.slow
@pytest.mark.parametrize(("framework", "features"), PAIRWISE_VARIANTS)
def test_a_variant_passes_the_contract_and_its_links_lead_somewhere(
    framework: str, features: tuple[str, ...]
) -> None:
    _, _, failures = contract(Variant(framework, features), seed=8)
    assert "\n".join(failures) == ""


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_words_are_known_that_tell_of_every_feature(framework: str) -> None:
    assert set(WORKSHOP.scaffold(framework).offers) <= set(telling_words(framework))


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_the_pairwise_set_shows_every_pair_that_there_is(framework: str) -> None:
    def pairs(sets: list[tuple[str, ...]]) -> set[tuple[str, bool, str, bool]]:
        offers = WORKSHOP.scaffold(framework).offers
        return {
            (one, one in chosen, other, other in chosen)
            for chosen in sets
            for one, other in combinations(offers, 2)
        }

    few = pairwise_sets(framework)
    assert pairs(few) == pairs(feature_sets(framework))
    assert len(few) <= 14


def test_the_sample_books_are_the_same_everywhere() -> None:
    titles = "The Left Hand of Darkness", "Persepolis", "9780156453806"
    for framework in WORKSHOP.scaffolds:
        for features in (("routes",), ("database",)):
            text = "".join(tree(framework, features).values())
            assert all(title in text for title in titles), framework
