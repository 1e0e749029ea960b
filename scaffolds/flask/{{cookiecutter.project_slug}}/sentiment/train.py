"""Train the model anew, after a change of `reviews.csv`: `python -m sentiment.train`."""

import csv
import json
from pathlib import Path

from sentiment.model import WEIGHTS, Model, words_of

REVIEWS = Path(__file__).with_name("reviews.csv")
ROUNDS = 100
LEARNING_RATE = 0.1
PENALTY = 0.01  # keeps weights small, so that no single word decides everything


def train() -> None:
    """Fit a logistic regression by gradient descent and write its weights."""
    with REVIEWS.open(encoding="utf-8", newline="") as file:
        reviews = [(row["text"], row["label"]) for row in csv.DictReader(file)]
    words = sorted({word for text, _ in reviews for word in words_of(text)})
    model = Model(bias=0.0, weights=dict.fromkeys(words, 0.0))
    for _ in range(ROUNDS):
        for text, label in reviews:
            error = (label == "positive") - model.score(text)
            model.bias += LEARNING_RATE * error
            for word in words_of(text):
                slope = error - PENALTY * model.weights[word]
                model.weights[word] += LEARNING_RATE * slope
    weights = {word: round(weight, 4) for word, weight in model.weights.items()}
    trained = {"bias": round(model.bias, 4), "weights": weights}
    WEIGHTS.write_text(json.dumps(trained, indent=1) + "\n", encoding="utf-8")
    print(f"Learned {len(words)} words from {len(reviews)} reviews.")


if __name__ == "__main__":
    train()
