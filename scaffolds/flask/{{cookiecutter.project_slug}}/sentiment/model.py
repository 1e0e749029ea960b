"""The trained model: words with weights, read from `weights.json`."""

import json
import math
import re
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights.json")


def words_of(text: str) -> set[str]:
    """Return the words of a text, in lower case; "not good" is the one word "not_good"."""
    joined = re.sub(r"\bnot\s+(?=[a-z])", "not_", text.lower())
    return set(re.findall(r"[a-z_]+", joined))


class Model:
    """A logistic regression: each word speaks for or against, by its weight."""

    def __init__(self, bias: float, weights: dict[str, float]) -> None:
        self.bias = bias
        self.weights = weights

    @classmethod
    def load(cls) -> "Model":
        """Read the trained model; do this once, it takes longer than a score."""
        return cls(**json.loads(WEIGHTS.read_text(encoding="utf-8")))

    def score(self, text: str) -> float:
        """Return how likely the text is positive, from 0 to 1."""
        weights = (self.weights.get(word, 0) for word in words_of(text))
        return 1 / (1 + math.exp(-self.bias - math.fsum(weights)))
