"""What is loaded stays as it is."""

import pytest

from sandbox.knowledge import load_knowledge


def test_values_are_frozen() -> None:
    knowledge = load_knowledge()
    with pytest.raises(TypeError):
        knowledge.claims["A001"] = knowledge.claims["A002"]
    with pytest.raises(AttributeError):
        knowledge.claims["A001"].polarity = 2
