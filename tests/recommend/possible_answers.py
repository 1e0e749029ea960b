"""Every answer a learner could give, as Hypothesis strategies over our own data."""

from hypothesis import strategies as st

from sandbox.knowledge import NOT_SURE, load_knowledge
from sandbox.recommend import Answers
from sandbox.recommend.answer_sets import answer_sets

KNOWLEDGE = load_knowledge()
FRAMEWORKS = sorted(KNOWLEDGE.frameworks)

Picks = dict[str, tuple[str, ...]]


def ask(picks: Picks, important: tuple[str, ...] = ()) -> Answers:
    """Return the picks as checked answers."""
    return Answers.parse(KNOWLEDGE, picks, important)


@st.composite
def possible_answers(draw: st.DrawFn, *, most_open: int | None = None) -> Answers:
    """Draw answers to any questions; `most_open` limits how many stay open."""
    may_stay_open = set(KNOWLEDGE.questions)
    if most_open is not None:
        may_stay_open = draw(
            st.sets(st.sampled_from(list(KNOWLEDGE.questions)), max_size=most_open)
        )
    picks = {
        question.id: draw(
            st.sampled_from([s for s in answer_sets(question) if s or question.id in may_stay_open])
        )
        for question in KNOWLEDGE.questions.values()
    }
    unsure = draw(st.sets(st.sampled_from(list(KNOWLEDGE.questions)), max_size=4))
    picks.update({key: (NOT_SURE,) for key in unsure if not picks[key]})
    marks = draw(st.sets(st.sampled_from(list(KNOWLEDGE.questions)), max_size=2))
    return ask(picks, tuple(marks))
