"""The trained model: words with weights, read from `weights.json`."""

import json
import math
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

WEIGHTS = Path(__file__).with_name("weights.json")


def words_of(text: str) -> list[str]:
    """Cut a text into lower-case words; "not good" becomes the one word "not_good"."""
    joined = re.sub(r"\bnot\s+(?=[a-z])", "not_", text.lower())
    return re.findall(r"[a-z_]+", joined)


class Model:
    """A logistic regression over the words of a text."""

    def __init__(
        self, words: Sequence[str], weights: Sequence[float], bias: float
    ) -> None:
        self.column = {word: number for number, word in enumerate(words)}
        self.weights = np.array(weights)
        self.bias = bias

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> "Model":
        """Read a trained model; do this once, it takes longer than a score."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def vector(self, text: str) -> np.ndarray:
        """Return 1 for each known word that stands in the text, else 0."""
        found = np.zeros(len(self.column))
        found[[self.column[word] for word in words_of(text) if word in self.column]] = 1
        return found

    def score(self, text: str) -> float:
        """Return how likely the text is positive, from 0 to 1."""
        return 1 / (
            1 + math.exp(-(float(self.vector(text) @ self.weights) + self.bias))
        )
