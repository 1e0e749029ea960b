"""Find what loads but should not stand in the data: one function a rule."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from sandbox.knowledge import (
    ALWAYS,
    ANY,
    NOT_SURE,
    Framework,
    Knowledge,
    Option,
    Point,
    Question,
)

MOST_WORDS = 15
RESERVED = ("important", "at", "view", "go", "then", "undo", "token")


def lint_knowledge(knowledge: Knowledge) -> list[str]:
    """Return every problem as a sentence; the list of a sound knowledge is empty."""
    return [problem for rule in RULES for problem in rule(knowledge)]


def _options(knowledge: Knowledge) -> Iterator[tuple[Question, Option]]:
    for question in knowledge.questions.values():
        for option in question.options.values():
            yield question, option


def _labels_name_no_framework(knowledge: Knowledge) -> Iterator[str]:
    texts = [
        (f"Question {each.id}", text)
        for each in knowledge.questions.values()
        for text in (each.label, each.short, each.why)
    ]
    texts += [
        (f"Option {each.id} of {question.id}", text)
        for question, each in _options(knowledge)
        for text in (each.label, each.short, each.help)
    ]
    texts += [(f"Tension {each.id}", each.text) for each in knowledge.tensions]
    for framework in knowledge.frameworks.values():
        for place, text in texts:
            if re.search(rf"\b{re.escape(framework.name)}\b", text, re.IGNORECASE):
                yield f"{place} names {framework.name}, which would lead the answer."


def _names_fit_a_query(knowledge: Knowledge) -> Iterator[str]:
    names = [*knowledge.questions, *(option.id for _, option in _options(knowledge))]
    for name in names:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in RESERVED:
            yield f'The id "{name}" cannot stand in a query string.'


def _claims_serve_one_question(knowledge: Knowledge) -> Iterator[str]:
    served: dict[str, set[str]] = {}
    for question, option in _options(knowledge):
        for claim in option.claims:
            served.setdefault(claim, set()).add(question.id)
    for claim, questions in served.items():
        shared = claim in knowledge.rules.shared_claims
        if len(questions) > 1 and not shared:
            yield f"Claim {claim} serves several questions: {', '.join(sorted(questions))}."
        if len(questions) == 1 and shared:
            yield f"Claim {claim} is listed as shared but serves only one question."


def _attached_claims_weigh(knowledge: Knowledge) -> Iterator[str]:
    for question, option in _options(knowledge):
        for name in option.claims:
            claim = knowledge.claims[name]
            if claim.framework == ANY or claim.polarity == 0:
                yield f"Claim {name} gives option {option.id} of {question.id} no effect."
        if option.id == NOT_SURE and option.claims:
            yield f"The option {NOT_SURE} of {question.id} has claims."


def _claims_are_short(knowledge: Knowledge) -> Iterator[str]:
    for claim in knowledge.claims.values():
        if len(claim.text.split()) > MOST_WORDS:
            yield f"Claim {claim.id} has more than {MOST_WORDS} words."


def _ratings_are_single(knowledge: Knowledge) -> Iterator[str]:
    for framework in knowledge.frameworks.values():
        claims = [knowledge.claims[name] for name in framework.ratings]
        for criterion, times in Counter(claim.criterion for claim in claims).items():
            if times > 1:
                yield f"The {criterion} of {framework.name} is rated {times} times."
        for claim in claims:
            if claim.framework != framework.id:
                yield f"Claim {claim.id} does not rate {framework.name}."


def _profiles_rest_on_fitting_claims(knowledge: Knowledge) -> Iterator[str]:
    for framework in knowledge.frameworks.values():
        yield from _misfits(knowledge, framework, framework.strengths, sign=1)
        yield from _misfits(knowledge, framework, framework.best_for, sign=1)
        yield from _misfits(knowledge, framework, framework.cautions, sign=-1)


def _misfits(
    knowledge: Knowledge, framework: Framework, points: Iterable[Point], *, sign: int
) -> Iterator[str]:
    for point in points:
        for name in point.claims:
            claim = knowledge.claims[name]
            if claim.framework != framework.id or claim.polarity * sign <= 0:
                yield f'Claim {name} does not carry "{point.text}" of {framework.name}.'


def _advice_cites_its_candidate(knowledge: Knowledge) -> Iterator[str]:
    for advice in knowledge.advice:
        for name in advice.claims:
            about = knowledge.claims[name].framework
            if about not in (advice.when.candidate, ANY):
                yield f"Advice {advice.id} cites {name}, which is about {about}."


def _disagreements_fit_their_kind(knowledge: Knowledge) -> Iterator[str]:
    for each in knowledge.disagreements:
        claims = [knowledge.claims[name] for name in (*each.claims_1, *each.claims_2)]
        across = len({claim.source for claim in claims}) > 1
        if across == (each.kind == "within"):
            yield f"Disagreement {each.id} is of kind {each.kind}, but its sources say otherwise."
        for claim in claims:
            if claim.framework not in each.frameworks:
                yield f"Disagreement {each.id} does not name {claim.framework} of {claim.id}."


def _tensions_can_be_given(knowledge: Knowledge) -> Iterator[str]:
    for each in knowledge.tensions:
        (one, first), (other, second) = each.answers
        if one == other:
            yield f"Tension {each.id} has both answers from the question {one}."
        if NOT_SURE in (first, second):
            yield f"Tension {each.id} has an answer that says nothing."


def _personas_can_be_answered(knowledge: Knowledge) -> Iterator[str]:
    for persona in knowledge.personas:
        for key, picks in persona.answers.items():
            if len(picks) > knowledge.questions[key].max:
                yield f"Persona {persona.id} gives too many answers to {key}."


def _words_have_one_meaning(knowledge: Knowledge) -> Iterator[str]:
    words = Counter(word.lower() for term in knowledge.glossary.values() for word in term.words)
    for word, times in words.items():
        if times > 1:
            yield f"The glossary explains “{word}” {times} times."


def _scenarios_can_be_answered(knowledge: Knowledge) -> Iterator[str]:
    for scenario in knowledge.scenarios:
        for key, picks in scenario.answers.items():
            if len(picks) > knowledge.questions[key].max:
                yield f"Scenario {scenario.id} gives too many answers to {key}."
        if len(scenario.important) > knowledge.rules.max_important:
            yield f"Scenario {scenario.id} marks too many questions as important."


def _needs_are_explained(knowledge: Knowledge) -> Iterator[str]:
    for feature in knowledge.features.values():
        if not feature.needs and feature.id != ALWAYS:
            yield f"Feature {feature.id} needs nothing, not even {ALWAYS}."
        if feature.needs and not feature.why_needs:
            yield f"Feature {feature.id} does not say why it needs {', '.join(feature.needs)}."


def _suggestions_need_an_answer(knowledge: Knowledge) -> Iterator[str]:
    for each in knowledge.suggestions:
        if each.option == NOT_SURE:
            yield f"An open question {each.question} suggests features."


RULES: tuple[Callable[[Knowledge], Iterator[str]], ...] = (
    _labels_name_no_framework,
    _names_fit_a_query,
    _claims_serve_one_question,
    _attached_claims_weigh,
    _claims_are_short,
    _ratings_are_single,
    _profiles_rest_on_fitting_claims,
    _advice_cites_its_candidate,
    _disagreements_fit_their_kind,
    _tensions_can_be_given,
    _personas_can_be_answered,
    _words_have_one_meaning,
    _scenarios_can_be_answered,
    _needs_are_explained,
    _suggestions_need_an_answer,
)
