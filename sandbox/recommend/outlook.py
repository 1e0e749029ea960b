"""Say which open question could still change a result."""

from collections.abc import Mapping

from sandbox.knowledge import Knowledge, Question
from sandbox.recommend.answer_sets import answer_sets
from sandbox.recommend.answers import Answers
from sandbox.recommend.standing import Standing, Vector, add, option_vectors

Pair = tuple[int, int]


def open_questions(knowledge: Knowledge, answers: Answers, standing: Standing) -> tuple[str, ...]:
    """Return the questions whose answers could still change the leaders, in file order.

    A question that takes two picks and has one is still open for the other. If no combination
    of answers to the open questions can change the leaders, the result is settled and nothing is
    returned. For a single leader this is exact; for a tie of several it never says settled
    wrongly, but may rarely name a question that could not decide.
    """
    gains = {
        question.id: _gains(knowledge, answers, question)
        for question in knowledge.questions.values()
    }
    if standing.status == "none":
        wanted = {pair for gain in gains.values() for pair in gain}
    else:
        wanted = _pairs_in_play(knowledge, standing, gains)
    return tuple(
        question for question, gain in gains.items() if any(gain[pair] > 0 for pair in wanted)
    )


def _gains(knowledge: Knowledge, answers: Answers, question: Question) -> Mapping[Pair, int]:
    """Return (ahead, behind) → the most that answering can still move the one past the other."""
    picks = answers.given.get(question.id, ())
    weight = answers.weight(question.id)
    vectors = option_vectors(knowledge)
    size = len(knowledge.frameworks)
    further: list[Vector] = []
    for answer in answer_sets(question):
        if set(picks) <= set(answer) and (question.kind == "multi" or not picks):
            new = [vectors[question.id, pick] for pick in answer if pick not in picks]
            further.append(add(new * weight, size))
    places = range(size)
    return {
        (one, other): max((vector[one] - vector[other] for vector in further), default=0)
        for one in places
        for other in places
        if one != other
    }


def _pairs_in_play(
    knowledge: Knowledge, standing: Standing, gains: Mapping[str, Mapping[Pair, int]]
) -> set[Pair]:
    """Return the pairs (rival, leader) in which the rival could change who leads."""
    tie = knowledge.rules.tie_margin
    names = sorted(knowledge.frameworks)
    points = {rank.framework: rank.points for rank in standing.ranking}
    scores = [points[name] for name in names]
    leaders = [names.index(name) for name in standing.leaders]
    wanted: set[Pair] = set()
    for rival in range(len(names)):
        best = {
            leader: scores[rival]
            - scores[leader]
            + sum(gain[rival, leader] for gain in gains.values())
            for leader in leaders
            if leader != rival
        }
        joins = rival not in leaders and all(most >= -tie for most in best.values())
        wanted |= {(rival, leader) for leader, most in best.items() if joins or most > tie}
    return wanted
