"""Turn answers into a recommendation and everything that explains it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sandbox.knowledge import ALWAYS, Advice, Disagreement, Knowledge, Tension, close_features
from sandbox.recommend.answers import Answers
from sandbox.recommend.ledger import Reason, ledger
from sandbox.recommend.standing import Rank, Standing
from sandbox.recommend.verdict import Verdict, judge
from sandbox.recommend.what_if import WhatIf, what_ifs


@dataclass(frozen=True)
class ActiveDisagreement:
    """A disagreement of which the answers touch both sides; only the claims touched are named."""

    disagreement: Disagreement
    claims_1: tuple[str, ...]
    claims_2: tuple[str, ...]


@dataclass(frozen=True)
class Recommendation:
    """The result with its whole explanation; the same for page, command line and HTTP.

    `by_source` is the result each source would give alone. `could_change` counts the
    `open_questions`, whose answers could still change who is first; none is left once it is
    `settled`. `tensions` are given answers that pull apart. `suggested_features` are closed under
    needs, without `hello`.
    """

    status: str
    headline: str
    ranking: tuple[Rank, ...]
    leaders: tuple[str, ...]
    margin: int
    ledger: Mapping[str, tuple[Reason, ...]]
    decisive: tuple[str, ...]
    what_ifs: tuple[WhatIf, ...]
    tensions: tuple[Tension, ...]
    disagreements: tuple[ActiveDisagreement, ...]
    by_source: Mapping[str, Verdict]
    advice: tuple[Advice, ...]
    open_questions: tuple[str, ...]
    could_change: int
    settled: bool
    query: str
    suggested_features: tuple[str, ...]
    answers: Answers

    @property
    def cited(self) -> tuple[str, ...]:
        """Return the ids of all claims that the explanation rests on, sorted."""
        ledger = [each for reasons in self.ledger.values() for each in reasons]
        named = [name for each in (*ledger, *self.advice) for name in each.claims]
        named += [name for each in self.disagreements for name in each.claims_1 + each.claims_2]
        return tuple(sorted(set(named)))


def recommend(knowledge: Knowledge, answers: Answers) -> Recommendation:
    """Return what the answers speak for, and why; pure, without clock, chance, input or output."""
    verdict = judge(knowledge, answers)
    return Recommendation(
        **vars(verdict),
        ledger=ledger(knowledge, answers),
        what_ifs=what_ifs(knowledge, answers, verdict),
        tensions=_tensions(knowledge, answers),
        disagreements=_active_disagreements(knowledge, answers),
        by_source=MappingProxyType(
            {source: judge(knowledge, answers, source) for source in knowledge.sources}
        ),
        advice=_advice(knowledge, answers, verdict),
        query=answers.query,
        suggested_features=_suggested_features(knowledge, answers),
        answers=answers,
    )


def _tensions(knowledge: Knowledge, answers: Answers) -> tuple[Tension, ...]:
    return tuple(
        each
        for each in knowledge.tensions
        if all(option in answers.given.get(key, ()) for key, option in each.answers)
    )


def _active_disagreements(knowledge: Knowledge, answers: Answers) -> tuple[ActiveDisagreement, ...]:
    active = {
        claim
        for question, picks in answers.given.items()
        for pick in picks
        for claim in knowledge.questions[question].options[pick].claims
    }
    touched = [
        ActiveDisagreement(each, _among(active, each.claims_1), _among(active, each.claims_2))
        for each in knowledge.disagreements
    ]
    return tuple(each for each in touched if each.claims_1 and each.claims_2)


def _among(active: set[str], claims: Sequence[str]) -> tuple[str, ...]:
    return tuple(claim for claim in claims if claim in active)


def _advice(knowledge: Knowledge, answers: Answers, standing: Standing) -> tuple[Advice, ...]:
    """Return the lines whose conditions all hold; a candidate is one of the leaders."""

    def shows(advice: Advice) -> bool:
        when = advice.when
        return (
            standing.status in when.statuses
            and (when.candidate is None or when.candidate in standing.leaders)
            and (
                not when.any_of
                or any(option in answers.given.get(key, ()) for key, option in when.any_of)
            )
        )

    return tuple(advice for advice in knowledge.advice if shows(advice))


def _suggested_features(knowledge: Knowledge, answers: Answers) -> tuple[str, ...]:
    chosen = {
        feature
        for each in knowledge.suggestions
        if each.option in answers.given.get(each.question, ())
        for feature in each.features
    }
    closed = close_features(knowledge.features, chosen)
    return tuple(feature for feature in closed if feature != ALWAYS)
