"""A choice of features is completed by what it needs."""

import pytest

from sandbox.errors import RequestError
from sandbox.knowledge import close_features, closed_sets, load_knowledge

FEATURES = load_knowledge().features


def test_hello_is_always_there() -> None:
    assert close_features(FEATURES, ()) == ("hello",)


def test_needs_of_needs_are_added_in_file_order() -> None:
    assert close_features(FEATURES, ["admin"]) == (
        "hello",
        "routes",
        "validation",
        "database",
        "pages",
        "auth",
        "admin",
    )


def test_order_and_repetition_change_nothing() -> None:
    assert close_features(FEATURES, ["model", "async", "model"]) == close_features(
        FEATURES, ["async", "model"]
    )


@pytest.mark.parametrize("feature", FEATURES)
def test_closing_twice_is_closing_once(feature: str) -> None:
    once = close_features(FEATURES, [feature])
    assert close_features(FEATURES, once) == once
    assert all(set(FEATURES[name].needs) <= set(once) for name in once)


def test_unknown_feature_is_named_with_what_exists() -> None:
    with pytest.raises(RequestError) as caught:
        close_features(FEATURES, ["databse"])
    assert caught.value.field == "features"
    assert '"databse"' in caught.value.message
    assert caught.value.hint.startswith('Did you mean "database"? There are: hello, routes,')


def test_closed_sets_are_what_closing_any_choice_gives() -> None:
    optional = [name for name in FEATURES if name != "hello"]
    closed = {
        close_features(FEATURES, [name for place, name in enumerate(optional) if bits >> place & 1])
        for bits in range(2 ** len(optional))
    }
    found = closed_sets(FEATURES, optional)
    assert len(found) == len(closed)
    assert set(found) == closed


@pytest.mark.parametrize(
    ("offers", "number"),
    [((), 1), (("routes",), 2), (("validation",), 1), (("routes", "validation", "database"), 4)],
)
def test_a_feature_without_its_needs_is_in_no_closed_set(
    offers: tuple[str, ...], number: int
) -> None:
    assert len(closed_sets(FEATURES, offers)) == number
