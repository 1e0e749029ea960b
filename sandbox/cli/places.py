"""Folders and files as they are named on the command line."""

import os
from pathlib import Path

import click


class Place(click.Path):
    """Take a path, with `~` read even where no shell has done so, as in `--into='~/x'`."""

    def __init__(self, *, file_okay: bool = True) -> None:
        # Whoever uses the place says better why it cannot be read, and what works without it.
        super().__init__(file_okay=file_okay, readable=False, path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the path meant; refuses none at all, and a home that there is not."""
        place = os.path.expanduser(os.fsdecode(value))  # noqa: PTH111 - a Path forgets “./” before “~”
        if not place:
            self.fail("An empty path names no place. Leave the option out, or write a path.")
        if place.startswith("~"):
            self.fail(
                f"This computer knows no home folder for {place[:60]!a}. Write the whole path, "
                "or “./” before the name of a folder that begins with “~”."
            )
        return super().convert(place, param, ctx)
