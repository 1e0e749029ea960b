"""A project's environment: `.venv` in its folder, made by uv, and ready only once looked at."""

import csv
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import cast

from sandbox.replace import replace_text
from sandbox.run.job import ENVIRONMENT, Job, environment_python

_READY = ".sandbox-ready"
_OURS = ".sandbox-made"
_KEPT = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
_KEPT_BEGINNINGS = ("UV_", "XDG_")
_NOT_KEPT = ("UV_PROJECT_ENVIRONMENT", "UV_RUN_RECURSION_DEPTH", "UV_PYTHON")

_BUILT_LATER = (".pyc", ".exe")

_NO_NETWORK = re.compile(
    r"dns error|error sending request|could not connect|network|connect error|timed out"
    r"|failed to fetch|temporary failure in name resolution|offline",
    re.IGNORECASE,
)
_PACKAGE = re.compile(
    r"/simple/([A-Za-z0-9._-]+)/|Failed to (?:download|fetch|build) `([A-Za-z0-9_-]+)"
    r"|Because ([a-z0-9][a-z0-9-]*) was not found"
)
_FULL = re.compile(r"no space left|os error 28|disk quota|not enough space", re.IGNORECASE)


class NotInstalled(Exception):  # noqa: N818 - said of an environment, not of this code
    """An environment is not whole; another way may help unless that is `final`."""

    def __init__(self, message: str, hint: str, *, final: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.final = final

    @classmethod
    def because(cls, output: str, project: Path) -> "NotInstalled":
        """Return in two sentences why uv failed, and what to do."""
        if _FULL.search(output):
            return cls(
                f"The disk is full: the packages of “{project.name}” do not fit.",
                "Make room (a project with its packages takes up to 100 MB), then try again.",
                final=True,
            )
        found = [each[each.lastindex or 0] for each in _PACKAGE.finditer(output)]
        missing = ", ".join(dict.fromkeys(found))
        if _NO_NETWORK.search(output):
            what = f"{missing} is missing" if missing else "some packages are missing"
            return cls(
                f"The packages of “{project.name}” cannot be fetched: {what} on this computer, "
                "and the network does not answer.",
                "Connect to the internet and try again; what was fetched once is kept for later.",
                final=True,
            )
        return cls(
            f"The packages of “{project.name}” cannot be installed: {_last_line(output)}",
            "Read the log, mend pyproject.toml if that is at fault, then try again.",
        )


def wish(job: Job) -> str:
    """Return a digest of all that decides how the environment must be."""
    asked = hashlib.sha256(f"1 {job.folder} {job.python}".encode())
    for name in ("pyproject.toml", "uv.lock"):
        asked.update(b"\0")
        with suppress(OSError):
            asked.update((job.project / name).read_bytes())
    return asked.hexdigest()


def ready(job: Job) -> Mapping[str, str] | None:
    """Return the versions of an environment that is as it was asked for, None of any other."""
    try:
        found = json.loads((job.project / ENVIRONMENT / _READY).read_text("utf-8"))
        whole = found["wish"] == wish(job) and environment_python(job.project).exists()
        return cast("Mapping[str, str]", found["versions"]) if whole else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def mark_ready(job: Job, versions: Mapping[str, str]) -> None:
    """Write down that the environment is whole; raises `OSError`."""
    kept = json.dumps({"wish": wish(job), "versions": dict(versions)})
    replace_text(job.project / ENVIRONMENT / _READY, kept)


def unmark(job: Job) -> None:
    """Take the mark away before the environment is touched."""
    with suppress(OSError):
        (job.project / ENVIRONMENT / _READY).unlink(missing_ok=True)


def ways(job: Job) -> Iterator[list[list[str]]]:
    """Yield the commands that install the packages, then those that mend what is not whole.

    All build into what is there: an environment that stands keeps its interpreter and what else
    the learner installed. Only one that we began ourselves is emptied in the end.
    """
    uv = job.uv or "uv"
    # Relocatable, so that its programs start when the project gets another name.
    make = [uv, "venv", "--quiet", "--relocatable", "--python", job.python, ENVIRONMENT]
    sync = [uv, "sync", "--inexact", "--no-progress", "--no-install-project"]
    there = environment_python(job.project).exists()
    yield [sync] if there else [[*make, "--allow-existing"], sync]
    # It is half made, and uv believes what it finds: install anew, from the cache.
    yield [[*make, "--allow-existing"], [*sync, "--reinstall"]]
    if (job.project / ENVIRONMENT / _OURS).exists():
        yield [[*make, "--clear"], sync]


def installing_itself(job: Job) -> list[str]:
    """Return the command that installs the project itself beside its packages."""
    return [job.uv or "uv", "sync", "--inexact", "--no-progress"]


def claim(job: Job) -> None:
    """Write down that an environment is begun by us, if there is none; raises `OSError`."""
    folder = job.project / ENVIRONMENT
    with suppress(FileExistsError):
        folder.mkdir()
        (folder / _OURS).write_bytes(b"")


def environment_for_uv() -> dict[str, str]:
    """Return the variables that concern uv and its way to the packages."""
    return {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _KEPT or name.startswith(_KEPT_BEGINNINGS)
        if name not in _NOT_KEPT
    }


def packages_of(project: Path) -> Path:
    """Return the folder of an environment in which the packages lie."""
    found = (project / ENVIRONMENT / "lib").glob("python*/site-packages")
    return next(found, project / ENVIRONMENT / "Lib" / "site-packages")


def look(job: Job, python: str) -> dict[str, str]:
    """Return the versions in an environment whose interpreter has said which Python it is.

    Every file that a package says it has must be there: an interrupted installation lacks some.
    Raises `NotInstalled` where something lacks.
    """
    found: dict[str, str] = {}
    lacking: set[str] = set() if python else {"Python itself"}
    folder = packages_of(job.project)
    for each in sorted(folder.glob("*.dist-info")):
        name, version = _named(each)
        found[_plain(name)] = version
        if not version or not all(map(os.path.exists, _files(each, folder))):
            lacking.add(name)
    lacking |= {name for name in job.packages if _plain(name) not in found}
    if lacking:
        raise NotInstalled(
            f"The environment of “{job.project.name}” is not whole: {', '.join(sorted(lacking))}.",
            "Rename or remove the folder .venv in the project, then try again.",
        )
    return {"python": python, **{name: found[_plain(name)] for name in job.packages}}


def _named(information: Path) -> tuple[str, str]:
    """Return the name and the version of a package, without one if that cannot be told."""
    with suppress(OSError):
        head = (information / "METADATA").read_text("utf-8", "replace").partition("\n\n")[0]
        lines = [line.partition(":") for line in head.splitlines()]
        told = {key: value.strip() for key, _, value in reversed(lines)}
        if told.get("Name"):
            return told["Name"], told.get("Version", "")
    return information.name.partition("-")[0], ""


def _files(information: Path, folder: Path) -> Iterator[str]:
    """Yield the paths of a package's files, one that is not there if they cannot be told."""
    try:
        record = (information / "RECORD").read_text("utf-8", "replace")
    except OSError:
        yield str(information / "RECORD")
        return
    for row in csv.reader(record.splitlines()):
        if row and not row[0].endswith(_BUILT_LATER):
            yield os.path.join(folder, row[0])  # noqa: PTH118 - thousands of them


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _last_line(output: str) -> str:
    lines = [line.strip(" ×╰─▶├│") for line in output.splitlines() if line.strip()]
    said = next((line for line in lines if line.lower().startswith(("error", "failed"))), "")
    return (said or (lines[-1] if lines else "uv ended without a word")).rstrip(".")[:300] + "."
