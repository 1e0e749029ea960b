"""The forms to sign up and to sign in."""

from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length, Regexp

from ..pages.forms import Form, strip
from .members import USERNAME


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


class LogInForm(Form):
    """A name and a password, which fit together or not."""

    username = StringField("Name", [DataRequired()], filters=[strip])
    password = PasswordField("Password", [DataRequired()])
