"""`sandbox recommend` for people: asked on a terminal, told in words, nothing hidden in colour."""

import os
import re
import select
import shlex
import subprocess
import sys
import time

import pytest

from sandbox.program import own_line
from tests.cli.conftest import Run
from tests.support.variants import WORKSHOP

PROGRAM = [sys.executable, "-c", "import sys; from sandbox.cli import main; sys.exit(main())"]
PROMPT = re.compile(rb"(\(.*1-\d+\)|for the result|Up to .*1-\d+): $")
# Core questions in order: aim, product, parts, experience, style; then "q" for the result.
TYPED = ("9", "", "", "1,8", "1,3", "", "", "q", "1")


def on_a_terminal(words: list[str], typed: tuple[str, ...]) -> tuple[str, int]:
    """Run a command on a terminal of its own and type a line at each prompt."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen([*PROGRAM, *words], stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown, waiting, deadline = b"", list(typed), time.monotonic() + 60
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 0.02)[0]:
            try:
                shown += os.read(ours, 65536)
            except OSError:  # the other end is closed: the command has ended
                break
        elif waiting and PROMPT.search(shown):
            os.write(ours, f"{waiting.pop(0)}\n".encode())
            shown += b"\n"
    os.close(ours)
    return shown.decode(), process.wait(timeout=60)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a Unix terminal")
def test_on_a_terminal_it_asks_helps_with_mistakes_and_gives_the_same_result(run: Run) -> None:
    shown, code = on_a_terminal(["recommend"], TYPED)
    assert code == 0
    assert "Type numbers from 1 to 7" in shown
    assert "Choose at most 2" in shown
    assert "Interim result: " in shown
    options = list(WORKSHOP.knowledge.questions["builtins"].options)
    query = f"builtins={options[0]},{options[2]}"
    told = run("recommend", "--answer", query, "--json").json
    assert told["headline"] in shown
    assert f"--answer {query}" in shown


def test_every_reason_names_question_answer_source_and_claim_but_no_id(run: Run) -> None:
    answers = ("--answer", "product=ml_service", "--answer", "builtins=admin,api_docs")
    told = run("recommend", *answers, "--json").json
    shown = run("recommend", *answers).out
    assert told["headline"] in shown
    for reasons in told["ledger"].values():
        for reason in reasons:
            assert f"{reason['points']:+d}  " in shown
            for claim in reason["claims"]:
                said = told["claims"][claim]
                source = WORKSHOP.knowledge.sources[said["source"]].short
                assert f"{source}: “{said['text']}”" in shown
    assert not re.search(r"\b[ABD]\d{2,3}\b", shown)
    for what_if in told["what_ifs"]:
        assert what_if["sentence"] in shown
    for advice in told["advice"]:
        assert advice["text"] in shown
    assert "\x1b" not in shown


def test_sources_that_disagree_are_shown_with_each_ones_own_result(run: Run) -> None:
    words = ("recommend", "--answer", "goal=learn_first", "--answer", "experience=new")
    told = run(*words, "--json").json
    shown = run(*words).out
    assert told["disagreements"]
    for each in told["disagreements"]:
        assert each["summary"] in shown
    for source, standing in told["by_source"].items():
        short = WORKSHOP.knowledge.sources[source].short.lower()
        assert f"By the {short} alone: {standing['headline']}." in shown


def test_answers_without_effect_invite_to_answer_more(run: Run) -> None:
    shown = run("recommend", "--answer", "product=not_sure").out
    assert "Not enough answers to say" in shown
    assert "Answer a question or two more" in shown


def test_the_commands_it_suggests_work(run: Run) -> None:
    shown = run("recommend", "--answer", "product=rest_api").out
    lines = [line for line in shown.splitlines() if "  #" in line]
    typed = [shlex.split(line.partition(own_line())[2], comments=True) for line in lines]
    # A line that makes something keeps to the workspace that was typed.
    suggested = [words[2:] if words[0] == "--workspace" else words for words in typed]
    assert {words[0] for words in suggested} == {"new", "compare", "recommend"}
    for words in suggested:
        assert run(*words).code == 0
