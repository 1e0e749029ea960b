"""How the steps of a lesson read in the terminal, and what scripts get instead."""

import shlex
from pathlib import Path

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.choices import own_command
from sandbox.cli.lesson_meant import coming
from sandbox.contract import MeansName
from sandbox.learn import Cut, Diagnosis, Rewritten, Seen, Step, StepReport, read_at_hand
from sandbox.workshop import Workshop
from sandbox.workspace import Project, read_tree

_NEEDED: dict[MeansName, str] = {
    "restart": "restart",
    "production": "production",
    "staff": "staff",
    "name": "name",
}


def tell_seen(seen: Seen) -> None:
    """Print one thing that a step's check looked at, as soon as it is known."""
    if seen.outcome == "passed" and seen.own:
        show.line(f"✓ {seen.sentence}", colour="green")


def tell_step_report(
    workshop: Workshop, project: Project, folder: Path, report: StepReport
) -> None:
    """Print how a step stands: what to mend first, or what comes next.

    `folder` is the project's as it was typed.
    """
    place = shlex.quote(str(folder))
    step = report.step
    if report.lost:
        show.line("This was green before, and is red again:")
        show.bullets([each.sentence for each in report.seen if each.name in report.lost])
    if report.done:
        badge = " It is hardened, too." if report.hardened else ""
        show.line(f"Step “{step.key}” is done.{badge}", colour="green")
        following = coming(workshop, project)
        if following is not None:
            show.line("The next one:")
            show.commands([own_command(f"lesson begin {place} {following.key}")])
    elif report.missing:
        names = sorted({_NEEDED[each.means] for each in report.missing if each.means})
        show.line(f"Step “{step.key}” is done except: {', '.join(names) or 'what was skipped'}.")
        show.bullets([f"{each.sentence} {each.message}" for each in report.missing])
    elif report.first is not None:
        if report.diagnosis is not None:
            _tell_diagnosis(report.diagnosis)
        show.line(f"✗ {report.first.sentence}", colour="red")
        show.line(report.first.message, indent=4)
        show.line(f"Step “{step.key}” is not done yet. A hint:")
        show.commands([own_command(f"lesson hint {place} {step.key}")])


def _tell_diagnosis(found: Diagnosis) -> None:
    show.heading(found.says)
    if found.do:
        show.line(found.do)
    if found.place:
        path, line = found.place
        show.line(f"Look at {path}, line {line}.")


def report_as_json(report: StepReport) -> dict[str, object]:
    """Return a step's check for scripts."""
    return {
        "step": report.step.key,
        "done": report.done,
        "hardened": report.hardened,
        "missing": [each.name for each in report.missing],
        "lost": list(report.lost),
        "diagnosis": wire.plain(report.diagnosis),
        "first": wire.plain(report.first),
        "checks": wire.plain(report.seen),
    }


def tell_task(project: Project, folder: Path, step: Step) -> None:
    """Print what a step asks for; `folder` is the project's as it was typed."""
    show.heading(step.title)
    show.line(step.goal)
    if step.predict:
        show.line(f"First, a guess: {step.predict.question}")
    hand = read_at_hand(project.folder)
    if hand and (places := hand.of(step.key)):
        show.line("Write here; each place has a TODO:")
        show.bullets([_place(project.folder, each) for each in places])
    typed = ", and what you type" if step.types else ""
    show.line(f"What you need to know for it{typed}:")
    show.commands([own_command(f"lesson {project.framework} {step.key}")])
    show.line("Then check it:")
    show.commands([own_command(f"lesson check {shlex.quote(str(folder))} {step.key}")])


def _place(project: Path, cut: Cut) -> str:
    """Return where a learner finds a place: a function by its name, anything else by its line."""
    _, _, name = cut.anchor.partition("::")
    if name.replace(".", "").isidentifier():
        return cut.anchor
    text = read_tree(project).get(cut.path, "")
    before, found, _ = f"\n{text}\n".partition(f"\n{cut.stub}\n")
    todo = next((line.strip() for line in cut.stub.splitlines() if "TODO" in line), "")
    where = f", line {before.count(chr(10)) + 1}" if found else ""
    return f"{cut.path}{where}: {todo}"


def tell_rewritten(done: Rewritten) -> None:
    """Print which files were written, or the patch where nothing could be."""
    if done.conflicts:
        show.line("Nothing was written: you have changed lines that this must change.")
        for each in done.conflicts:
            show.heading(each.path)
            for line in each.patch.splitlines():
                show.changed_line(line[:1], line[1:])
        show.line("Change them by hand as shown, then type the same command again.")
        return
    if done.paths:
        show.line(f"Written: {', '.join(done.paths)}.")
    else:
        show.line("Nothing had to be written.")
    if done.replaced:
        show.line(f"Asked anew, so your lines there made room: {', '.join(done.replaced)}.")
    if done.snapshot:
        show.line(f"What was there before is kept in {done.snapshot.as_posix()}.")


def rewritten_as_json(done: Rewritten) -> dict[str, object]:
    """Return what was written for scripts."""
    return {
        "paths": list(done.paths),
        "conflicts": wire.plain(done.conflicts),
        "replaced": list(done.replaced),
        "snapshot": done.snapshot.as_posix() if done.snapshot else None,
    }
