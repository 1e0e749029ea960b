"""Each rule of the lint finds the fault it is there for."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest

from sandbox.knowledge import Knowledge, Option, When, load_knowledge
from sandbox.lint import lint_knowledge

KNOWLEDGE = load_knowledge()


def with_option(question: str, option: str, **changes: object) -> Knowledge:
    asked = KNOWLEDGE.questions[question]
    options = {**asked.options, option: replace(asked.options[option], **changes)}
    return with_question(question, options=MappingProxyType(options))


def with_question(question: str, **changes: object) -> Knowledge:
    questions = dict(KNOWLEDGE.questions)
    questions[question] = replace(questions[question], **changes)
    return replace(KNOWLEDGE, questions=MappingProxyType(questions))


def with_claim(claim: str, **changes: object) -> Knowledge:
    changed = {**KNOWLEDGE.claims, claim: replace(KNOWLEDGE.claims[claim], **changes)}
    return replace(KNOWLEDGE, claims=MappingProxyType(changed))


def with_shared(*claims: str) -> Knowledge:
    return replace(KNOWLEDGE, rules=replace(KNOWLEDGE.rules, shared_claims=claims))


def with_advice(**changes: object) -> Knowledge:
    first, *rest = KNOWLEDGE.advice
    return replace(KNOWLEDGE, advice=(replace(first, **changes), *rest))


def with_disagreement(**changes: object) -> Knowledge:
    first, *rest = KNOWLEDGE.disagreements
    return replace(KNOWLEDGE, disagreements=(replace(first, **changes), *rest))


def with_tension(*answers: tuple[str, str]) -> Knowledge:
    first, *rest = KNOWLEDGE.tensions
    return replace(KNOWLEDGE, tensions=(replace(first, answers=answers), *rest))


def with_persona(**changes: object) -> Knowledge:
    first, *rest = KNOWLEDGE.personas
    return replace(KNOWLEDGE, personas=(replace(first, **changes), *rest))


def with_term(**changes: object) -> Knowledge:
    terms = {**KNOWLEDGE.glossary, "api": replace(KNOWLEDGE.glossary["api"], **changes)}
    return replace(KNOWLEDGE, glossary=MappingProxyType(terms))


def with_scenario(**changes: object) -> Knowledge:
    first, *rest = KNOWLEDGE.scenarios
    return replace(KNOWLEDGE, scenarios=(replace(first, **changes), *rest))


def with_feature(**changes: object) -> Knowledge:
    feature = replace(KNOWLEDGE.features["auth"], **changes)
    return replace(KNOWLEDGE, features=MappingProxyType({**KNOWLEDGE.features, "auth": feature}))


def with_new_option(name: str) -> Knowledge:
    options = {**KNOWLEDGE.questions["size"].options, name: Option(name, "Huge", "Huge")}
    return with_question("size", options=MappingProxyType(options))


FAULTS: list[tuple[Callable[[], Knowledge], str]] = [
    (lambda: with_question("goal", label="Is it for django?"), "Question goal names Django"),
    (lambda: with_question("goal", why="As FastAPI does"), "Question goal names FastAPI"),
    (lambda: with_option("size", "small", label="A Flask"), "Option small of size names Flask"),
    (lambda: with_option("size", "small", help="Like Django"), "Option small of size names Django"),
    (lambda: with_option("size", "small", short="FastAPI"), "Option small of size names FastAPI"),
    (
        lambda: with_tension(("size", "small"), ("size", "large")),
        "Tension prototype_large has both answers from the question size",
    ),
    (
        lambda: with_tension(("size", "not_sure"), ("goal", "prototype")),
        "Tension prototype_large has an answer that says nothing",
    ),
    (lambda: with_persona(answers={"size": ("small", "large")}), "Persona mara gives too many"),
    (lambda: with_term(words=("async",)), "The glossary explains “async” 2 times"),
    (lambda: with_new_option("very big"), '"very big" cannot stand in a query'),
    (lambda: with_new_option("important"), '"important" cannot stand in a query'),
    (lambda: with_option("size", "small", claims=("A016",)), "A016 serves several questions"),
    (lambda: with_shared(), "A095 serves several questions"),
    (lambda: with_shared("A095", "A016"), "A016 is listed as shared"),
    (lambda: with_option("size", "small", claims=("A070",)), "A070 gives option small"),
    (lambda: with_option("size", "small", claims=("A001",)), "A001 gives option small"),
    (lambda: with_option("size", "not_sure", claims=("B053",)), "not_sure of size has claims"),
    (lambda: with_claim("A001", text="word " * 16), "A001 has more than 15 words"),
    (lambda: with_claim("A070", criterion="performance"), "performance of Django is rated 2 times"),
    (lambda: with_claim("A070", framework="flask"), "A070 does not rate Django"),
    (lambda: with_claim("A010", framework="flask"), 'A010 does not carry "The admin panel'),
    (lambda: with_claim("A027", polarity=1), 'A027 does not carry "It can feel heavy'),
    (lambda: with_advice(when=When(candidate="flask")), "Advice W01 cites B050"),
    (lambda: with_disagreement(kind="within"), "D01 is of kind within"),
    (lambda: with_disagreement(claims_2=("A071",)), "D01 is of kind between"),
    (lambda: with_disagreement(frameworks=("django",)), "D01 does not name flask of A041"),
    (lambda: with_scenario(answers={"goal": ("prototype", "learn_first")}), "S01 gives too many"),
    (lambda: with_scenario(important=("goal", "size", "style")), "S01 marks too many"),
    (lambda: with_feature(needs=()), "Feature auth needs nothing"),
    (lambda: with_feature(why_needs=""), "Feature auth does not say why"),
    (
        lambda: replace(
            KNOWLEDGE, suggestions=(replace(KNOWLEDGE.suggestions[0], option="not_sure"),)
        ),
        "An open question builtins suggests",
    ),
]


@pytest.mark.parametrize(("make", "expected"), FAULTS, ids=[text for _, text in FAULTS])
def test_fault_is_found(make: Callable[[], Knowledge], expected: str) -> None:
    problems = lint_knowledge(make())
    assert any(expected in problem for problem in problems), problems
