"""`python -m tests.mutation`: plant every fault, and print which ones the contract catches."""

from __future__ import annotations

import argparse
import random
import secrets
import sys
from collections.abc import Sequence

from sandbox.contract.checks import CHECKS
from tests.mutation.faults import Fault, load_faults
from tests.mutation.trial import Trial, try_faults
from tests.support.variants import FRAMEWORKS

WANTED_SHARE = 0.95


def chosen(given: argparse.Namespace) -> list[Fault]:
    """Return the faults that were asked for; with `count` so many of each framework at random."""
    draw = random.Random(given.seed)
    faults: list[Fault] = []
    for framework in given.framework or FRAMEWORKS:
        fitting = [
            fault
            for fault in load_faults(framework)
            if (not given.of or fault.id in given.of)
            and (not given.feature or fault.about.features[0] in given.feature)
        ]
        few = given.count is not None and given.count < len(fitting)
        faults += draw.sample(fitting, given.count) if few else fitting
    return faults


def line_of(trial: Trial) -> str:
    """Say in one line how a fault fared and which check noticed it first."""
    fault = trial.fault
    start = f"{trial.outcome:<12} {fault.framework:<8} {fault.id:<34}"
    told = (
        f"{trial.check}, not {fault.about.check}"
        if trial.check != fault.about.check
        else trial.check
    )
    return f"{start} {told if trial.check else trial.message}"


def table_of(trials: Sequence[Trial]) -> str:
    """Return a Markdown table of the outcomes, one row per framework."""
    rows = ["| framework | faults | caught | survived | share |", "|---|---|---|---|---|"]
    for framework in dict.fromkeys(trial.fault.framework for trial in trials):
        own = [trial for trial in trials if trial.fault.framework == framework]
        caught = sum(trial.outcome == "caught" for trial in own)
        survived = sum(trial.outcome == "survived" for trial in own)
        share = f"{100 * caught / len(own):.0f} %"
        rows.append(f"| {framework} | {len(own)} | {caught} | {survived} | {share} |")
    return "\n".join(rows)


def unbroken(trials: Sequence[Trial]) -> str:
    """Return the checks that stayed green with every fault, as lines."""
    red = {check for trial in trials for check in trial.red}
    left = [check for check in CHECKS if check.id not in red]
    lines = [f"  {check.id}: {check.sentence}" for check in left]
    return "\n".join([f"{len(red)} of {len(CHECKS)} checks were broken; not broken:", *lines])


def main() -> int:
    """Run the trials; exit 1 when too few are caught. Of a small sample one may be missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--framework", choices=FRAMEWORKS, action="append")
    parser.add_argument("--count", type=int, help="so many faults per framework, at random")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    parser.add_argument("--of", nargs="+", metavar="ID", help="only the faults with these ids")
    parser.add_argument("--feature", nargs="+", help="only the faults of these features")
    parser.add_argument(
        "--whole", action="store_true", help="make all checks, and list those that no fault broke"
    )
    parser.add_argument("--verbose", action="store_true", help="print what the check said")
    given = parser.parse_args()
    faults = chosen(given)
    print(f"{len(faults)} faults, seed {given.seed}", flush=True)
    trials: list[Trial] = []
    for trial in try_faults(faults, whole=given.whole):
        trials.append(trial)
        print(line_of(trial), flush=True)
        if given.verbose and trial.check:
            print(f"    {trial.message}", flush=True)
    print(f"\n{table_of(trials)}")
    if given.whole:
        print(unbroken(trials))
    missed = [trial for trial in trials if trial.outcome != "caught"]
    for trial in missed:
        print(f"\n{line_of(trial)}\n  {trial.fault.about.sentence}\n  {trial.fault.about.tells}")
    return 0 if len(missed) <= max(1, int((1 - WANTED_SHARE) * len(trials))) else 1


if __name__ == "__main__":
    sys.exit(main())
