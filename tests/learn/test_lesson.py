"""A lesson is the difference between two generated projects, and shows nothing else as code."""

from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.compare import diff
from sandbox.errors import LessonError
from sandbox.generate import FileTree, render
from sandbox.learn import Course, Lesson, Prose, Snippet, ladder, lesson, markdown, steps
from sandbox.learn.lesson import excerpt_of
from sandbox.learn.passages import Reference
from tests.compare.tiny import TEMPLATE, make_knowledge, make_scaffold

CHECKS = {"hello": ("GET / answers.",), "routes": ("GET /books/1 answers.", "So does 2.")}


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return make_course(tmp_path)


def make_course(folder: Path, changes: dict[str, tuple[str, str]] | None = None) -> Course:
    scaffold = make_scaffold(folder, changes)
    return Course(make_knowledge(), {"tiny": scaffold}, CHECKS)


def snippets(lesson: Lesson) -> list[Snippet]:
    return [part for each in lesson.sections for part in each.parts if isinstance(part, Snippet)]


def test_the_ladder_has_a_lesson_for_each_feature_in_order(course: Course) -> None:
    assert steps(course, "tiny") == ("hello", "routes", "validation")
    found = ladder(course, "tiny")
    assert [each.feature for each in found] == ["hello", "routes", "validation"]
    assert [each.number for each in found] == [1, 2, 3]
    assert [each.after.features for each in found] == [
        ("hello",),
        ("hello", "routes"),
        ("hello", "routes", "validation"),
    ]


def test_each_lesson_begins_where_the_one_before_it_ended(course: Course) -> None:
    found = ladder(course, "tiny")
    assert [each.before for each in found] == [None, *(each.after for each in found[:-1])]


def test_the_change_is_the_difference_of_the_two_projects(course: Course) -> None:
    for each in ladder(course, "tiny"):
        scaffold = course.scaffolds["tiny"]
        before = render(scaffold, each.before) if each.before else FileTree({})
        assert each.changes == diff(before, render(scaffold, each.after))
        assert each.changes.changes
    statuses = {file.path: file.status for file in lesson(course, "tiny", "routes").changes.files}
    assert statuses == {"README.md": "same", "app.py": "changed", "books.py": "added"}


def test_text_is_cut_into_title_introduction_and_sections(course: Course) -> None:
    found = lesson(course, "tiny", "hello")
    assert found.title == "Say hello"
    assert found.intro == (Prose("You will answer one address."),)
    assert [section.title for section in found.sections] == [
        "What to write",
        "Try it",
        "How the others do it",
        "Check your work",
    ]
    prose, snippet, more = found.sections[0].parts
    assert prose == Prose("This makes *the app*:")
    assert isinstance(snippet, Snippet)
    assert more == Prose("Nothing else is needed.")
    assert lesson(course, "tiny", "routes").title == "Read books by address"


def test_a_snippet_is_cut_from_the_project_of_its_own_step(course: Course) -> None:
    (hello,) = snippets(lesson(course, "tiny", "hello"))
    assert hello.excerpt.text.endswith("app = App('/')\n    return app")
    assert [each.excerpt.text for each in snippets(lesson(course, "tiny", "routes"))] == [
        "@get('/books/<id>')\ndef read(id):\n    return 1"
    ] * 2
    (validation,) = snippets(lesson(course, "tiny", "validation"))
    assert validation.excerpt.text == "    return load(id)"


def test_a_snippet_of_another_framework_shows_its_project_at_this_step(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    other = make_scaffold(
        tmp_path / "elsewhere",
        {f"{TEMPLATE}/books.without-validation.py": ("return 1", "return 'other'")},
    )
    asking = make_scaffold(
        tmp_path / "asking", {"lessons/routes.md": ("tiny:books.py", "other:books.py")}
    )
    both = Course(course.knowledge, {"tiny": asking, "other": other}, CHECKS)
    own, others = snippets(lesson(both, "tiny", "routes"))
    assert (own.framework, others.framework) == ("tiny", "other")
    assert "return 'other'" in others.excerpt.text


def test_two_colons_after_a_file_name_do_not_make_it_a_framework(tmp_path: Path) -> None:
    course = make_course(
        tmp_path,
        {
            "cookiecutter.json": ('"app.py"', '"app.py", "justfile"'),
            f"{TEMPLATE}/justfile": ("", "run:\n  tiny run\n"),
            "lessons/hello.md": ("app.py::create_app", "justfile::run:"),
        },
    )
    (snippet,) = snippets(lesson(course, "tiny", "hello"))
    assert (snippet.framework, snippet.excerpt.path) == ("tiny", "justfile")


def test_a_lesson_says_what_its_check_looks_at(course: Course) -> None:
    assert [each.checks for each in ladder(course, "tiny")] == [
        ("GET / answers.",),
        ("GET /books/1 answers.", "So does 2."),
        (),
    ]


def test_html_in_a_lesson_is_text() -> None:
    rendered = str(markdown().render("<script>x</script> and <b>b</b> and [a](javascript:x)"))
    assert "<script>" not in rendered
    assert "<b>" not in rendered
    assert "href" not in rendered


@pytest.mark.parametrize(
    ("framework", "feature", "message"),
    [
        ("rails", "hello", "There are no lessons for 'rails'."),
        ("tiny", "admin", "There is no tiny lesson called 'admin'."),
        ("tiny", "../hello", "There is no tiny lesson called '../hello'."),
    ],
)
def test_a_lesson_that_does_not_exist_is_a_sentence(
    course: Course, framework: str, feature: str, message: str
) -> None:
    with pytest.raises(LessonError) as caught:
        lesson(course, framework, feature)
    assert caught.value.message == message
    assert "tiny" in caught.value.hint or "hello, routes, validation" in caught.value.hint


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("# Say hello\n\n", ""), "it does not begin with a title."),
        (("## Try it", "# Try it"), "line 15 is a second title."),
        (("```snippet\napp.py::create_app\n", "```snippet\n"), "line 9 has a snippet without"),
        (("app.py::create_app", "app.py::gone"), "The snippet app.py::gone shows nothing: "),
        (("app.py::create_app", "rails:app.py"), "There are no lessons for 'rails'."),
    ],
)
def test_a_broken_lesson_names_the_place(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    with pytest.raises(LessonError) as caught:
        lesson(make_course(tmp_path, {"lessons/hello.md": change}), "tiny", "hello")
    assert message in caught.value.message
    assert caught.value.hint


def test_a_feature_without_a_lesson_is_taught_with_the_next_one(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    (course.scaffolds["tiny"].folder / "lessons/routes.md").unlink()
    hello, validation = ladder(course, "tiny")
    assert validation.before == hello.after
    assert validation.after.features == ("hello", "routes", "validation")


def test_code_of_a_project_that_cannot_be_is_told_as_a_fault_of_the_lesson(course: Course) -> None:
    after = replace(lesson(course, "tiny", "routes").after, features=("hello", "nothing"))
    with pytest.raises(LessonError, match="nothing"):
        excerpt_of(course, Reference("app.py", "tiny"), "tiny", after)
