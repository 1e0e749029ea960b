from flask import Blueprint
blueprint = Blueprint("compare", __name__)
@blueprint.get("/compare")
def page() -> str:
    return ""
