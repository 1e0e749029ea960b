"""JSON as the standard has it."""

from typing import Any, NoReturn

from flask.json.provider import DefaultJSONProvider


class StrictJSONProvider(DefaultJSONProvider):
    """Refuse what Python's reader lets through or trips over; Flask makes a 400 of it."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Read JSON, or raise ValueError for NaN, Infinity and endless nesting."""
        try:
            return super().loads(s, parse_constant=_refuse, **kwargs)
        except RecursionError:
            raise ValueError("The JSON is nested too deeply.") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON.")
