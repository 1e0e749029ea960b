from flask import Blueprint
blueprint = Blueprint("builder", __name__)
@blueprint.get("/build")
def page() -> str:
    return ""
