"""What an edit imports comes where sorted imports have it, as a linter would put it."""

from __future__ import annotations

import pytest

from sandbox.generate import FileTree
from sandbox.generate.planted import Edit, plant

FUTURE = "from __future__ import annotations"


def imported(source: str, *statements: str) -> str:
    """Return a module beside the project's own package `app`, once an edit has imported these."""
    tree = FileTree({"app/__init__.py": "", "module.py": f"{source}# end\n"})
    edit = Edit("module.py", "# end\n", "", statements)
    return plant(tree, [edit])["module.py"]


@pytest.mark.parametrize(
    ("source", "statement", "expected"),
    [
        ("x = 1\n", "import os", "import os\n\nx = 1\n"),
        ('"""Says."""\n\nx = 1\n', "import os", '"""Says."""\n\nimport os\n\nx = 1\n'),
        ("import os\n\nx = 1\n", "import os", "import os\n\nx = 1\n"),
        ("import os\n\nx = 1\n", "import ast", "import ast\nimport os\n\nx = 1\n"),
        ("import re\n", "from os import sep", "import re\nfrom os import sep\n"),
        ("from os import sep\n", "import re", "import re\nfrom os import sep\n"),
        ("import flask\n", "import os", "import os\n\nimport flask\n"),
        ("import os\n\nimport app\n", "import flask", "import os\n\nimport flask\n\nimport app\n"),
        ("from .a import b\n", "from app import x", "from app import x\n\nfrom .a import b\n"),
        ("from .a import b\n", "from ..c import d", "from ..c import d\nfrom .a import b\n"),
        ("from a import C, d\n", "from a import B", "from a import B, C, d\n"),
        ("from a import C, d\n", "from a import MOST", "from a import MOST, C, d\n"),
        ("from a import b as c\n", "from a import d", "from a import b as c, d\n"),
        ("import os  # why\n", "import re", "import os  # why\nimport re\n"),
        ("# why\nimport os\n", "import re", "# why\nimport os\nimport re\n"),
        (
            "import os\n\n# why\nimport b\n",
            "import a",
            "import os\n\nimport a\n\n# why\nimport b\n",
        ),
        (
            "from __future__ import annotations\n",
            "import a",
            "from __future__ import annotations\n\nimport a\n",
        ),
    ],
)
def test_a_statement_finds_its_place(source: str, statement: str, expected: str) -> None:
    assert imported(source, statement) == expected


def test_what_makes_a_line_too_long_goes_over_several() -> None:
    names = [f"a_name_that_is_long_{number}" for number in range(4)]
    source = f"from a import {', '.join(names[:3])}\n"
    expected = "from a import (\n" + "".join(f"    {name},\n" for name in names) + ")\n"
    assert imported(source, f"from a import {names[3]}") == expected


def test_several_statements_come_in_any_order() -> None:
    first, second = "from b import c", "import a"
    expected = "import a\nfrom b import c\n\nx = 1\n"
    assert imported("x = 1\n", first, second) == expected
    assert imported("x = 1\n", second, first) == expected
