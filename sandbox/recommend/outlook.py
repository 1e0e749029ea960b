"""Say which open question could still change who is first."""

from collections.abc import Iterable, Iterator

from sandbox.knowledge import Knowledge, Question
from sandbox.recommend.answer_sets import answer_sets
from sandbox.recommend.answers import Answers
from sandbox.recommend.standing import Standing, Vector, add, leading, option_vectors


def open_questions(
    knowledge: Knowledge, answers: Answers, standing: Standing, source: str | None = None
) -> tuple[str, ...]:
    """Return the questions that could still change who is first, in file order.

    Such a question belongs to a set of further answers that changes the leaders, while the same
    set without it does not. A question of two picks with one given is open for the other; one
    answered `not_sure` is closed. Exact, and empty once the result is settled.
    """
    further = {
        question.id: _further(knowledge, answers, question, source)
        for question in knowledge.questions.values()
        if question.id not in answers.unsure
    }
    if standing.status == "none":
        return tuple(key for key, vectors in further.items() if any(map(any, vectors)))
    points = {rank.framework: rank.points for rank in standing.ranking}
    names = sorted(points)
    grid = _Grid([points[name] for name in names], further.values())
    leaders = tuple(map(names.index, standing.leaders))
    tie = knowledge.rules.tie_margin
    unchanged = sum(
        1 << place
        for place, scores in grid.cells(grid.reached(further.values()))
        if leading(scores, tie) == leaders
    )
    return tuple(
        key
        for key, vectors in further.items()
        if grid.moved(
            grid.reached(each for name, each in further.items() if name != key) & unchanged,
            vectors,
        )
        & ~unchanged
    )


def _further(
    knowledge: Knowledge, answers: Answers, question: Question, source: str | None
) -> frozenset[Vector]:
    """Return what each further answer to the question would add."""
    picks = answers.given.get(question.id, ())
    if picks and question.kind == "single":
        return frozenset()
    vectors = option_vectors(knowledge, source)
    weight, size = answers.weight(question.id), len(knowledge.frameworks)
    return frozenset(
        add([vectors[question.id, pick] for pick in answer if pick not in picks] * weight, size)
        for answer in answer_sets(question)
        if set(picks) < set(answer)
    )


class _Grid:
    """Sets of scores as whole numbers, one bit a set of scores, so that an answer is a shift.

    Only what separates the frameworks from the first of them is kept: one axis for each of the
    others, long enough that no sequence of answers leaves it. A million combinations of answers
    end on some thousand scores, which makes trying them all a matter of milliseconds.
    """

    def __init__(self, scores: list[int], questions: Iterable[Iterable[Vector]]) -> None:
        self._axes = len(scores) - 1
        self._most = self._widest(scores) + sum(
            max(map(self._widest, vectors), default=0) for vectors in questions
        )
        self._length = 2 * self._most + 1
        middle = sum(self._most * self._length**axis for axis in range(self._axes))
        self._start = 1 << (middle + self._steps(scores))

    @staticmethod
    def _widest(vector: Iterable[int]) -> int:
        first, *rest = vector
        return max((abs(each - first) for each in rest), default=0)

    def _steps(self, vector: Iterable[int]) -> int:
        first, *rest = vector
        return sum((each - first) * self._length**axis for axis, each in enumerate(rest))

    def moved(self, cells: int, vectors: Iterable[Vector]) -> int:
        """Return where one of the vectors leads from `cells`."""
        found = 0
        for steps in map(self._steps, vectors):
            found |= cells << steps if steps >= 0 else cells >> -steps
        return found

    def reached(self, questions: Iterable[Iterable[Vector]]) -> int:
        """Return where any answers to any of the questions lead from the scores as they are."""
        cells = self._start
        for vectors in questions:
            cells |= self.moved(cells, vectors)
        return cells

    def cells(self, cells: int) -> Iterator[tuple[int, list[int]]]:
        """Yield each cell's place and the scores it stands for, the first of them as 0."""
        for place, bit in enumerate(reversed(f"{cells:b}")):
            if bit == "1":
                yield place, [0, *self._apart(place)]

    def _apart(self, place: int) -> Iterator[int]:
        for _ in range(self._axes):
            place, along = divmod(place, self._length)
            yield along - self._most
