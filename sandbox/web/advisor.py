"""The Advisor: one question a screen, or all on one page, and the result with its reasons.

The address holds everything: the answers, and which question is asked (`at`).
"""

from collections.abc import Iterator

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from sandbox.errors import AnswerError
from sandbox.knowledge import NOT_SURE, Knowledge, Persona, Question, Term, terms_in
from sandbox.names import say_what_exists
from sandbox.recommend import Answers, Recommendation, judge, points_rows
from sandbox.web.asked import Asked, address, is_plain, read_answers, read_query, result_address
from sandbox.web.current import current_workshop
from sandbox.web.terminal import text_page, wants_text

blueprint = Blueprint("advisor", __name__)


@blueprint.get("/choose")
def page() -> ResponseReturnValue:
    """Ask, or show what the answers in the address speak for."""
    workshop = current_workshop()
    knowledge = workshop.knowledge
    asked = read_answers(knowledge)
    if wants_text():
        for problem in asked.problems.values():
            raise problem
        return text_page(workshop, asked.answers)
    view = request.args.get("view", "")
    going = request.args.get("go", "")
    at = request.args.get("at", "")
    if view == "all":
        to_result = going and not asked.problems
        return redirect(result_address(asked.answers)) if to_result else _all(asked)
    if not at and not view and not request.args:
        at = next(iter(knowledge.questions))
    if at:
        question = _known(knowledge, at)
        return _go(asked, question) if going else _question(asked, question)
    if asked.problems:
        return _all(asked)
    return _result(asked.answers) if is_plain(asked.answers) else _to_result(asked.answers)


def _to_result(answers: Answers) -> ResponseReturnValue:
    return redirect(result_address(answers))


def _known(knowledge: Knowledge, at: str) -> Question:
    if at not in knowledge.questions:
        message = f'There is no question "{at[:60]}".'
        raise AnswerError(message, say_what_exists(at, knowledge.questions))
    return knowledge.questions[at]


def _go(asked: Asked, question: Question) -> ResponseReturnValue:
    """Go on from a question: past it, or with its answer, which must be there and hold."""
    if request.args["go"] == "skip":
        return _after(asked.answers.without(question.id), question)
    if asked.problems:
        return _question(asked, question)
    if question.id not in asked.answers.given and question.id not in asked.answers.unsure:
        problem = AnswerError("No answer is chosen.", "Choose one, or skip this question.")
        return _question(Asked(asked.answers, asked.picks, {question.id: problem}), question)
    return _after(asked.answers, question)


def _after(answers: Answers, question: Question) -> ResponseReturnValue:
    """Send on to the next open question of the same part, or to the result."""
    if request.args.get("then") != "result":
        part = [
            each
            for each in current_workshop().knowledge.questions.values()
            if each.core == question.core
        ]
        for each in part[part.index(question) + 1 :]:
            if each.id not in answers.given and each.id not in answers.unsure:
                return redirect(address(answers, at=each.id))
    return redirect(result_address(answers))


def _question(asked: Asked, question: Question) -> ResponseReturnValue:
    knowledge = current_workshop().knowledge
    questions = list(knowledge.questions.values())
    place = questions.index(question)
    core = [each for each in questions if each.core]
    before = questions[place - 1] if place else None
    page = render_template(
        "advisor/question.html",
        question=question,
        number=place + 1,
        of=len(core if question.core else questions),
        back=address(asked.answers, at=before.id) if before else "",
        first=place == 0,
        **_shown(asked),
    )
    return page, 400 if asked.problems else 200


def _all(asked: Asked) -> ResponseReturnValue:
    page = render_template("advisor/all.html", **_shown(asked))
    return page, 400 if asked.problems else 200


def _shown(asked: Asked) -> dict[str, object]:
    """Return what the pages that ask have in common."""
    knowledge = current_workshop().knowledge
    return {
        "asked": asked,
        "answers": asked.answers,
        "questions": tuple(knowledge.questions.values()),
        "verdict": judge(knowledge, asked.answers),
        "people": _people(knowledge),
        "words": {each.id: _words(knowledge, each) for each in knowledge.questions.values()},
        "address": address,
        "result_address": result_address,
        "NOT_SURE": NOT_SURE,
    }


def _people(knowledge: Knowledge) -> list[tuple[Persona, str]]:
    """Return the people to look around with, each with the address of their result."""
    return [
        (each, result_address(Answers.parse(knowledge, each.answers)))
        for each in knowledge.personas
    ]


def _words(knowledge: Knowledge, question: Question) -> tuple[Term, ...]:
    """Return the terms that the question uses; those in an option's own help are explained."""
    told = [question.label, question.why]
    told += [each.label for each in question.options.values() if not each.help]
    return terms_in(knowledge, " ".join(told))


def _result(answers: Answers) -> ResponseReturnValue:
    workshop = current_workshop()
    knowledge = workshop.knowledge
    result = workshop.recommend(answers)
    before = read_query(knowledge, request.args["undo"]) if "undo" in request.args else None
    further = [each for each in knowledge.questions.values() if not each.core]
    return render_template(
        "advisor/result.html",
        answers=answers,
        result=result,
        rows=points_rows(knowledge, answers),
        previews=_previews(knowledge, result),
        undo=result_address(before) if before else "",
        changed=list(_changed(knowledge, before, answers)) if before else [],
        refine=[each for each in further if each.id in result.open_questions],
        questions=tuple(knowledge.questions.values()),
        people=_people(knowledge),
        address=address,
        result_address=result_address,
        NOT_SURE=NOT_SURE,
    )


def _previews(knowledge: Knowledge, result: Recommendation) -> dict[str, object]:
    """Return the query of each what-if that helps → the result it would give."""
    return {
        each.query: judge(knowledge, read_query(knowledge, each.query) or result.answers)
        for each in result.what_ifs
        if each.edits
    }


def _changed(knowledge: Knowledge, before: Answers, after: Answers) -> Iterator[str]:
    """Yield each difference between two sets of answers, as in "Size: Small → Large"."""
    for question in knowledge.questions.values():
        old, new = (
            " and ".join(question.options[pick].short for pick in each.given.get(question.id, ()))
            or "open"
            for each in (before, after)
        )
        if old != new:
            yield f"{question.short}: {old} → {new}"
