"""Say how positive a review sounds, with a model that was trained beforehand."""

from typing import Any

from flask import Blueprint, current_app, request
from flask.blueprints import BlueprintSetupState

from sentiment.model import Model

from .schemas import ScoreInput, check

bp = Blueprint("scoring", __name__, url_prefix="/api")


@bp.record
def load_model(state: BlueprintSetupState) -> None:
    """Read the model once, when the app is built, and not for every request."""
    state.app.extensions["sentiment"] = Model.load()


@bp.post("/reviews/score")
def score_review() -> dict[str, Any]:
    """Say how likely a text is positive."""
    text = check(ScoreInput, request.get_json()).text
    model: Model = current_app.extensions["sentiment"]
    score = model.score(text)
    return {"score": score, "label": "positive" if score >= 0.5 else "negative"}
