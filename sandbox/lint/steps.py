"""Hold the steps of lessons to their form: places exist, names are known, and all is short."""

from collections.abc import Iterator, Mapping, Sequence

from sandbox.contract import CHECKS
from sandbox.errors import SandboxError
from sandbox.generate import FileTree, Scaffold, create_request, render
from sandbox.generate.planted import Edit
from sandbox.knowledge import ALWAYS
from sandbox.learn.lesson import Course, read_passages, steps
from sandbox.learn.passages import Passage, Prose, Reference, commands_in, sentences_in
from sandbox.learn.step import (
    Step,
    feature_of,
    own_names,
    shown_place,
    steps_of,
    steps_path,
)
from sandbox.learn.stubs import Cut, cuts_of, emptied, is_there
from sandbox.lint.planted import edits_by_name

MOST_LINES = 40
MOST_FILES = 3
MOST_WORDS = 25
# What a learner may type in every project, beside the scaffold's own commands.
_ALWAYS_TYPED = ("uv sync", "uv add ", "curl ", "sandbox ", "cd ")


def lint_steps(course: Course) -> list[str]:
    """Return what is wrong with the steps of lessons; raises `DataError` for an unreadable file."""
    problems: list[str] = []
    for scaffold in course.scaffolds.values():
        edits = edits_by_name(course.knowledge, scaffold)
        for feature in (ALWAYS, *scaffold.offers, *own_names(scaffold)):
            found = tuple(steps_of(scaffold, feature).values())
            place = shown_place(scaffold, steps_path(scaffold, feature))
            for step in found:
                problems += (f"{place}: {step.id}: {each}" for each in _lint_words(step))
            for features in _states(course, scaffold, feature) if found else ():
                try:
                    told = list(_lint_lesson(course, scaffold, found, features, edits))
                except SandboxError as error:
                    told = [error.message]
                problems += (f"{place}: {each}" for each in told)
    return list(dict.fromkeys(problems))


def _states(course: Course, scaffold: Scaffold, feature: str) -> Iterator[tuple[str, ...]]:
    """Yield the features of a project with a lesson: after all before it, and with it alone."""
    ladder = steps(course, scaffold.framework)
    if feature in ladder:
        names = ladder[: ladder.index(feature) + 1]
        yield tuple(dict.fromkeys(feature_of(scaffold, each) for each in names))
    yield (feature_of(scaffold, feature),)


def _lint_lesson(
    course: Course,
    scaffold: Scaffold,
    found: Sequence[Step],
    features: tuple[str, ...],
    edits: Mapping[str, Sequence[Edit]],
) -> Iterator[str]:
    request = create_request(scaffold, course.knowledge.features, features=features)
    whole = render(scaffold, request)
    cuts = cuts_of(whole, found)
    passages = read_passages(scaffold, found[0].feature)
    yield from _lint_headings(found, passages)
    for number, step in enumerate(found):
        done = emptied(whole, [cut for cut in cuts if _is_later(cut, found[number + 1 :])])
        yield from (
            f"{step.id}: {problem}"
            for rule in (
                _lint_size(step, cuts),
                _lint_optional(step, whole, features),
                _lint_names(step, request.features, edits),
                _lint_edits(step, done, edits),
                _lint_makes(step, whole),
                _lint_section(step, passages, scaffold, cuts),
            )
            for problem in rule
        )


def _is_later(cut: Cut, later: Sequence[Step]) -> bool:
    return cut.step in {each.key for each in later}


def _lint_headings(found: Sequence[Step], passages: Sequence[Passage]) -> Iterator[str]:
    titles = [step.title for step in found]
    headings = [each.title for each in passages[1:]]
    for title in titles:
        if title not in headings:
            yield f"the lesson's text has no section “{title}”."
    shown = [each for each in headings if each in titles]
    if shown != [each for each in titles if each in headings]:
        yield "the lesson's text has the sections of the steps in another order."


def _lint_size(step: Step, cuts: Sequence[Cut]) -> Iterator[str]:
    own = [cut for cut in cuts if cut.step == step.key]
    lines, files = sum(cut.lines for cut in own), {cut.path for cut in own}
    if lines > MOST_LINES:
        yield f"{lines} lines are to be typed; at most {MOST_LINES} fit into a step."
    if len(files) > MOST_FILES:
        yield f"it is written in {len(files)} files; at most {MOST_FILES} fit into a step."


def _lint_optional(step: Step, whole: FileTree, features: tuple[str, ...]) -> Iterator[str]:
    """Hold optional places to: a project of the ladder has them, and every project has some."""
    if len(features) > 1:
        for write in step.write:
            if write.optional and not is_there(whole, write):
                yield f"no project of the ladder has the optional place {write.at}."
    elif step.write and all(each.optional and not is_there(whole, each) for each in step.write):
        yield "a project with this lesson alone has none of its places."


def _lint_names(
    step: Step, features: Sequence[str], edits: Mapping[str, Sequence[Edit]]
) -> Iterator[str]:
    known = {each.id: each for each in CHECKS}
    for name in step.checks:
        if name not in known:
            yield f"there is no check {name}."
        elif not known[name].about <= set(features):
            yield f"the check {name} is of a later lesson."
        elif not known[name].applies(frozenset(features)):
            yield f"the check {name} is not made in a project with this lesson."
    for name in step.mistakes:
        if name not in edits:
            yield f"there is no mistake or fault called {name}."
    own = {*step.checks, *(f"run {number}" for number in range(1, len(step.runs) + 1))}
    for slip in step.slips:
        if slip.check not in own:
            yield f"the slip {slip.id} fails {slip.check}, which is no check of this step."


def _lint_edits(step: Step, done: FileTree, edits: Mapping[str, Sequence[Edit]]) -> Iterator[str]:
    wanted = {name: edits[name] for name in step.mistakes if name in edits}
    wanted |= {slip.id: slip.edits for slip in step.slips}
    for name, each in wanted.items():
        for edit in each:
            count = done.get(edit.at, "").count(edit.find) if edit.find else 1
            if count != 1:
                yield f"the mistake {name} finds its place {count} times in {edit.at}."


def _lint_makes(step: Step, whole: FileTree) -> Iterator[str]:
    for path in step.makes:
        if path not in whole:
            yield f"it makes {path}, which the project does not have."
    for edit in step.edits:
        if edit.at not in step.makes:
            yield f"it edits {edit.at}, which is none of the files that it makes."
    if step.makes and not step.types:
        yield "it makes files, and no command is typed for that."


def _lint_words(step: Step) -> Iterator[str]:
    texts = [step.title, step.goal, *step.hints, *(each.todo for each in step.write)]
    texts += [each.sentence for each in step.runs] + [each.tells for each in step.slips]
    if step.predict:
        texts += [step.predict.question, step.predict.answer]
    for each in step.recall:
        texts += [each.question, *each.answers, each.why]
    for text in texts:
        yield from _too_long(text)
    if not step.hints:
        yield "it has no hint."


def _too_long(text: str) -> Iterator[str]:
    for sentence in sentences_in(text):
        count = len(sentence.split())
        if count > MOST_WORDS:
            yield f"a sentence has {count} words, and at most {MOST_WORDS}: “{sentence[:50]}…”."


def _lint_section(
    step: Step, passages: Sequence[Passage], scaffold: Scaffold, cuts: Sequence[Cut]
) -> Iterator[str]:
    """Hold a step's text to: no solution in it, short sentences, and commands that exist."""
    section = next((each for each in passages if each.title == step.title), None)
    if section is None:
        return
    later = {cut.anchor for cut in cuts}
    prose = "\n\n".join(part.text for part in section.parts if isinstance(part, Prose))
    shown = [part for part in section.parts if isinstance(part, Reference)]
    for part in shown:
        if part.framework in (None, scaffold.framework) and part.anchor in later:
            yield f"its text shows {part.anchor}, which the learner is to write."
    yield from _too_long(prose)
    typed = commands_in(prose)
    own = [line for lines in scaffold.notes.commands.values() for line in lines]
    own += [*step.types, *(each.command.strip() for each in step.runs)]
    for line in typed:
        if line not in own and not line.startswith(_ALWAYS_TYPED):
            yield f"its text types “{line}”, which is no command of the scaffold or the step."
    for line in step.types:
        if line not in typed:
            yield f"its text does not tell to type “{line}”."
