"""Readable help for programs such as curl, made from the same data as the pages."""

from collections.abc import Iterator
from textwrap import fill

from flask import Blueprint, Response, after_this_request, request

from sandbox.recommend import Answers, Recommendation
from sandbox.web.api import api
from sandbox.web.current import current_workshop
from sandbox.web.endpoint import ANY_NAME
from sandbox.web.security import is_public
from sandbox.workshop import Workshop

blueprint = Blueprint("terminal", __name__)

_WIDTH = 80
_TERMINALS = ("curl/", "wget/", "httpie/", "xh/")


def wants_text() -> bool:
    """Tell whether this request comes from a terminal, unless it asks for HTML by name.

    On a public site every address says the same to everyone, so that caches may keep it.
    """
    if is_public():
        return False
    after_this_request(_say_what_it_depends_on)
    accepted = [kind for kind, _ in request.accept_mimetypes]
    if "text/html" in accepted:
        return False
    agent = request.headers.get("User-Agent", "").lower()
    return agent.startswith(_TERMINALS) or "text/plain" in accepted


@blueprint.get("/help.txt")
def page() -> Response:
    """Answer the help to whoever asks for it."""
    return text_page(current_workshop(), Answers.parse(current_workshop().knowledge, {}))


def _say_what_it_depends_on(response: Response) -> Response:
    response.vary.update(("Accept", "User-Agent"))
    return response


def text_page(workshop: Workshop, answers: Answers) -> Response:
    """Answer help in plain text and, where the address holds answers, what they speak for."""
    lines = list(_help(workshop, request.url_root.rstrip("/")))
    if answers.given:
        lines = [*_result(workshop, workshop.recommend(answers)), "", *lines]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def _help(workshop: Workshop, root: str) -> Iterator[str]:
    knowledge = workshop.knowledge
    yield "FRAMEWORK SANDBOX"
    yield _wrapped("Choose and learn a Python web framework by running it.")
    yield ""
    yield "FRAMEWORKS"
    for name in workshop.scaffolds:
        yield _entry(name, knowledge.frameworks[name].tagline)
    yield ""
    yield "FEATURES of the projects; those a feature needs come along"
    for name, feature in workshop.offered.items():
        yield _entry(name, feature.label)
    yield ""
    yield "TRY"
    yield from (f"  {line}" for line in _examples(workshop, root))
    yield ""
    yield "ADDRESSES"
    for endpoint in api.offered():
        token = " (needs the token printed in the terminal)" if endpoint.token else ""
        yield f"  {endpoint.method} {endpoint.path}"
        yield _wrapped(endpoint.what + token, indent=6)
        for parameter, meaning in endpoint.parameters.items():
            shown = "<question>" if parameter == ANY_NAME else parameter
            yield _wrapped(f"{shown}: {meaning}", indent=8)
    yield ""
    yield "QUESTIONS for /api/recommend, and their options"
    for question in knowledge.questions.values():
        picks = f" (up to {question.max})" if question.max > 1 else ""
        yield _wrapped(f"{question.id}{picks}: {question.label}", indent=2)
        yield _wrapped(", ".join(question.options), indent=6)
    yield ""
    yield "In a browser this address shows the pages; `sandbox --help` lists the commands."


def _examples(workshop: Workshop, root: str) -> Iterator[str]:
    framework = next(iter(workshop.scaffolds), "flask")
    feature = list(workshop.offered)[-1]
    question = next(iter(workshop.knowledge.questions.values()))
    option = next(iter(question.options))
    concept = workshop.concepts[0]
    yield f'curl "{root}/?{question.id}={option}"'
    yield f'curl "{root}/api/recommend?{question.id}={option}"'
    yield f'curl -o shelf.zip "{root}/api/zip?framework={framework}&features={feature}"'
    yield f'curl "{root}/api/compare?concept={concept}"'


def _result(workshop: Workshop, result: Recommendation) -> Iterator[str]:
    yield result.headline.upper()
    for rank in result.ranking:
        name = workshop.knowledge.frameworks[rank.framework].name
        yield f"  {rank.rank}. {name:<10} {rank.points:+d}"
    yield ""
    for what_if in result.what_ifs:
        yield _wrapped(what_if.sentence, indent=2)
    yield _wrapped(f"Every reason: /api/recommend?{result.query}", indent=2)


def _entry(name: str, text: str) -> str:
    return fill(text, _WIDTH, initial_indent=f"  {name:<12}", subsequent_indent=" " * 14)


def _wrapped(text: str, *, indent: int = 0) -> str:
    space = " " * indent
    return fill(text, _WIDTH, initial_indent=space, subsequent_indent=f"{space}  ")
