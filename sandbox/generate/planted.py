"""What can be planted into a project to break it: faults of an app, and mistakes of a learner."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from sandbox.datafile import Entry, Names, Text, read_toml
from sandbox.errors import ScaffoldError
from sandbox.generate.tree import FileTree

FAULTS = "faults.toml"
MISTAKES = "mistakes.toml"

_Statement = Annotated[str, Meta(pattern=r"^(import [\w.]+|from [\w.]+ import \w+)$")]


@dataclass(frozen=True)
class Edit:
    """One replacement in the file `at`: what it looks for stands there exactly once.

    An empty `find` makes a new file, an empty `put` takes something away. `imports` are statements
    that `put` needs at the top of the file.
    """

    at: Text
    find: str
    put: str
    imports: tuple[_Statement, ...] = ()


@dataclass(frozen=True)
class Mistake:
    """What a learner gets wrong in a project with these features, and where it must show.

    `do` says what the learner does then; `shows` is what stands in what they see, `hidden` what
    must not; what the framework passes over in `silent` ways is named by these contract checks.
    The mistake may lie in what was done instead of in the code: nobody has `migrated`, another
    program has the port or has the database locked.
    """

    id: str
    tells: Text
    features: Names
    edits: tuple[Edit, ...]
    do: Annotated[str, Meta(pattern=r"^(start|migrate|test|(GET|POST|FORM) /\S*.*)$")] = "start"
    shows: Names = ()
    hidden: Names = ()
    silent: str = ""
    migrated: bool = True
    locked: bool = False
    port_taken: bool = False


def load_edits(scaffold: Path, faults: Collection[str]) -> Mapping[str, tuple[Edit, ...]]:
    """Return how each fault is planted in a scaffold's projects; raises `DataError`."""
    whole = read_toml(scaffold / FAULTS, f"scaffolds/{scaffold.name}/{FAULTS}")
    whole.check_names(FAULTS, whole.fields, faults)
    return {name: _edits(whole, name) for name in whole.fields}


def load_mistakes(scaffold: Path, features: Collection[str]) -> Mapping[str, Mistake]:
    """Return a scaffold's mistakes by id; raises `DataError`."""
    whole = read_toml(scaffold / MISTAKES, f"scaffolds/{scaffold.name}/{MISTAKES}")
    found: dict[str, Mistake] = {}
    for name in whole.fields:
        entry = whole.inner(name)
        mistake = entry.without("edits").to(
            Mistake,
            {"features": features},
            id=name,
            edits=_edits(entry, "edits") if entry.fields.get("edits") else (),
        )
        if bool(mistake.shows) == bool(mistake.silent):
            entry.refuse("it needs either shows or silent.", "Say where the learner meets it.")
        found[name] = mistake
    return found


def plant(tree: FileTree, edits: Sequence[Edit]) -> FileTree:
    """Return a project with these edits made; raises `ScaffoldError` for one that does not fit."""
    files = dict(tree.items())
    own = {path.split("/")[0].removesuffix(".py") for path in files}
    for edit in edits:
        text = _edited(edit, files.get(edit.at))
        files[edit.at] = _importing(edit, text, own) if edit.imports else text
    return FileTree(files)


def _edited(edit: Edit, text: str | None) -> str:
    if text is None and not edit.find:
        return edit.put
    if text is None:
        problem = f"there is no file {edit.at}."
    elif not edit.find:
        problem = f"{edit.at} is there already."
    elif (count := text.count(edit.find)) != 1:
        problem = f"{edit.find!r} stands {count} times in {edit.at}, not once."
    elif edit.find == edit.put:
        problem = f"{edit.find!r} in {edit.at} is put in its own place."
    else:
        return text.replace(edit.find, edit.put)
    raise ScaffoldError(problem, "Write the edit anew for the code as it is now.")


def _importing(edit: Edit, text: str, own: Collection[str]) -> str:
    import isort  # here, because it takes as long as a whole command that plants nothing
    from isort.exceptions import ExistingSyntaxErrors

    try:
        return isort.code(
            text,
            profile="black",
            combine_as_imports=True,
            atomic=True,
            add_imports=edit.imports,
            known_first_party=own,
        )
    except ExistingSyntaxErrors:
        problem = f"{edit.at} cannot import anything: it is no Python."
        raise ScaffoldError(problem, "Leave out imports, or mend what put says.") from None


def _edits(entry: Entry, key: str) -> tuple[Edit, ...]:
    return tuple(each.to(Edit) for each in entry.entries(key, "at"))
