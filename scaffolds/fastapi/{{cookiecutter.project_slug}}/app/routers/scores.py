"""Scores: how positive a review sounds to a trained model."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, FastAPI, Request
from pydantic import BaseModel

from sentiment.model import Model

from ..schemas import ReviewText


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Model]]:
    """Load the model once, before the app takes its first request."""
    yield {"model": Model.load()}


async def get_model(request: Request) -> Model:
    return request.state.model


ModelDep = Annotated[Model, Depends(get_model)]


class ReviewToScore(BaseModel):
    text: ReviewText


class Score(BaseModel):
    score: float
    label: Literal["positive", "negative"]


router = APIRouter(prefix="/api/reviews", tags=["scores"], lifespan=lifespan)


# A model computes and never awaits. `def` gives it a thread, so the others go on.
@router.post("/score")
def score_review(sent: ReviewToScore, model: ModelDep) -> Score:
    """Score a text from 0, as negative as can be, to 1."""
    score = model.score(sent.text)
    return Score(score=score, label="positive" if score >= 0.5 else "negative")
