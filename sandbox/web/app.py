"""The factory: it wires the parts, and the parts know nothing of each other."""

import os
from collections.abc import Mapping

from flask import Flask

from sandbox.paths import TEMPLATES
from sandbox.run.marks import Marks
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
    public,
    search,
    security,
    start,
    teachers,
    terminal,
    terms,
    viewer,
)
from sandbox.web.events import Events
from sandbox.web.highlight import MOST_LINES, language_of, show
from sandbox.web.settings import Settings, public_hosts
from sandbox.web.typed import quoted, sandbox_command
from sandbox.workshop import Workshop, public_workshop

ROOMS = (
    ("advisor.page", "Advisor"),
    ("builder.page", "Builder"),
    ("compare.page", "Compare"),
    ("lab.page", "Lab"),
    ("learn.page", "Learn"),
    ("library.frameworks", "Library"),
)
_PUBLIC = (start, search, advisor, builder, compare, learn, library, teachers, terminal, api)
_LOCAL = (lab, viewer)


def create_app(workshop: Workshop, *, settings: Settings | None = None) -> Flask:
    """Return the pages and the API over one workshop; without settings, no token is asked."""
    app = Flask(
        __name__,
        template_folder=str(TEMPLATES),
        static_folder=str(assets.FOLDER),
        static_url_path=f"/static/{assets.folder_hash()}",
    )
    assets.serve_joined(app)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = assets.KEPT_FOR
    app.extensions["workshop"] = workshop
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    settings = settings or Settings()
    if settings.public:
        public.publish(app)
    else:
        compression.compress(app)
    security.secure(app, settings)
    errors.register(app)
    for room in _PUBLIC if settings.public else (*_PUBLIC, *_LOCAL):
        app.register_blueprint(room.blueprint)
    if settings.public:
        public.take_turns(app)
    else:
        marks = Marks(workshop.lab, workshop.workspace)
        app.extensions["events"] = Events(marks.look)
    shared = _shared(workshop, settings)
    app.context_processor(lambda: shared)
    app.add_template_filter(markdown.inline, "inline")
    app.add_template_filter(terms.link_terms, "terms")
    app.add_template_filter(markdown.block, "markdown")
    return app


def _shared(workshop: Workshop, settings: Settings) -> dict[str, object]:
    """Return what every template may use."""
    return {
        "rooms": [each for each in ROOMS if not (settings.public and each[1] == "Lab")],
        "knowledge": workshop.knowledge,
        "static": assets.address_of,
        "troubles": own_projects.troubles,
        "behind_another": bool(settings.prefix or settings.unix_socket),
        "trusted": security.is_trusted,
        "public": settings.public,
        "MOST_LINES": MOST_LINES,
        "quoted": quoted,
        "sandbox_command": sandbox_command,
        "show": show,
        "language_of": language_of,
    }


def public_app(environment: Mapping[str, str] | None = None) -> Flask:
    """Return the public site for any WSGI server, as in `gunicorn "sandbox.web:public_app()"`.

    `SANDBOX_HOSTS` in the environment holds the names, by comma, under which readers reach it;
    this computer's own are always answered. Raises `RequestError` for what is no host name.
    """
    hosts = public_hosts(os.environ if environment is None else environment)
    return create_app(public_workshop(), settings=Settings(public=True, allowed_hosts=hosts))
