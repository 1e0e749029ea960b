"""Checks of `model`: how positive a review sounds."""

import time
from concurrent.futures import ThreadPoolExecutor, wait
from statistics import median
from typing import Any

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_missing, expect_refused, expect_status
from sandbox.contract.failure import Failure
from sandbox.contract.shapes import SCORE

ORDER = 280

PATH = "/api/reviews/score"
TEXT_LIMIT = 2000
_GOOD = (
    "A wonderful, beautiful book. I loved every page of it!",
    "Great story, excellent characters, the best book I have read this year.",
    "Brilliant and moving. Highly recommended, a perfect read.",
)
_BAD = (
    "A terrible, boring book. I hated every page of it.",
    "Awful story, dull characters, the worst book I have read this year.",
    "A disappointing waste of time. Badly written, do not buy it.",
)
_THRESHOLD = 0.5
_CALLS = 20
_DELAY_SECONDS = 0.2
_ROUNDS = 4
_APART_SECONDS = 0.002


@check("model", "POST /api/reviews/score answers a score and a label.", foundation=True)
def a_text_gets_a_score(me: Person) -> None:
    _score(me, _GOOD[0])


@check("model", "The score is of being positive: high for praise, low for blame.")
def praise_scores_higher_than_blame(me: Person) -> None:
    good, bad = ([_score(me, text)[0] for text in texts] for texts in (_GOOD, _BAD))
    expect(
        min(good) > max(bad) and max(good) > _THRESHOLD > min(bad),
        f"POST {PATH} scores praise {good} and blame {bad}: expected praise near 1, blame near 0.",
    )


@check("model", "The label is positive from 0.5, else negative.")
def labels_follow_the_score(me: Person) -> None:
    words = " ".join((*_GOOD, *_BAD)).split()
    texts = [*_GOOD, *_BAD, "book", "...", "12345", "日本語", "the"]
    texts += [" ".join(me.samples.random.sample(words, 6)) for _ in range(40)]
    for text in texts:
        score, label = _score(me, text)
        expected = "positive" if score >= _THRESHOLD else "negative"
        expect(
            label == expected,
            f"POST {PATH} with {text!r} answered {score} and {label!r}: expected {expected!r}.",
        )


@check("model", "The same text has the same score every time.")
def scores_stay_the_same(me: Person) -> None:
    for text in (_GOOD[0], _BAD[0]):
        scores = {_score(me, text) for _ in range(5)}
        expect(len(scores) == 1, f"POST {PATH} scores the same text {scores}.")


@check("model", "text has 1 to 2000 characters.")
def texts_to_score_have_one_to_2000_characters(me: Person) -> None:
    for text in ("x", "good " * (TEXT_LIMIT // 5), "📚" * TEXT_LIMIT, f"  {'y' * TEXT_LIMIT}\n"):
        _score(me, text)
    wrong: tuple[Any, ...] = ("", "  \n", "x" * (TEXT_LIMIT + 1), "x" * 100_000, None, ["x"], {})
    for value in wrong:
        expect_refused(me.post(PATH, {"text": value}), "text")
    expect_refused(me.post(PATH, {}), "text")


@check("model", "Malformed JSON: 400 or 422; a wrong content type: 400, 415 or 422.")
def malformed_texts_are_refused(me: Person) -> None:
    for body in ("", "{", "[]", "null", '"x"'):
        expect_refused(me.send_json("POST", PATH, body))
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        answer = me.send("POST", PATH, body='{"text": "good"}', content_type=kind)
        expect_status(answer, 400, 415, 422)


@check("model", "No input whatever gives a 5xx: odd texts.", tier="hardened")
def odd_texts_never_crash(me: Person) -> None:
    for body in ('{"text": NaN}', "[" * 50_000, b"\xff"):
        expect_refused(me.send_json("POST", PATH, body))
    for literal in (r'"\u0000"', r'"\ud800"', "5", "true", "1e999", r'"\u200b"', '"\\n.\\n"'):
        answer = me.send_json("POST", PATH, f'{{"text": {literal}}}')
        expect_status(answer, 200, 400, 422)


@check("model", "A wrong method answers 404, 405 or 403.")
def scoring_is_a_post(me: Person) -> None:
    for method in ("GET", "PUT"):
        expect_status(me.send(method, PATH), 404, 405, 401, 403)
    if "database" in me.app.features:
        expect_missing(me.patch("/api/reviews/1000000007", {"rating": 3}))


@check("model", "With `auth` scoring needs no member.", needs="auth")
def scoring_needs_no_member(me: Person) -> None:
    _score(me.app.visitor(), _GOOD[0])


@check("model", "20 calls at once do not delay /health beyond 200 ms.", tier="hardened")
def scoring_holds_nobody_up(me: Person) -> None:
    text = " ".join((*_GOOD, *_BAD) * 6)[:TEXT_LIMIT]
    usual = median(_health_seconds(me) for _ in range(5))
    delay = 0.0
    for _ in range(_ROUNDS):
        with ThreadPoolExecutor(_CALLS) as pool:
            calls = [pool.submit(_score_soon, me, text, number) for number in range(_CALLS)]
            times = [_health_seconds(me)]
            while not all(call.done() for call in calls):
                times.append(_health_seconds(me))
            wait(calls)
        for call in calls:
            call.result()
        delay = max(times) - usual
        if delay <= _DELAY_SECONDS * me.app.slack:
            return
    raise Failure(
        f"While {_CALLS} texts were scored GET /health took {delay * 1000:.0f} ms longer than "
        "usual: load the model once, and score outside the event loop."
    )


def _health_seconds(me: Person) -> float:
    began = time.perf_counter()
    expect_status(me.get("/health"), 200)
    return time.perf_counter() - began


def _score_soon(me: Person, text: str, number: int) -> tuple[float, str]:
    # A moment apart: a development server's queue holds ten callers, and whomever the system
    # turns away there comes again after a whole second.
    time.sleep(number * _APART_SECONDS)
    return _score(me, text)


def _score(me: Person, text: str) -> tuple[float, str]:
    answer = expect_status(me.post(PATH, {"text": text}), 200)
    fields = SCORE.read(answer, answer.json())
    return float(fields["score"]), str(fields["label"])
