"""How a run of the contract reads, while it runs and at its end."""

from sandbox.cli import show
from sandbox.contract import ContractReport, Outcome, Result

_MARKS: dict[Outcome, tuple[str, str]] = {
    "passed": ("✓", "green"),
    "failed": ("✗", "red"),
    "skipped": ("–", "yellow"),
}


def tell_result(result: Result) -> None:
    """Print one check as soon as it is done, with what is wrong if it failed."""
    mark, colour = _MARKS[result.outcome]
    show.line(f"{mark} {result.check.sentence}", colour=colour)
    if result.message:
        show.line(result.message, indent=4)


def tell_report(report: ContractReport) -> None:
    """Print how many checks passed, failed and were skipped."""
    counts = [f"{len(report.of(outcome))} {outcome}" for outcome in _MARKS if report.of(outcome)]
    show.heading(", ".join(counts) or "There is nothing to check")
