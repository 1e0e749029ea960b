import pytest
from fastapi.testclient import TestClient

from app.routers.scores import get_model
from sentiment.model import Model


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("A wonderful book, I loved every page.", "positive"),
        ("Boring and badly written.", "negative"),
        ("Not good.", "negative"),
    ],
)
def test_reviews_are_told_apart(client: TestClient, text: str, label: str):
    scored = client.post("/api/reviews/score", json={"text": text}).json()
    assert scored["label"] == label
    assert (scored["score"] >= 0.5) == (label == "positive")


def test_words_the_model_never_saw_score_between_0_and_1(client: TestClient):
    response = client.post("/api/reviews/score", json={"text": " 読書 "})
    assert response.status_code == 200
    assert 0 < response.json()["score"] < 1


@pytest.mark.parametrize("text", [None, 5, "", "  ", "x" * 2001])
def test_what_is_no_review_is_refused(client: TestClient, text: object):
    response = client.post("/api/reviews/score", json={"text": text})
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["body", "text"]


def test_exactly_half_counts_as_positive(client: TestClient):
    undecided = Model(bias=0, weights={})
    client.app.dependency_overrides[get_model] = lambda: undecided  # pyright: ignore
    scored = client.post("/api/reviews/score", json={"text": "Hm."}).json()
    assert scored == {"score": 0.5, "label": "positive"}


def test_model_is_loaded_once(client: TestClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Model, "load", None)  # would fail if it were called again
    response = client.post("/api/reviews/score", json={"text": "Loved it."})
    assert response.status_code == 200
