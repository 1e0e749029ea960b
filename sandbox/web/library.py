"""The Library: profiles, every claim with its source, and how every point is made."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from sandbox.knowledge import ANY
from sandbox.recommend import points_table
from sandbox.web.current import current_workshop

blueprint = Blueprint("library", __name__)


@blueprint.get("/frameworks")
def frameworks() -> ResponseReturnValue:
    """Show the profiles, the sources' comparison tables and when each framework fits."""
    knowledge = current_workshop().knowledge
    ratings = {name: knowledge.ratings(name) for name in knowledge.frameworks}
    criteria = dict.fromkeys(key for found in ratings.values() for key in found)
    return render_template("library/frameworks.html", ratings=ratings, criteria=tuple(criteria))


@blueprint.get("/claims")
def claims() -> ResponseReturnValue:
    """Show all claims, and where they conflict."""
    return render_template("library/claims.html", ANY=ANY)


@blueprint.get("/points")
def points() -> ResponseReturnValue:
    """Show what every answer does for every framework, and why."""
    return render_template("library/points.html", table=points_table(current_workshop().knowledge))
