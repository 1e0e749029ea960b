"""Generate: a checked request and a scaffold become a FileTree, in memory, byte for byte.

The only room that knows cookiecutter. Values are data here, never templates.
"""

from sandbox.generate.archive import archive
from sandbox.generate.load import load_scaffold
from sandbox.generate.naming import slug_from
from sandbox.generate.render import render
from sandbox.generate.request import ProjectRequest, create_request
from sandbox.generate.scaffold import NOT_A_FIT, ConceptEntry, Scaffold, ScaffoldNotes
from sandbox.generate.tree import FileTree

__all__ = [
    "NOT_A_FIT",
    "ConceptEntry",
    "FileTree",
    "ProjectRequest",
    "Scaffold",
    "ScaffoldNotes",
    "archive",
    "create_request",
    "load_scaffold",
    "render",
    "slug_from",
]
