"""The forms of the pages, and the CSRF protection of whatever is sent."""

from collections.abc import Callable
from typing import Any

from flask import abort, request
from flask_wtf import CSRFProtect, FlaskForm
#: if not cookiecutter.auth :#
from wtforms import Field, IntegerField, StringField, ValidationError
from wtforms.validators import DataRequired, Length, Optional
#: endif :#
#: if cookiecutter.auth :#
from wtforms import Field, IntegerField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length, NumberRange, Optional
#: endif :#

from ..schemas import check_isbn, check_text, check_year

csrf = CSRFProtect()


def refuse_nameless_fields() -> None:
    """Refuse what no browser sends, and what Flask-WTF would fail at."""
    if None in request.form:
        abort(400, "A field of the form has no name.")


class Form(FlaskForm):
    """A form that takes no files, so a file sent for a text is as good as nothing."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """Return the texts without the files."""
            return request.form if form.is_submitted() else None


def strip(text: str | None) -> str | None:
    """Take the spaces around a text away; no text is None."""
    return (text or "").strip() or None


def passes(check: Callable[[Any], Any]) -> Callable[[FlaskForm, Field], None]:
    """Make a validator of a check that the API's models use too."""

    def validate(_form: FlaskForm, field: Field) -> None:
        if field.data is None:  # nothing was sent, or what another complaint is about
            return
        try:
            check(field.data)
        except ValueError as refused:
            raise ValidationError(str(refused)) from None

    return validate


#: if cookiecutter.auth :#
class ReviewForm(Form):
    rating = IntegerField("Rating, from 1 to 5", [NumberRange(min=1, max=5)])
    text = TextAreaField(
        "What do you think of it?",
        [DataRequired(), Length(max=2000), passes(check_text)],
        filters=[strip],
    )


#: endif :#
class BookForm(Form):
    title = StringField(
        "Title", [DataRequired(), Length(max=200), passes(check_text)], filters=[strip]
    )
    author = StringField(
        "Author", [DataRequired(), Length(max=200), passes(check_text)], filters=[strip]
    )
    isbn = StringField(
        "ISBN (13 digits, may stay empty)", [passes(check_isbn)], filters=[strip]
    )
    year = IntegerField("Year (may stay empty)", [Optional(), passes(check_year)])
