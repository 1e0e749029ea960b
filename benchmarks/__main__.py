"""Measure what the project promises and print a table; ratios are taken in this one run."""

import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks import browser, lab, lab_page, load, projects, scale
from sandbox.generate import FileTree, render
from sandbox.recommend import Answers, recommend
from sandbox.workshop import Workshop, open_workshop
from sandbox.workspace import Workspace
from tests.support.serving import Answer, Served, serving

Row = tuple[str, str, str]
_WIDTH = 60


GROUPS: dict[str, Callable[[Workshop], Iterable[Row]]] = {
    "generating": lambda workshop: generating(workshop),
    "recommending": lambda workshop: recommending(workshop),
    "pages": lambda workshop: [*pages(workshop), *browser.measure()],
    "help": lambda _: [help_against_flask()],
    "projects": lambda _: projects.measure(),
    "lab": lambda _: lab.measure(),
    "lab-page": lambda _: lab_page.measure(),
    "load": lambda _: load.measure(),
    "scale": lambda _: scale.measure(),
}


def main() -> None:
    """Print one row a figure as it comes: what, measured, promised; arguments choose groups.

    Of the group `scale` one part can be chosen, as in `scale:names`.
    """
    # A learner's Python keeps what it has compiled: without that every command by hand is slow.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    workshop = open_workshop()
    for name in sys.argv[1:] or GROUPS:
        group, _, part = name.partition(":")
        rows = scale.measure(part) if part else GROUPS[group](workshop)
        for what, measured, promised in rows:
            print(f"{what:<{_WIDTH}}  {measured:>12}  {promised}", flush=True)


def median_time(action: Callable[[], object], runs: int = 30) -> float:
    """Return the median seconds of an action."""
    times: list[float] = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def generating(workshop: Workshop) -> list[Row]:
    """Time rendering and writing against writing the same bytes, and against cookiecutter."""
    scaffold = workshop.scaffolds["django"]
    request = workshop.request("django", features=scaffold.offers)
    files = render(scaffold, request)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        numbers = iter(range(1_000_000))
        plain = median_time(lambda: write_plainly(files, folder / f"plain{next(numbers)}"))
        flushed = median_time(
            lambda: write_plainly(files, folder / f"flushed{next(numbers)}", flush=True)
        )
        warm = median_time(lambda: render(scaffold, request))
        workspace = Workspace(folder)

        def whole() -> None:
            workspace.write(render(scaffold, request), f"project{next(numbers)}")

        written = median_time(whole)
        cookiecutter = median_time(
            lambda: run_cookiecutter(scaffold.folder, folder / f"cut{next(numbers)}"), runs=5
        )
        render.cache_clear()
        cold = median_time(lambda: (render.cache_clear(), render(scaffold, request)))
    wrong = wrong_bytes(workshop)
    return [
        ("render warm / writing its bytes", f"{warm / plain:.3f}", "<= 0.5"),
        ("render uncached / writing its bytes", f"{cold / plain:.2f}", ""),
        ("render + write / writing the same bytes, flushed", f"{written / flushed:.2f}", "<= 2"),
        (
            "render + write / writing the same bytes, not flushed",
            f"{written / plain:.2f}",
            "<= 1.5",
        ),
        ("cookiecutter command / render + write", f"{cookiecutter / written:.0f}", ">= 100"),
        ("cookiecutter command / render uncached", f"{cookiecutter / cold:.0f}", ""),
        ("wrong projects of 1,000 by 50 threads", str(wrong), "0"),
    ]


def write_plainly(files: FileTree, folder: Path, *, flush: bool = False) -> None:
    """Write every file of a tree, one after another."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            file.write(text.encode())
            if flush:
                file.flush()
                os.fsync(file.fileno())


def run_cookiecutter(scaffold: Path, folder: Path) -> None:
    """Generate a project with the plain command."""
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-m", "cookiecutter", str(scaffold), "--no-input", "-o", str(folder)],
        check=True,
        capture_output=True,
        env={**os.environ, "HOME": str(folder)},
    )


def wrong_bytes(workshop: Workshop) -> int:
    """Render 1,000 different projects in 50 threads and count those that differ when alone."""
    names = [(framework, f"Club {n}") for n in range(334) for framework in workshop.scaffolds][
        :1000
    ]

    def one(item: tuple[str, str]) -> FileTree:
        offers = workshop.scaffolds[item[0]].offers
        return workshop.tree(workshop.request(item[0], features=offers, name=item[1]))

    render.cache_clear()
    with ThreadPoolExecutor(50) as pool:
        together = list(pool.map(one, names))
    render.cache_clear()
    return sum(tree != one(item) for tree, item in zip(together, names, strict=True))


def recommending(workshop: Workshop) -> list[Row]:
    """Time recommendations for random answers and give the slowest."""
    chance = random.Random(1)
    knowledge = workshop.knowledge
    slowest = 0.0
    for _ in range(200):
        pairs = {
            question.id: [chance.choice(list(question.options))]
            for question in knowledge.questions.values()
            if chance.random() < 0.7
        }
        answers = Answers.parse(knowledge, pairs)
        start = time.perf_counter()
        recommend(knowledge, answers)
        slowest = max(slowest, time.perf_counter() - start)
    return [("slowest of 200 recommendations, ms", f"{slowest * 1000:.1f}", "<= 100")]


def pages(workshop: Workshop) -> list[Row]:
    """Time pages of a started server: the first answer, later ones, and the bytes it sends."""
    everything = ",".join(workshop.offered)
    paths = {
        "Builder": ("/build", "<= 300 first, right after the start"),
        "Advisor": ("/choose?product=ml_service&builtins=admin", "<= 20 later"),
        "Compare": ("/compare", "<= 300 first, 30 later"),
        "Compare with every feature": (f"/compare?features={everything}", ""),
        "Builder with every feature": (f"/build?features={everything}", ""),
        "Learn": ("/learn", ""),
        "Claims": ("/claims", ""),
    }
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as served:
        for name, (path, promise) in paths.items():

            def ask(path: str = path) -> Answer:
                return served.ask(path, Accept="text/html", Accept_Encoding="gzip")

            start = time.perf_counter()
            answer = ask()
            first = (time.perf_counter() - start) * 1000
            later = 1000 * median_time(ask, runs=10)
            rows.append((f"{name} page, ms first / later", f"{first:.0f} / {later:.1f}", promise))
            size = len(answer.body) / 1000
            rows.append((f"{name} page, kB as sent", f"{size:.1f}", "<= 100"))
        rows.append(("static files of a page, kB as sent, once", _static_size(served), ""))
    return rows


def _static_size(served: Served) -> str:
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', served.ask("/claims").text)
    sizes = [len(served.ask(each, Accept_Encoding="gzip").body) for each in addresses]
    return f"{sum(sizes) / 1000:.1f}"


def help_against_flask() -> Row:
    """Compare `sandbox --help` with `flask --version`."""
    sandbox, flask = (
        shutil.which(name, path=str(Path(sys.executable).parent)) for name in ("sandbox", "flask")
    )
    ours = median_time(
        lambda: subprocess.run([str(sandbox), "--help"], capture_output=True, check=True), 15
    )
    theirs = median_time(
        lambda: subprocess.run([str(flask), "--version"], capture_output=True, check=True), 15
    )
    return ("sandbox --help / flask --version", f"{ours / theirs:.2f}", "<= 0.6")


if __name__ == "__main__":
    main()
