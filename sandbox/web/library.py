from flask import Blueprint
blueprint = Blueprint("library", __name__)
@blueprint.get("/frameworks")
def frameworks() -> str:
    return ""
@blueprint.get("/claims")
def claims() -> str:
    return ""
@blueprint.get("/points")
def points() -> str:
    return ""
