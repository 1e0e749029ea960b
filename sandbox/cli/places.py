"""Folders and files as they are named on the command line."""

import os
from pathlib import Path

import click

from sandbox.paths import in_home


class Place(click.Path):
    """Take a path, with `~` read even where no shell has done so, as in `--into='~/x'`."""

    def __init__(self, *, file_okay: bool = True) -> None:
        super().__init__(file_okay=file_okay, path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the path meant."""
        return super().convert(in_home(Path(value)), param, ctx)
