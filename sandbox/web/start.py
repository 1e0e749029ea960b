"""The start page: what this is, three ways in, and what you made last."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.recommend import Answers
from sandbox.web.current import current_workshop
from sandbox.web.security import is_trusted
from sandbox.web.terminal import text_page, wants_text

blueprint = Blueprint("start", __name__)
_SHOWN = 2


@blueprint.get("/")
def page() -> ResponseReturnValue:
    """Show the ways in; an address with answers, as the Advisor once had here, leads to it."""
    workshop = current_workshop()
    if wants_text():
        asked = {key: values for key, values in request.args.lists() if any(values)}
        return text_page(workshop, Answers.parse(workshop.knowledge, asked))
    if request.query_string:
        query = request.query_string.decode("ascii", "replace")
        return redirect(f"{url_for('advisor.page')}?{query}")
    made = workshop.last_made(_SHOWN) if is_trusted() else ()
    return render_template("start/page.html", made=made)
