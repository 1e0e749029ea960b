"""The Advisor: questions on one side, the result and its reasons on the other."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.knowledge import NOT_SURE
from sandbox.recommend import Answers
from sandbox.web.current import current_workshop
from sandbox.web.terminal import text_page, wants_text

blueprint = Blueprint("advisor", __name__)


@blueprint.get("/choose")
def page() -> ResponseReturnValue:
    """Show the questions and what the answers in the address speak for."""
    workshop = current_workshop()
    asked = {key: values for key, values in request.args.lists() if any(values)}
    answers = Answers.parse(workshop.knowledge, asked)
    if wants_text():
        return text_page(workshop, answers)
    if _says_more(asked, answers):
        start = url_for(".page")
        return redirect(f"{start}?{answers.query}" if answers.query else start)
    result = workshop.recommend(answers)
    return render_template(
        "advisor/page.html",
        questions=tuple(workshop.knowledge.questions.values()),
        answers=answers,
        result=result,
        suggested=result.suggested_features,
        NOT_SURE=NOT_SURE,
    )


def _says_more(asked: dict[str, list[str]], answers: Answers) -> bool:
    """Tell whether the address says the same at greater length, as that of a plain form does."""
    kept = {key: [",".join(picks)] for key, picks in answers.given.items()}
    kept |= {key: [NOT_SURE] for key in answers.unsure}
    if answers.important:
        kept["important"] = [",".join(answers.important)]
    return asked != kept
