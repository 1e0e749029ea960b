"""Generate: a checked request and a scaffold become a FileTree, in memory, byte for byte.

The only room that knows cookiecutter. Values are data here, never templates.
"""

from sandbox.generate.archive import archive
from sandbox.generate.commands import Commands, commands_for
from sandbox.generate.load import load_scaffold
from sandbox.generate.naming import slug_from
from sandbox.generate.render import reasons, render
from sandbox.generate.request import ProjectRequest, create_request
from sandbox.generate.scaffold import NOT_A_FIT, ConceptEntry, Scaffold, ScaffoldNotes
from sandbox.generate.tree import FileTree

__all__ = [
    "NOT_A_FIT",
    "Commands",
    "ConceptEntry",
    "FileTree",
    "ProjectRequest",
    "Scaffold",
    "ScaffoldNotes",
    "archive",
    "commands_for",
    "create_request",
    "load_scaffold",
    "reasons",
    "render",
    "slug_from",
]
