"""The forms to sign up and to sign in."""

from wtforms import Field, PasswordField, StringField
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from ..pages.forms import Form, passes, strip
from ..schemas import check_text
from .members import USERNAME, find_by_name


class SignUpForm(Form):
    """A new member. A password field comes back empty, whatever was typed."""

    username = StringField(
        "Name",
        [
            DataRequired(),
            Length(max=150),
            Regexp(rf"{USERNAME}\Z", message="Use only letters, digits and . @ + - _"),
        ],
        filters=[strip],
    )
    password = PasswordField(
        "Password (at least 8 characters)", [DataRequired(), Length(min=8)]
    )

    def validate_username(self, field: Field) -> None:
        """Refuse a good name that somebody has: WTForms calls this for `username`."""
        if not field.errors and find_by_name(field.data):
            raise ValidationError("This name is taken.")


class LogInForm(Form):
    username = StringField(
        "Name", [DataRequired(), passes(check_text)], filters=[strip]
    )
    password = PasswordField("Password", [DataRequired()])
