"""Every defect that can be planted in a scaffold's notes is found and named."""

from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.knowledge.faults import load_faults
from sandbox.lint import lint_notes, lint_planted, lint_scaffold
from tests.compare.tiny import TEMPLATE, make_knowledge, make_scaffold

KNOWLEDGE = make_knowledge()
FAULT = next(name for name, each in load_faults(KNOWLEDGE).items() if "deploy" in each.project)
NOTES = "scaffold.toml"

DEFECTS = {
    "a file without a reason": (
        {NOTES: ('"app.py" = "Puts the parts together."\n', "")},
        "[files] does not say why app.py is there.",
    ),
    "a reason for no file": (
        {NOTES: ('"app.py" = ', '"gone.py" = "Once."\n"app.py" = ')},
        "[files] speaks of gone.py, which does not exist.",
    ),
    "a file without an owner": (
        {
            f"{TEMPLATE}/stray.py": ("", "pass\n"),
            NOTES: ('"app.py" = ', '"stray.py"="A"\n"app.py" = '),
        },
        "no feature owns stray.py; name it in _feature_paths.",
    ),
    "an owned file that is gone": (
        {"cookiecutter.json": ('"routes": ["books.py"]', '"routes": ["books.py", "gone/"]')},
        "routes owns gone/, which does not exist.",
    ),
    "a concept left out": (
        {NOTES: ("[concepts.hello_route]", "[concepts.templates]")},
        "there is no [concepts.hello_route].",
    ),
    "an anchor that never resolves": (
        {NOTES: ("app.py::create_app", "app.py::make_app")},
        "[concepts.hello_route] does not resolve in 3 of 3 variants, such as hello: "
        "app.py does not define make_app.",
    ),
    "an anchor that misses one variant": (
        {f"{TEMPLATE}/books.without-validation.py": ("def read", "def fetch")},
        "[concepts.path_parameters] does not resolve in 1 of 2 variants, such as hello + routes: "
        "books.py does not define read.",
    ),
    "a note without a quotation": (
        {NOTES: ("`App('/')`", "App('/')")},
        "[concepts.hello_route] note quotes nothing in `backticks` that its excerpt always has.",
    ),
    "a quotation that is not in the excerpt": (
        {NOTES: ("`App('/')`", "`App('/x')`")},
        "[concepts.hello_route] note quotes nothing in `backticks` that its excerpt always has.",
    ),
    "a quotation that one variant lacks": (
        {f"{TEMPLATE}/books.without-validation.py": ("/books/<id>", "/book/<id>")},
        "[concepts.path_parameters] note quotes nothing in `backticks` that its excerpt always "
        "has.",
    ),
    "a note that is too long": (
        {NOTES: ("One call,", f"One call{' more' * 40},")},
        "[concepts.hello_route] note has 52 words; keep 45 and put the rest into more.",
    ),
    "a quotation that says nothing": (
        {NOTES: ("`App('/')`", "`A`")},
        "[concepts.hello_route] note quotes nothing in `backticks` that its excerpt always has.",
    ),
    "a note that fits another concept": (
        {
            NOTES: (
                "Angle brackets in `'/books/<id>'` cut a piece out and hand it over by keyword.",
                "One call, `'/books/<id>'`, makes the app and its first address at once.",
            )
        },
        "the notes on hello_route and path_parameters say nearly the same.",
    ),
    "two notes on the same line of code": (
        {
            NOTES: (
                """["app.py::create_app"]\nwho = "built in"\nnote = "One call, `App('/')`,""",
                """["books.py::read"]\nwho = "built in"\nnote = "One call, `'/books/<id>'`,""",
            )
        },
        "the notes on hello_route and path_parameters quote the same code.",
    ),
    "a package name as it is not stored": (
        {NOTES: ('hello = ["tiny"]', 'hello = ["Tiny_Web"]')},
        "[installed] hello has 'Tiny_Web'; write it in lower case with hyphens.",
    ),
    "no packages at all": (
        {NOTES: ('hello = ["tiny"]', "")},
        "[installed] does not name the packages of hello.",
    ),
    "no command to start it": (
        {NOTES: ('run = ["uv run tiny"]\n', "")},
        "[commands] does not say how to run.",
    ),
    "a template that does not render": (
        {f"{TEMPLATE}/README.md": ("cookiecutter.project_name", "cookiecutter.projet_name")},
        "The variant hello does not render:",
    ),
}


def test_the_small_scaffold_has_no_defect(tmp_path: Path) -> None:
    assert lint_scaffold(KNOWLEDGE, make_scaffold(tmp_path)) == []


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_named(defect: str, tmp_path: Path) -> None:
    changes, sentence = DEFECTS[defect]
    problems = lint_scaffold(KNOWLEDGE, make_scaffold(tmp_path, changes))
    assert any(problem.startswith(f"scaffolds/tiny: {sentence}") for problem in problems), problems


def test_a_concept_that_does_not_fit_needs_no_code(tmp_path: Path) -> None:
    changes = {
        NOTES: (
            'anchors = ["books.py::read"]\nwho = "built in"',
            'anchors = []\nwho = "not a fit"',
        )
    }
    assert lint_scaffold(KNOWLEDGE, make_scaffold(tmp_path, changes)) == []


def test_a_note_copied_from_another_framework_is_named(tmp_path: Path) -> None:
    tiny = make_scaffold(tmp_path)
    (problem, *more) = lint_notes({"tiny": tiny, "other": replace(tiny, framework="other")})
    assert problem.startswith("scaffolds/tiny and scaffolds/other: the notes on hello_route")
    assert len(more) == 1


PLANTED = {
    "a stale hook": ({}, "hooks/pre_gen_project.py is stale; run `python -m sandbox.generate"),
    "a mistake that has lost its place": (
        {
            "mistakes.toml": (
                "",
                '[gone]\ntells = "It is gone."\nfeatures = ["routes"]\nshows = ["Gone"]\n'
                'edits = [{ at = "books.py", find = "def fetch", put = "" }]\n',
            )
        },
        "gone: 'def fetch' stands 0 times in books.py, not once.",
    ),
    "a fault of a feature that is not offered": (
        {
            "faults.toml": ("", f'{FAULT} = [{{ at = "gone.py", find = "a", put = "b" }}]\n'),
        },
        f"{FAULT}: The tiny scaffold does not offer",
    ),
}


@pytest.mark.parametrize("defect", PLANTED)
def test_what_is_made_from_a_scaffold_or_planted_into_it_is_held_to_it(
    defect: str, tmp_path: Path
) -> None:
    changes, sentence = PLANTED[defect]
    problems = lint_planted(KNOWLEDGE, make_scaffold(tmp_path, changes))
    assert any(problem.startswith(f"scaffolds/tiny: {sentence}") for problem in problems), problems
