"""Train the model anew, after a change of `reviews.csv`: `python -m sentiment.train`."""

import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np

from sentiment.model import WEIGHTS, Model, words_of

REVIEWS = Path(__file__).with_name("reviews.csv")
STEPS = 1000
LEARNING_RATE = 1.0
PENALTY = 0.002  # keeps weights small, so that no single word decides everything


def train() -> None:
    """Fit a logistic regression by gradient descent and write its weights."""
    with REVIEWS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counts = Counter(word for row in rows for word in set(words_of(row["text"])))
    words = sorted(counts)
    empty = Model(words, [0.0] * len(words), 0.0)
    inputs = np.array([empty.vector(row["text"]) for row in rows])
    wanted = np.array([row["label"] == "positive" for row in rows], dtype=float)
    weights = np.zeros(len(words))
    bias = 0.0
    for _ in range(STEPS):
        scores = 1 / (1 + np.exp(-(inputs @ weights + bias)))
        errors = scores - wanted
        weights -= LEARNING_RATE * (inputs.T @ errors / len(rows) + PENALTY * weights)
        bias -= LEARNING_RATE * errors.mean()
    right = ((inputs @ weights + bias > 0) == (wanted == 1)).mean()
    trained = {
        "words": words,
        "weights": weights.round(4).tolist(),
        "bias": round(bias, 4),
    }
    WEIGHTS.write_text(
        json.dumps(trained, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    print(f"{len(words)} words from {len(rows)} reviews, {right:.0%} of them right")


if __name__ == "__main__":
    train()
