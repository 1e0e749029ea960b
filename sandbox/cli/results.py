"""How a run of the contract reads, while it runs and at its end."""

from collections import Counter
from collections.abc import Mapping

from sandbox.cli import show
from sandbox.contract import ContractReport, MeansName, Outcome, Result

_MARKS: dict[Outcome, tuple[str, str]] = {
    "passed": ("✓", "green"),
    "failed": ("✗", "red"),
    "skipped": ("–", "yellow"),
}

Options = Mapping[MeansName, str]

# What makes a skipped check possible, as each command takes it.
OF_CHECK: Options = {
    "restart": "--start",
    "production": "--serve",
    "staff": "--staff",
    "name": "--name",
}
OF_LESSON: Options = {"staff": "--staff"}


def tell_result(result: Result, options: Options = OF_CHECK) -> None:
    """Print one check as soon as it is done; one that only follows from another is not told."""
    if result.follows is not None:
        return
    mark, colour = _MARKS[result.outcome]
    show.line(f"{mark} {result.check.sentence}", colour=colour)
    if result.means is not None:
        wish = "give" if result.means in options else "use"
        show.line(f"{result.message}: {wish} {_what_to_give(result.means, options)}", indent=4)
    elif result.message:
        show.line(result.message, indent=4)


def _what_to_give(means: MeansName, options: Options) -> str:
    return options.get(means) or f"`sandbox check … {OF_CHECK[means]}`"


def tell_report(report: ContractReport, options: Options = OF_CHECK) -> None:
    """Print where to begin, what else failed, how many passed, and what was left out."""
    for number, cause in enumerate(report.causes):
        if number < 2:
            show.heading(("Begin here", "Failed as well")[number])
        _tell_cause(report, cause)
    counts = [f"{len(report.of(outcome))} {outcome}" for outcome in _MARKS if report.of(outcome)]
    show.heading(", ".join(counts) or "There is nothing to check")
    missing: Counter[MeansName] = Counter(
        each.means for each in report.results if each.means is not None
    )
    if missing:
        wanted = ", ".join(
            f"{count} need{'s' if count == 1 else ''} {_what_to_give(means, options)}"
            for means, count in missing.items()
        )
        show.line(f"Left out for want of means: {wanted}.")
    if report.ok and not report.hardened:
        show.line("The app works. What failed is hostile input, races or timing: a further aim.")
    if report.early is not None:
        show.line(f"{report.early.message} {report.early.left_out} checks were left out.")
        if report.early.reason == "time" and options is OF_CHECK:
            show.line("Give the run more time with --limit MINUTES.")


def _tell_cause(report: ContractReport, cause: Result) -> None:
    mark, colour = _MARKS[cause.outcome]
    aim = "" if cause.check.tier == "works" else " (hardened)"
    show.line(f"{mark} {cause.check.sentence}{aim}", colour=colour)
    show.line(cause.message, indent=4)
    if more := len(report.following(cause)):
        checks = "1 more check fails or waits" if more == 1 else f"{more} more checks fail or wait"
        show.line(f"{checks} for this reason.", indent=4)
