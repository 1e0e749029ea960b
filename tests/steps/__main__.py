"""Prove steps of the lessons, one line each.

python -m tests.steps                                   every step of every framework
python -m tests.steps --framework flask                 those of one
python -m tests.steps --framework flask --step database/read
python -m tests.steps --count 6 --seed 7                six of them, drawn by a seed
python -m tests.steps --which routes --framework flask --step database/read
                                                        what each check says before and after it
"""

import argparse
import random
import secrets
import sys
from collections.abc import Sequence

from tests.steps.proof import every_step, prove, turning_green


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how each step fares; 1 if any is not proved."""
    parser = argparse.ArgumentParser(prog="python -m tests.steps")
    parser.add_argument("--framework")
    parser.add_argument("--step", help="FEATURE/STEP, or FEATURE for all of a lesson")
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10_000))
    parser.add_argument("--which", nargs="*", metavar="FEATURE", help="also of these features")
    parser.add_argument("--tell", action="store_true", help="what is read first of each mistake")
    asked = parser.parse_args(arguments)
    wanted = [
        (framework, step)
        for framework, step in every_step(asked.framework)
        if asked.step in (None, step.key, step.feature)
    ]
    if asked.count is not None and asked.count < len(wanted):
        print(f"seed {asked.seed}")
        wanted = random.Random(asked.seed).sample(wanted, asked.count)
    if asked.which is not None:
        for framework, step in wanted:
            print(*turning_green(framework, step, asked.which), sep="\n")
        return 0
    bad = 0
    for framework, step in wanted:
        proof = prove(framework, step, tell=asked.tell)
        bad += not proof.ok
        mark = "ok " if proof.ok else "BAD"
        times = f"{proof.seconds:5.1f} s, check {proof.check_seconds:.1f} s"
        print(f"{mark} {framework:8} {step.key:28} {times}", flush=True)
        for failure in proof.failures:
            print(f"    {failure}", flush=True)
    print(f"{len(wanted)} steps, {bad} not proved")
    return 1 if bad or not wanted else 0


if __name__ == "__main__":
    sys.exit(main())
