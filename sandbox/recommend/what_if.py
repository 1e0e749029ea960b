"""Find the smallest change of answers that would make another framework win."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from sandbox.knowledge import Knowledge, Question
from sandbox.recommend.answers import Answers
from sandbox.recommend.edit import Edit, apply_edits, list_edits, preference
from sandbox.recommend.standing import Standing, Vector, add, effects, leading, option_vectors

LEVELS = (("easy", ("easy",)), ("project", ("easy", "project")))
MOST_EDITS = 2


@dataclass(frozen=True)
class WhatIf:
    """The change that would make `framework` the one leader; without edits there is none.

    `level` is easy, or project where the answer changed belongs to what is being built, or none.
    `query` gives the changed answers.
    """

    framework: str
    level: str
    edits: tuple[Edit, ...]
    sentence: str
    query: str


@dataclass(frozen=True)
class _Way:
    """Edits that make a framework win; the lower its `order`, the sooner it is suggested."""

    order: tuple[int, ...]
    level: str
    edits: tuple[Edit, ...]

    @property
    def questions(self) -> frozenset[str]:
        return frozenset(edit.question for edit in self.edits)


def what_ifs(knowledge: Knowledge, answers: Answers, standing: Standing) -> tuple[WhatIf, ...]:
    """Return one what-if for each framework that is not the single leader, the best first.

    In a tie, and while nothing is decided, that is every framework: what would settle it. No two
    use the same question, unless nothing else is as small.
    """
    names = sorted(knowledge.frameworks)
    wanted = [name for name in names if standing.leaders != (name,)]
    ways = _choose(_smallest(knowledge, answers, {names.index(name) for name in wanted}))
    found = {names[place]: way for place, way in ways.items()}
    wanted.sort(key=lambda name: found[name].order if name in found else (len(LEVELS),))
    return tuple(_what_if(knowledge, answers, name, found.get(name)) for name in wanted)


def _choose(ways: Mapping[int, Sequence[_Way]]) -> Mapping[int, _Way]:
    """Return one way for each target, so that as few questions as can be are used twice."""

    def cost(chosen: Sequence[_Way]) -> tuple[int, list[tuple[int, ...]]]:
        used = [question for way in chosen for question in way.questions]
        return len(used) - len(set(used)), sorted(way.order for way in chosen)

    return dict(zip(ways, min(product(*ways.values()), key=cost), strict=True))


def _smallest(
    knowledge: Knowledge, answers: Answers, targets: set[int]
) -> Mapping[int, Sequence[_Way]]:
    """Return target → its smallest ways, of each set of questions the best, if there are any."""
    found: dict[int, Sequence[_Way]] = {}
    for level, size in product(range(len(LEVELS)), range(1, MOST_EDITS + 1)):
        best: dict[tuple[int, frozenset[str]], _Way] = {}
        for winner, way in _ways(knowledge, answers, level, size):
            key = winner, way.questions
            if winner in targets - set(found) and (key not in best or way.order < best[key].order):
                best[key] = way
        for target in {target for target, _ in best}:
            found[target] = [way for (winner, _), way in best.items() if winner == target]
        if len(found) == len(targets):
            break
    return found


def _ways(
    knowledge: Knowledge, answers: Answers, level: int, size: int
) -> Iterator[tuple[int, _Way]]:
    """Yield who wins by each combination of so many edits, one a question."""
    scores = add(effects(knowledge, answers).values(), len(knowledge.frameworks))
    name, changes = LEVELS[level]
    edits = list_edits(knowledge, answers, changes)
    moves = [_move(knowledge, answers, edit) for edit in edits]
    ranks = [preference(knowledge, edit) for edit in edits]
    for places in combinations(range(len(edits)), size):
        chosen = tuple(edits[place] for place in places)
        if len({edit.question for edit in chosen}) < size:
            continue
        after = [sum(each) for each in zip(scores, *map(moves.__getitem__, places), strict=True)]
        first = leading(after, knowledge.rules.tie_margin)
        if len(first) == 1:
            worst_first = sorted((ranks[place] for place in places), reverse=True)
            yield first[0], _Way((level, size, *worst_first, *places), name, chosen)


def _move(knowledge: Knowledge, answers: Answers, edit: Edit) -> Vector:
    """Return what the edit adds to each framework."""
    vectors = option_vectors(knowledge)
    weight = answers.weight(edit.question)
    nothing = (0,) * len(knowledge.frameworks)
    gone = vectors[edit.question, edit.before] if edit.before else nothing
    come = vectors[edit.question, edit.after] if edit.after else nothing
    return tuple(weight * (new - old) for new, old in zip(come, gone, strict=True))


def _what_if(knowledge: Knowledge, answers: Answers, framework: str, way: _Way | None) -> WhatIf:
    name = knowledge.frameworks[framework].name
    if way is None:
        sentence = f"No change of one or two answers makes it {name}."
        return WhatIf(framework, "none", (), sentence, answers.query)
    changes = " and ".join(
        _describe(knowledge.questions[edit.question], answers, edit) for edit in way.edits
    )
    verb = "makes" if len(way.edits) == 1 else "make"
    remark = ", as a different project" if way.level == "project" else ""
    query = apply_edits(knowledge, answers, way.edits).query
    sentence = f"{changes} {verb} it {name}{remark}."
    return WhatIf(framework, way.level, way.edits, sentence, query)


def _describe(question: Question, answers: Answers, edit: Edit) -> str:
    """Return the edit as "Size: Small → Large"."""
    before, after = (
        question.options[name].short if name else "" for name in (edit.before, edit.after)
    )
    several = question.max > 1 and answers.given.get(question.id)
    if several and not before:
        return f"{question.short}: also {after}"
    if several and not after and len(answers.given[question.id]) > 1:
        return f"{question.short}: without {before}"
    return f"{question.short}: {before or 'open'} → {after or 'open'}"
