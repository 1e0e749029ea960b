"""Hold lessons to the form that keeps them true: complete, and no code but what projects have."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sandbox.errors import SandboxError
from sandbox.generate import Scaffold, create_request
from sandbox.knowledge import ALWAYS
from sandbox.learn.lesson import Course, excerpt_of, lesson_path, read_passages, steps
from sandbox.learn.passages import SNIPPET, Passage, Reference
from sandbox.learn.step import feature_of, own_names, shown_place, steps_path

SECTIONS = ("Try it", "How the others do it", "Check your work")
# A lesson in steps tells with each step what to try and what is checked.
SECTIONS_WITH_STEPS = ("How the others do it",)
# What a learner types at a prompt and what comes back; code itself is never typed in a lesson.
TYPED = ("console", "text")
# The web, or the learner's own running project.
_LINKS = ("https://", "http://127.0.0.1:", "http://localhost:")


def lint_lessons(course: Course) -> list[str]:
    """Return what is wrong or missing in any lesson, a sentence for each defect."""
    problems: list[str] = []
    for scaffold in course.scaffolds.values():
        for feature in (ALWAYS, *scaffold.offers, *own_names(scaffold)):
            place = shown_place(scaffold, lesson_path(scaffold, feature))
            problems += (
                f"{place}: {problem}" for problem in _lint_lesson(course, scaffold, feature)
            )
        for path in sorted((scaffold.folder / "lessons").glob("*")):
            known = path.stem in (ALWAYS, *scaffold.offers)
            if not known or path.suffix not in (".md", ".toml"):
                name = f"scaffolds/{scaffold.framework}/lessons/{path.name}"
                problems.append(f"{name}: it belongs to no feature that the scaffold offers.")
    return problems


def _lint_lesson(course: Course, scaffold: Scaffold, feature: str) -> Iterator[str]:
    if not lesson_path(scaffold, feature).is_file():
        yield "the lesson is missing."
        return
    try:
        passages = read_passages(scaffold, feature)
    except SandboxError as error:
        yield str(error).partition(": ")[2] or str(error)
        return
    yield from _lint_passages(
        passages, SECTIONS_WITH_STEPS if steps_path(scaffold, feature).is_file() else SECTIONS
    )
    yield from _lint_snippets(course, scaffold, feature, passages)
    yield from _lint_text(lesson_path(scaffold, feature).read_text(encoding="utf-8"))


def _lint_passages(passages: tuple[Passage, ...], sections: tuple[str, ...]) -> Iterator[str]:
    titles = [passage.title for passage in passages]
    for title in sections:
        if title not in titles[1:]:
            yield f"there is no section “{title}”."
    for passage in passages:
        if not passage.parts:
            yield f"nothing stands under “{passage.title}”."
    for title in sorted({title for title in titles if titles.count(title) > 1}):
        yield f"two headings say “{title}”."


def _lint_snippets(
    course: Course, scaffold: Scaffold, feature: str, passages: tuple[Passage, ...]
) -> Iterator[str]:
    names = steps(course, scaffold.framework)
    try:
        taught = [feature_of(scaffold, each) for each in names[: names.index(feature) + 1]]
        after = create_request(scaffold, course.knowledge.features, features=taught)
    except SandboxError as error:
        yield str(error)
        return
    references = [part for each in passages for part in each.parts if isinstance(part, Reference)]
    if not any(reference.framework in (None, scaffold.framework) for reference in references):
        yield "it shows no code of its own project."
    for reference in references:
        try:
            excerpt_of(course, reference, scaffold.framework, after)
        except SandboxError as error:
            yield error.message


def _lint_text(text: str) -> Iterator[str]:
    tokens = list(_flat(MarkdownIt("commonmark").enable("table").parse(text)))
    for token in tokens:
        kind = token.info.strip() or "no name"
        if token.type == "fence" and kind not in (SNIPPET, *TYPED):
            yield f"a block of {kind} is typed by hand; show code with a {SNIPPET} block."
        if token.type == "code_block":
            yield f"an indented block is typed by hand; show code with a {SNIPPET} block."
        if token.type in ("html_block", "html_inline"):
            yield f"{token.content.strip()!r} is HTML, which would be shown as it stands."
        address = str(token.attrs.get("href", ""))
        if token.type == "link_open" and not address.startswith(_LINKS):
            yield f"the link to {address} must begin with https://."


def _flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or [])
