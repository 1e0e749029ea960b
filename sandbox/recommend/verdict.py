"""Put a result into one sentence that also says how far it is."""

from dataclasses import dataclass

from sandbox.knowledge import Knowledge
from sandbox.recommend.answers import Answers
from sandbox.recommend.outlook import open_questions
from sandbox.recommend.standing import Standing, stand


@dataclass(frozen=True)
class Verdict(Standing):
    """A standing in words, and what could still change who is first.

    `open_questions` are those that could, `could_change` says how many they are. `settled` means
    that there is none: no further answer, alone or with others, changes the leaders.
    """

    headline: str
    open_questions: tuple[str, ...]
    could_change: int
    settled: bool


def judge(knowledge: Knowledge, answers: Answers, source: str | None = None) -> Verdict:
    """Return the result by all sources, or by one alone, in words."""
    standing = stand(knowledge, answers, source)
    still_open = open_questions(knowledge, answers, standing, source)
    return Verdict(
        **vars(standing),
        headline=_headline(knowledge, answers, standing, len(still_open)),
        open_questions=still_open,
        could_change=len(still_open),
        settled=not still_open,
    )


def _headline(knowledge: Knowledge, answers: Answers, standing: Standing, open_: int) -> str:
    """Return the sentence; it says "clearly" only of what no further answer can change."""
    names = _either(knowledge, standing.leaders)
    how_far = f", from {_count(len(answers.given), 'answer')}; {open_} more could change this"
    if standing.status == "none":
        return "Not enough answers to say"
    if standing.status == "tie":
        return f"Too close to call: {names}{how_far if open_ else ''}"
    if open_:
        return f"So far: {names}{how_far}"
    if standing.status == "clear":
        return f"{names} fits your answers clearly"
    return f"Your answers lean to {names}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _either(knowledge: Knowledge, frameworks: tuple[str, ...]) -> str:
    names = [knowledge.frameworks[each].name for each in frameworks]
    return " or ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
