"""Lint: hold our own data, scaffolds and lessons to the truth, a sentence for each defect."""

from sandbox.knowledge.console import load_console
from sandbox.knowledge.faults import load_fault_names
from sandbox.learn import Course, load_diagnoses
from sandbox.lint.knowledge import lint_knowledge
from sandbox.lint.lessons import lint_lessons
from sandbox.lint.planted import lint_planted
from sandbox.lint.scaffold import lint_notes, lint_scaffold
from sandbox.lint.steps import lint_steps

__all__ = [
    "lint",
    "lint_knowledge",
    "lint_lessons",
    "lint_notes",
    "lint_planted",
    "lint_scaffold",
    "lint_steps",
]


def lint(course: Course) -> list[str]:
    """Return what is wrong in what a course is made of; raises `DataError` for what cannot load."""
    knowledge, scaffolds = course.knowledge, course.scaffolds
    load_console(knowledge)
    load_diagnoses(knowledge.folder)
    load_fault_names(knowledge)
    problems = lint_knowledge(knowledge) + lint_lessons(course) + lint_steps(course)
    for scaffold in scaffolds.values():
        problems += lint_scaffold(knowledge, scaffold) + lint_planted(knowledge, scaffold)
    return problems + lint_notes(scaffolds)
