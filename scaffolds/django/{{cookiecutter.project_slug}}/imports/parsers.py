import csv
from io import StringIO

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

COLUMNS = ["title", "author", "isbn", "year"]
MAX_SIZE = 5_000_000  # bytes


class CSVParser(BaseParser):
    """Make a list of lines out of a file; the first one has to name the columns."""

    media_type = "text/csv"

    def parse(self, stream, media_type=None, parser_context=None):
        if int(parser_context["request"].headers["Content-Length"]) > MAX_SIZE:
            raise ParseError("The file is larger than 5 MB.")
        try:
            text = stream.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ParseError("The file is not text in UTF-8.") from None
        lines = StringIO(text, newline=None).readlines()
        if not lines or split(lines[0]) != COLUMNS:
            raise ParseError(f"The first line has to be: {','.join(COLUMNS)}")
        return lines


def split(line):
    """Cut one line at its commas, so that a broken line breaks no other."""
    try:
        [cells] = csv.reader([line], strict=True)
    except csv.Error:
        raise ParseError("This line is not CSV: is a quotation mark missing?") from None
    return cells
