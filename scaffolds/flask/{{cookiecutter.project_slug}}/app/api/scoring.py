"""Say how positive a review sounds, with a model that was trained beforehand."""

from typing import Any

from flask import Blueprint, Flask, current_app, request

from sentiment.model import Model

from ..schemas import Score, ScoreInput, check
#: if cookiecutter.api_docs :#
from .docs import document
#: endif :#

bp = Blueprint("scoring", __name__)


def init_app(app: Flask) -> None:
    """Read the model once, when the app is built, and not for every request."""
    app.extensions["sentiment"] = Model.load()


@bp.post("/reviews/score")
#: if cookiecutter.api_docs :#
@document(Score, body=ScoreInput)
#: endif :#
def score_review() -> dict[str, Any]:
    """Say how likely a text is positive."""
    text = check(ScoreInput, request.get_json()).text
    model: Model = current_app.extensions["sentiment"]
    score = model.score(text)
    label = "positive" if score >= 0.5 else "negative"
    return Score.dump({"score": score, "label": label})
