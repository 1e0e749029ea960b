"""What must be equal in the three frameworks is equal: the model, its scores, the bookshop."""

from __future__ import annotations

import subprocess
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest

from sandbox.workspace import Workspace
from tests.mutation.starting import started
from tests.support.environments import python_for
from tests.support.variants import EVERY_FRAMEWORK, FRAMEWORKS, request, tree
from tests.variants.boot import environment

TEXTS = (
    "A wonderful book, I could not put it down.",
    "Dull, slow and far too long. I gave up.",
    "not good",
    "Not bad at all",
    "ÄÖÜ 漢字 🙂",
    "the",
    "word " * 400,
    "I LOVED every single page of this warm and funny story!",
    "<b>boring</b>",
)


def texts_of(framework: str, feature: str, start: str) -> dict[str, str]:
    files = tree(framework, (feature,))
    return {path: text for path, text in files.items() if path.startswith(start)}


def test_the_model_is_the_same_to_the_byte() -> None:
    first, *others = (texts_of(framework, "model", "sentiment/") for framework in FRAMEWORKS)
    assert {"sentiment/model.py", "sentiment/weights.json", "sentiment/train.py"} <= set(first)
    for other in others:
        assert other == first


def test_the_bookshop_is_the_same_to_the_byte() -> None:
    first, *others = (texts_of(framework, "async", "bookshop.py") for framework in FRAMEWORKS)
    assert list(first) == ["bookshop.py"]
    for other in others:
        assert other == first


@pytest.mark.slow
@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_training_again_gives_the_same_weights(framework: str, tmp_path: Path) -> None:
    files = tree(framework, ("model",))
    project = Workspace(tmp_path).write(files, "shelf").folder
    weights = project / "sentiment" / "weights.json"
    weights.unlink()
    subprocess.run(
        [str(python_for(framework)), "-m", "sentiment.train"],
        cwd=project,
        env=environment(),
        check=True,
        capture_output=True,
    )
    assert weights.read_text(encoding="utf-8") == files["sentiment/weights.json"]


@pytest.mark.slow
def test_three_running_apps_give_the_same_scores(tmp_path: Path) -> None:
    scores: dict[str, list[float]] = {}
    with ExitStack() as stack:
        for framework in FRAMEWORKS:
            features = request(framework, ("model",)).features
            folder = tmp_path / framework
            app = stack.enter_context(
                started(framework, tree(framework, features), features, folder)
            )
            address = f"{app.server.launch.url}/api/reviews/score"
            client = stack.enter_context(httpx2.Client(timeout=60, trust_env=False))
            answers = [client.post(address, json={"text": text}) for text in TEXTS]
            assert [each.status_code for each in answers] == [200] * len(TEXTS), framework
            scores[framework] = [each.json()["score"] for each in answers]
            labels = [each.json()["label"] for each in answers]
            assert labels == [
                "positive" if score >= 0.5 else "negative" for score in scores[framework]
            ]
    first, *others = scores.values()
    assert len({round(score, 3) for score in first}) > 3
    for other in others:
        assert other == pytest.approx(first, abs=1e-6)
