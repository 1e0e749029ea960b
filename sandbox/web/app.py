"""The factory: it wires the parts, and the parts know nothing of each other."""

from flask import Flask

from sandbox.paths import TEMPLATES
from sandbox.web import (
    advisor,
    api,
    assets,
    builder,
    compare,
    compression,
    errors,
    lab,
    learn,
    library,
    markdown,
    own_projects,
    security,
)
from sandbox.web.highlight import MOST_LINES, language_of, show
from sandbox.web.settings import Settings
from sandbox.web.typed import quoted, sandbox_command
from sandbox.workshop import Workshop

ROOMS = (
    ("advisor.page", "Advisor"),
    ("builder.page", "Builder"),
    ("compare.page", "Compare"),
    ("lab.page", "Lab"),
    ("learn.page", "Learn"),
    ("library.frameworks", "Library"),
)


def create_app(workshop: Workshop, *, settings: Settings | None = None) -> Flask:
    """Return the pages and the API over one workshop; without settings, no token is asked."""
    app = Flask(
        __name__,
        template_folder=str(TEMPLATES),
        static_folder=str(assets.FOLDER),
        static_url_path=f"/static/{assets.folder_hash()}",
    )
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = assets.KEPT_FOR
    app.extensions["workshop"] = workshop
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    compression.compress(app)
    security.secure(app, settings or Settings())
    errors.register(app)
    for room in (advisor, builder, compare, lab, learn, library):
        app.register_blueprint(room.blueprint)
    app.register_blueprint(api.blueprint)
    shared: dict[str, object] = {
        "rooms": ROOMS,
        "knowledge": workshop.knowledge,
        "static": assets.address_of,
        "modules": assets.modules(),
        "troubles": own_projects.troubles,
        "trusted": security.is_trusted,
        "MOST_LINES": MOST_LINES,
        "quoted": quoted,
        "sandbox_command": sandbox_command,
        "show": show,
        "language_of": language_of,
    }
    app.context_processor(lambda: shared)
    app.add_template_filter(markdown.inline, "inline")
    app.add_template_filter(markdown.block, "markdown")
    return app
