"""A fourth framework, small enough to break on purpose: one scaffold folder written from data."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sandbox.generate import Scaffold, load_scaffold
from sandbox.knowledge import Concept, Knowledge, load_knowledge

TEMPLATE = "{{cookiecutter.project_slug}}"

CONCEPTS = (
    Concept("hello_route", "Answering one address", "How do you answer?", "hello"),
    Concept("path_parameters", "Parts of the address", "How do you read one?", "routes"),
)

FILES = {
    f"{TEMPLATE}/README.md": "# {{ cookiecutter.project_name }}\n",
    f"{TEMPLATE}/app.py": (
        "from tiny import App\n\n\ndef create_app():\n    app = App('/')\n"
        "    #: if cookiecutter.routes :#\n    import books\n\n    app.use(books)\n"
        "    #: endif :#\n    return app\n"
    ),
    f"{TEMPLATE}/books.py": "@get('/books/<id>')\ndef read(id):\n    return load(id)\n",
    f"{TEMPLATE}/books.without-validation.py": "@get('/books/<id>')\ndef read(id):\n    return 1\n",
    "cookiecutter.json": json.dumps(
        {
            "project_name": "Shelf",
            "project_slug": "shelf",
            "routes": True,
            "validation": True,
            "_jinja2_env_vars": {
                "block_start_string": "#:",
                "block_end_string": ":#",
                "trim_blocks": True,
                "lstrip_blocks": True,
            },
            "_feature_paths": {"hello": ["README.md", "app.py"], "routes": ["books.py"]},
        }
    ),
    "scaffold.toml": """
framework = "tiny"
address = "http://127.0.0.1:9000"
by_hand = ["Write app.py."]

[commands]
install = ["uv sync"]
run = ["uv run tiny"]
test = ["uv run pytest"]

[lab]
run = "{port}"

[files]
"README.md" = "Says what this is."
"app.py" = "Puts the parts together."
"books.py" = "Answers for books."
"books.without-validation.py" = "The same before input is checked."

[installed]
hello = ["tiny"]

[concepts.hello_route]
anchors = ["app.py::create_app"]
who = "built in"
note = "One call, `App('/')`, makes the app and its first address at once."
docs = "https://tiny.example/app"

[concepts.path_parameters]
anchors = ["books.py::read"]
who = "built in"
note = "Angle brackets in `'/books/<id>'` cut a piece out and hand it over by keyword."
docs = "https://tiny.example/routes"
""",
    "lessons/hello.md": """# Say hello

You will answer one address.

## What to write

This makes *the app*:

```snippet
app.py::create_app
```

Nothing else is needed.

## Try it

```console
$ curl http://127.0.0.1:9000/
Shelf
```

## How the others do it

There are [no others](https://tiny.example/).

## Check your work

The check asks for `/`.
""",
    "lessons/routes.md": """# Read `books` by address

Now with more addresses.

## What changes

```snippet
books.py::read
```

## Try it

Ask for one.

## How the others do it

```snippet
tiny:books.py::@get
```

## Check your work

The check asks for a book.
""",
    "lessons/validation.md": """# Check input

Nothing but good input.

## What changes

```snippet
books.py::return load
```

## Try it

Send it.

## How the others do it

The same way.

## Check your work

The check sends bad input.
""",
}


def make_knowledge() -> Knowledge:
    """Return the real knowledge with two concepts."""
    return replace(load_knowledge(), concepts={concept.id: concept for concept in CONCEPTS})


def make_scaffold(folder: Path, changes: Mapping[str, tuple[str, str]] | None = None) -> Scaffold:
    """Write the scaffold and load it; each change replaces a text in one file.

    A change of `("", text)` appends, also to a file that is not there yet.
    """
    files = dict(FILES)
    for path, (old, new) in (changes or {}).items():
        text = files.get(path, "")
        assert old in text, f"{path} has no {old!r} to replace"
        files[path] = text.replace(old, new) if old else text + new
    for path, text in files.items():
        target = folder / "tiny" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    return load_scaffold(folder / "tiny", load_knowledge())
