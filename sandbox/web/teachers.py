"""For teachers: what a class needs, and an address that fixes what everybody sees."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.errors import RequestError
from sandbox.names import say_what_exists
from sandbox.web.current import current_workshop
from sandbox.web.query import asked, one, several

blueprint = Blueprint("teachers", __name__)


@blueprint.get("/teachers")
def page() -> ResponseReturnValue:
    """Show the page, and the address that the form asks for."""
    wanted = asked()
    framework = one(wanted, "framework", "")
    lesson = one(wanted, "lesson", "")
    features = several(wanted, "features")
    return render_template(
        "teachers/page.html",
        framework=framework,
        lesson=lesson,
        ticked=features,
        offered=current_workshop().offered.values(),
        address=_address(framework, lesson, features) if wanted else "",
    )


def _address(framework: str, lesson: str, features: tuple[str, ...]) -> str:
    """Return where a class meets: a lesson, a project in the Builder, or all of them compared.

    Raises `RequestError` for what there is not.
    """
    workshop = current_workshop()
    if lesson and lesson not in workshop.offered:
        problem = f"There is no lesson called {lesson[:60]!a}."
        raise RequestError("lesson", problem, say_what_exists(lesson, workshop.offered))
    if lesson and framework:
        name = workshop.scaffold(framework).framework
        return url_for("learn.lesson", framework=name, feature=lesson)
    chosen = workshop.requests([framework] if framework else [], features=features)
    listed = ",".join(features) or None
    if framework:
        return url_for("builder.page", framework=chosen[0].framework, features=listed)
    return url_for("compare.page", features=listed)
