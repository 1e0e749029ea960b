import pytest

from sentiment.model import Model


@pytest.mark.parametrize(
    ("text", "label"),
    [("A wonderful book, I loved it.", "positive"), ("Boring.", "negative")],
)
def test_score_and_label_fit_the_text(client, text, label):
    response = client.post("/api/reviews/score", json={"text": text})
    assert response.status_code == 200
    assert response.json["label"] == label
    assert 0 <= response.json["score"] <= 1
    assert (response.json["score"] >= 0.5) == (label == "positive")


@pytest.mark.parametrize("text", [None, "", "x" * 2001, 5])
def test_bad_text_is_refused_by_name(client, text):
    response = client.post("/api/reviews/score", json={"text": text})
    assert response.status_code == 422
    assert list(response.json["errors"]) == ["text"]


def test_model_is_not_loaded_again_for_a_request(client, monkeypatch):
    monkeypatch.delattr(Model, "load")
    response = client.post("/api/reviews/score", json={"text": "Not good."})
    assert response.status_code == 200
