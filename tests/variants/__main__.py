"""Prove the variants from the command line and print what was proved.

python -m tests.variants                    every variant: rendered and checked as files
python -m tests.variants --boot             and a pairwise set started: own tests, contract
python -m tests.variants --boot all flask   and every variant of Flask started
python -m tests.variants --boot random --count 90 --seed 7    90 drawn beyond the pairwise set
                                            with --short only started, with a few checks
python -m tests.variants --lines            only count the code of the projects with every feature
"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from itertools import groupby

from tests.support.environments import python_for
from tests.support.variants import FRAMEWORKS, feature_sets, pairwise_sets
from tests.variants.boot import Proof, prove
from tests.variants.lines import lines_of_code
from tests.variants.matrix import Variant, full
from tests.variants.sound import unsound


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line a framework, one a started variant, and the totals; 1 if anything failed."""
    wanted = _parse(arguments)
    frameworks = wanted.framework or list(FRAMEWORKS)
    if wanted.lines:
        _print_lines(frameworks)
        return 0
    ok = _files(frameworks, wanted.workers)
    if wanted.boot:
        chosen = _chosen(frameworks, wanted.boot)
        if wanted.boot == "random":
            print(f"\n{wanted.count} variants drawn with seed {wanted.seed}")
            chosen = _drawn(chosen, wanted.count, wanted.seed)
        ok = _running(list(chosen), wanted.workers, short=wanted.short) and ok
    return 0 if ok else 1


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.variants")
    parser.add_argument("framework", nargs="*", choices=[*FRAMEWORKS, []], help="default: all")
    parser.add_argument(
        "--boot",
        nargs="?",
        const="pairwise",
        choices=["pairwise", "random", "all"],
        help="also start a pairwise set, some drawn from the others, or all",
    )
    parser.add_argument("--count", type=int, default=90, help="so many at random")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    parser.add_argument("--short", action="store_true", help="no own tests, few checks")
    parser.add_argument("--lines", action="store_true", help="only count the lines of code")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    return parser.parse_args(arguments)


def _files(frameworks: Sequence[str], workers: int) -> bool:
    begun = time.perf_counter()
    found = 0
    with ProcessPoolExecutor(workers) as pool:
        for framework, defects in zip(frameworks, pool.map(unsound, frameworks), strict=True):
            count = len(feature_sets(framework))
            found += len(defects)
            print(f"{framework:<8} {count:>4} variants as files: {len(defects)} defects")
            for defect in defects:
                print(f"  {defect}")
    total = sum(len(feature_sets(framework)) for framework in frameworks)
    seconds = time.perf_counter() - begun
    print(f"{'all':<8} {total:>4} variants as files: {found} defects, {seconds:.0f} s", flush=True)
    return found == 0


def _chosen(frameworks: Iterable[str], extent: str) -> Iterator[Variant]:
    """Yield the variants to start: those of the pairwise set, all others, or every one."""
    for framework in frameworks:
        python_for(framework)
        pairwise = pairwise_sets(framework)
        for features in pairwise if extent == "pairwise" else feature_sets(framework):
            if extent != "random" or features not in pairwise:
                yield Variant(framework, features)


def _drawn(variants: Iterable[Variant], count: int, seed: int) -> list[Variant]:
    """Draw some variants; the same seed draws the same ones, whole frameworks together."""
    drawn = random.Random(seed).sample(list(variants), count)
    return sorted(drawn, key=lambda variant: variant.framework)


def _print_lines(frameworks: Iterable[str]) -> None:
    for framework in frameworks:
        counts = lines_of_code(full(framework))
        for path, count in counts.items():
            print(f"{count:>6}  {path}")
        print(f"{sum(counts.values()):>6}  {framework}, {len(counts)} files\n")


def _running(variants: Sequence[Variant], workers: int, *, short: bool) -> bool:
    begun = time.perf_counter()
    proofs: list[Proof] = []
    print(f"\n{'own tests':>10}  {'contract':>8}  {'checks':>6}  {'seed':>10}  variant")
    with ThreadPoolExecutor(workers) as pool:
        for proof in pool.map(partial(prove, short=short), variants):
            proofs.append(proof)
            mark = "" if proof.ok else "  FAILED"
            print(
                f"{proof.own_seconds:>8.1f} s  {proof.contract_seconds:>6.1f} s  "
                f"{proof.checks:>6}  {proof.seed:>10}  {proof.variant.name}{mark}",
                flush=True,
            )
            for failure in proof.failures:
                print("    " + failure.replace("\n", "\n    "))
    print()
    for framework, of_it in groupby(proofs, key=lambda proof: proof.variant.framework):
        _total(framework, list(of_it))
    _total("all", proofs)
    print(f"{time.perf_counter() - begun:.0f} s with {workers} workers")
    return all(proof.ok for proof in proofs)


def _total(title: str, proofs: Sequence[Proof]) -> None:
    good = sum(proof.ok for proof in proofs)
    checks = sum(proof.checks for proof in proofs)
    print(f"{title:<8} {good} of {len(proofs)} started variants hold, {checks} checks made")


if __name__ == "__main__":
    sys.exit(main())
