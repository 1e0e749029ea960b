"""What lies around a project on this computer: the way to packages, a browser, an editor, ports."""

import os
import shutil
import subprocess
import tempfile
import webbrowser
from pathlib import Path

from sandbox.run.machine import Finding
from sandbox.run.ports import OURS, is_free
from sandbox.run.recipe import find_uv

_SECONDS = 15.0
_SMALL_PACKAGE = "iniconfig"
_ENOUGH_PORTS = 10
_EDITORS = (
    *("code", "codium", "zed", "subl", "pycharm", "idea", "kate", "gedit", "emacs"),
    *("nvim", "vim", "vi", "nano", "notepad"),
)


def surroundings() -> tuple[Finding, ...]:
    """Return what can be found out at once, without leaving this computer."""
    return (_app_ports(), _browser(), _editor())


def network() -> Finding:
    """Ask for the description of one small package, as uv is set up here; takes up to 15 s."""
    program = find_uv()
    if program is None:
        return Finding(
            "network",
            "bad",
            "There is no uv, which fetches the packages of your projects.",
            "No project can be prepared.",
            "Type `pip install uv` and start the sandbox again.",
        )
    if _answers(program):
        return Finding(
            "network",
            "good",
            "Packages can be fetched from the index set for uv.",
            "Every project can be prepared.",
        )
    return Finding(
        "network",
        "note",
        "No package index answers.",
        "A project whose packages were never fetched here cannot start; those that were prepared "
        "before go on working.",
        "Connect to the network, or set uv to the index of your school or company (UV_INDEX_URL).",
    )


def _answers(uv: str) -> bool:
    """Tell whether a package index answers, by whatever uv is told of one."""
    words = ("pip", "compile", "--no-deps", "--no-header", "--quiet", "-")
    with tempfile.TemporaryDirectory() as empty:  # an answer from the cache would prove nothing
        try:
            done = subprocess.run(
                (uv, *words, "--cache-dir", str(Path(empty, "cache"))),
                input=_SMALL_PACKAGE,
                capture_output=True,
                text=True,
                timeout=_SECONDS,
                check=False,
                cwd=empty,
            )
        except subprocess.TimeoutExpired:
            return False
    return done.returncode == 0


def _app_ports() -> Finding:
    free = sum(map(is_free, OURS))
    where = f"the ports {OURS[0]} to {OURS[-1]}, where your projects run"
    if free >= _ENOUGH_PORTS:
        return Finding(
            "app ports",
            "good",
            f"Enough of {where}, are free.",
            "Several projects can run side by side.",
        )
    said = f"Only {free} of {where}, are free."
    means = "No more projects than that can be started."
    fix = "Stop projects that you do not need, and other programs that listen there."
    return Finding("app ports", "note", said, means, fix)


def _browser() -> Finding:
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return Finding(
            "browser",
            "note",
            "No browser can be opened from here.",
            "Links are only printed.",
            "Copy the printed link into a browser, or name one in the variable BROWSER.",
        )
    name = getattr(found, "name", "") or type(found).__name__
    return Finding(
        "browser",
        "good",
        f"The pages open in {Path(str(name)).name}.",
        "`sandbox` and `sandbox open` show a page by themselves.",
    )


def _editor() -> Finding:
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    name = chosen or next((each for each in _EDITORS if shutil.which(each)), None)
    if name is None:
        return Finding(
            "editor",
            "note",
            "No editor was found.",
            "You can read your projects here, but change them only in an editor.",
            "Install one, such as Visual Studio Code; any editor for text will do.",
        )
    return Finding(
        "editor",
        "good",
        f"An editor is there: {Path(name).name}.",
        "You can change your projects; a running app follows what you save.",
    )
