import pytest

from sentiment.model import Model


@pytest.mark.parametrize(
    ("text", "label"),
    [("A wonderful book, I loved it.", "positive"), ("Boring.", "negative")],
)
def test_score_and_label_fit_the_text(client, text, label):
    answer = client.post("/api/reviews/score", json={"text": text})
    assert answer.status_code == 200
    assert answer.json["label"] == label
    assert 0 <= answer.json["score"] <= 1
    assert (answer.json["score"] >= 0.5) == (label == "positive")


@pytest.mark.parametrize("text", [None, "", "x" * 2001, 5])
def test_bad_text_is_refused_by_name(client, text):
    answer = client.post("/api/reviews/score", json={"text": text})
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == ["text"]


def test_model_is_not_loaded_again_for_a_request(client, monkeypatch):
    monkeypatch.delattr(Model, "load")
    answer = client.post("/api/reviews/score", json={"text": "Not good."})
    assert answer.status_code == 200
