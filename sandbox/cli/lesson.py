"""`sandbox lesson`: the tutorial in the terminal, and the check of the learner's own work."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.choices import (
    complete_framework,
    json_option,
    lessons_option,
    open_here,
    own_command,
    staff_option,
)
from sandbox.cli.exit_codes import FOUND_SOMETHING
from sandbox.cli.interrupt import called_off_by_signals
from sandbox.cli.lesson_meant import step_arguments, step_meant
from sandbox.cli.lesson_predict import predict_step
from sandbox.cli.lesson_steps import (
    begin_step,
    hint_step,
    reset_step,
    solve_step,
    status,
    watch_step,
)
from sandbox.cli.lesson_swap import swap_step, tell_balance
from sandbox.cli.lesson_tell import report_as_json, tell_seen, tell_step_report
from sandbox.cli.results import OF_LESSON, tell_report, tell_result
from sandbox.compare import FileDiff
from sandbox.contract import ContractReport, Means
from sandbox.errors import LessonError, UsageError
from sandbox.learn import (
    Lesson,
    NotRunningError,
    Prose,
    Snippet,
    read_at_hand,
    read_progress,
    step_of,
    steps,
    steps_of,
)
from sandbox.learn.steptext import step_text
from sandbox.learn.swap import swapped_from
from sandbox.program import as_line, as_text
from sandbox.workshop import Workshop
from sandbox.workspace import Project, read_project


class _LessonGroup(click.Group):
    """Take a framework's name where a subcommand would stand: `lesson flask` shows lessons."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Read `check` as the subcommand, everything else as what to show."""
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return "lesson", show_lesson, args

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the frameworks beside `check`."""
        param = show_lesson.params[0]
        return super().shell_complete(ctx, incomplete) + complete_framework(ctx, param, incomplete)


@click.group(
    "lesson",
    cls=_LessonGroup,
    no_args_is_help=True,
    subcommand_metavar="FRAMEWORK [FEATURE] | COMMAND [FOLDER] [STEP]",
)
@lessons_option
def command() -> None:
    """Learn a framework step by step: `sandbox lesson flask`, then `sandbox lesson flask hello`.

    `begin` puts a step into your project, you write what is left in your own editor, and `check`
    looks at your running app.
    """


@click.command("lesson")
@click.argument("framework", shell_complete=complete_framework)
@click.argument("feature", required=False)
@click.option("--diff", "with_diff", is_flag=True, help="Show every line that the step changes.")
@json_option
@click.pass_context
def show_lesson(
    ctx: click.Context, framework: str, feature: str | None, *, with_diff: bool, json_wanted: bool
) -> None:
    """Show a framework's lessons, one of them, or the text of one step: FEATURE/STEP."""
    workshop = open_here(ctx)
    if feature is None:
        found = workshop.ladder(framework)
        show.as_json(wire.ladder(found)) if json_wanted else _tell_ladder(found)
        return
    if "/" in feature:
        _tell_step(workshop, framework, feature, json_wanted=json_wanted)
        return
    lesson = workshop.lesson(framework, feature)
    if json_wanted:
        show.as_json(wire.lesson(lesson))
    else:
        _tell_lesson(workshop, lesson, with_diff=with_diff)


@command.command("check")
@step_arguments
@click.option(
    "--url",
    help="Where your app runs; without it a step is checked on a copy that is started for it.",
)
@staff_option
@json_option
@click.pass_context
def check(
    ctx: click.Context,
    /,
    *,
    folder: Path,
    step: str | None,
    url: str | None,
    staff: tuple[str, str] | None,
    json_wanted: bool,
) -> int:
    """Check a step on your running app and note in FOLDER what is done.

    STEP is FEATURE/STEP; a FEATURE alone checks the whole lesson. Without it: the step at hand, or
    the first one that is not done yet.
    """
    workshop = open_here(ctx)
    project = read_project(folder.resolve())
    ladder = steps(workshop.course, project.framework)
    name = step or _at_hand(workshop, project)
    if name is None:
        raise LessonError("Every step of this project is done.", "Name one to check it again.")
    asked = _Asked(name, folder, url, Means(staff=staff), json_wanted)
    if "/" in name:
        return _check_step(workshop, project, asked)
    return _check_lesson(workshop, project, asked, ladder)


@dataclass(frozen=True)
class _Asked:
    """What shall be checked, where and with what, and how to tell it."""

    name: str
    folder: Path
    url: str | None
    means: Means
    json_wanted: bool


def _at_hand(workshop: Workshop, project: Project) -> str | None:
    """Return the step at hand, or the first lesson that is not done and has no steps."""
    ladder = steps(workshop.course, project.framework)
    feature = read_progress(project.folder).next_step(ladder)
    begun = read_at_hand(project.folder)
    if begun is None and not (feature and steps_of(workshop.scaffold(project.framework), feature)):
        return feature
    return step_meant(workshop, project, None).key


def _check_step(workshop: Workshop, project: Project, asked: _Asked) -> int:
    with called_off_by_signals() as clock:
        try:
            report = workshop.check_key(
                project,
                asked.name,
                asked.url,
                means=asked.means,
                clock=clock,
                on_seen=None if asked.json_wanted else tell_seen,
            )
        except NotRunningError as error:
            place = shlex.quote(str(asked.folder))
            raise NotRunningError(
                error.message,
                f"Nothing was noted. Start it with `sandbox run {place}`, or leave --url out and a "
                "copy is started for the check.",
            ) from None
    if asked.json_wanted:
        show.as_json(report_as_json(report))
    else:
        tell_step_report(workshop, project, asked.folder, report)
        if report.done and swapped_from(workshop.course, project, report.step.key):
            tell_balance(workshop, report.step.project_feature)
    return 0 if report.done else FOUND_SOMETHING


def _check_lesson(
    workshop: Workshop, project: Project, asked: _Asked, ladder: Sequence[str]
) -> int:
    if asked.url is None:
        raise UsageError("This lesson is checked on your running app.", "Give its --url.")
    with called_off_by_signals() as clock:
        report = workshop.check_step(
            project,
            asked.name,
            asked.url,
            means=asked.means,
            clock=clock,
            on_result=None if asked.json_wanted else partial(tell_result, options=OF_LESSON),
        )
    following = read_progress(project.folder).next_step(ladder)
    if asked.json_wanted:
        done = list(read_progress(project.folder).done)
        told = {"step": asked.name, "done": done, "next": following}
        show.as_json({**told, **wire.contract(report)})
    else:
        tell_report(report, OF_LESSON)
        _tell_progress(project, asked.name, following, report)
    return 0 if report.ok else FOUND_SOMETHING


_ON_STEPS = (begin_step, predict_step, watch_step, hint_step, solve_step, reset_step, swap_step)
for _each in (*_ON_STEPS, status):
    command.add_command(_each)


def _tell_ladder(found: tuple[Lesson, ...]) -> None:
    show.table(
        ("step", "lesson", "title", "changes"),
        [
            (
                each.number,
                each.feature,
                each.title,
                f"{len(each.changes.changes)} files, +{each.changes.added} -{each.changes.removed}",
            )
            for each in found
        ],
    )
    if found:
        framework = found[0].framework
        show.heading("Begin")
        show.commands(
            [
                own_command(f"new {framework}"),
                own_command(f"lesson {framework} {found[0].feature}", here=False),
            ]
        )


def _tell_lesson(workshop: Workshop, lesson: Lesson, *, with_diff: bool) -> None:
    name = workshop.knowledge.frameworks[lesson.framework].name
    show.heading(f"{name}, step {lesson.number}: {lesson.title}")
    _tell_parts(lesson.intro)
    for section in lesson.sections:
        show.heading(section.title)
        _tell_parts(section.parts)
    show.heading("What changes in the project")
    for file in lesson.changes.changes:
        show.line(f"{file.status:8} {file.path}  +{file.added} -{file.removed}", indent=2)
        if with_diff:
            _tell_diff(file)
    show.heading("What the check looks at")
    show.bullets(lesson.checks)
    show.line()
    show.commands(_checking(workshop, lesson))


def _tell_step(workshop: Workshop, framework: str, key: str, *, json_wanted: bool) -> None:
    """Print what to know before the work on a step; what comes after its check is in the lesson."""
    step = step_of(workshop.scaffold(framework), key)
    lesson = workshop.lesson(framework, step.feature)
    parts = step_text(lesson, step).before
    if json_wanted:
        show.as_json(
            {"step": key, "title": step.title, "goal": step.goal, "text": wire.plain(parts)}
        )
        return
    show.heading(f"{step.title} ({key})")
    show.line(step.goal)
    _tell_parts(parts)


def _checking(workshop: Workshop, lesson: Lesson) -> list[str]:
    """Return what checks the step in the learner's own project, after making one if need be."""
    own = [each for each in workshop.projects() if each.framework == lesson.framework]
    name = own[0].folder.name if own else lesson.after.slug
    folder = as_text(workshop.workspace.folder / name)
    address = workshop.scaffold(lesson.framework).notes.address
    words = as_line("lesson", "check", folder, lesson.feature, "--url", address)
    check = own_command(words)
    return [check] if own else [own_command(f"new {lesson.framework}"), check]


def _tell_parts(parts: tuple[Prose | Snippet, ...]) -> None:
    for part in parts:
        show.line()
        if isinstance(part, Prose):
            show.markdown(part.text)
        else:
            excerpt = part.excerpt
            show.line(f"{excerpt.path} ({part.framework})")
            show.source(excerpt.text, excerpt.path, first_line=excerpt.first_line)


def _tell_diff(file: FileDiff) -> None:
    for hunk in file.hunks:
        show.line(hunk.header, indent=4)
        for line in hunk.lines:
            show.changed_line(line.sign, line.text)


def _tell_progress(
    project: Project, step: str, following: str | None, report: ContractReport
) -> None:
    if not report.ok:
        show.line(f"Step “{step}” is not done yet; the lesson: ")
        show.commands([own_command(f"lesson {project.framework} {step}", here=False)])
    elif following is None:
        show.line(f"Step “{step}” is done, and with it the whole ladder.")
    else:
        show.line(f"Step “{step}” is done. The next one:")
        show.commands([own_command(f"lesson {project.framework} {following}", here=False)])
