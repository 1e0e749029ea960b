"""The forms of the pages, checked by the same models as the API."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_wtf import CSRFProtect, FlaskForm
from pydantic import BaseModel
from wtforms import StringField
from wtforms.widgets import NumberInput

from .errors import InvalidInput
from .schemas import BookInput, check

csrf = CSRFProtect()


def _nothing_if_empty(value: Any) -> Any:
    """Take an empty field for None; a stored number stays one."""
    return value.strip() or None if isinstance(value, str) else value


class CheckedForm(FlaskForm):
    """A form whose fields must satisfy a Pydantic model."""

    model: ClassVar[type[BaseModel]]
    values: BaseModel

    def validate(
        self, extra_validators: Mapping[str, Sequence[Any]] | None = None
    ) -> bool:
        """Check the values; each complaint goes to the field that it is about."""
        if not super().validate(extra_validators):
            return False
        try:
            self.values = check(self.model, self.data)
        except InvalidInput as invalid:
            for name, message in invalid.errors.items():
                self[name].errors = [message]
            return False
        return True


class BookForm(CheckedForm):
    """A new book."""

    model = BookInput

    title = StringField("Title")
    author = StringField("Author")
    isbn = StringField("ISBN (13 digits, may stay empty)")
    year = StringField(
        "Year (may stay empty)", filters=[_nothing_if_empty], widget=NumberInput()
    )
