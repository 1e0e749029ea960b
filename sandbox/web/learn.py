from flask import Blueprint
blueprint = Blueprint("learn", __name__)
@blueprint.get("/learn")
def page() -> str:
    return ""
