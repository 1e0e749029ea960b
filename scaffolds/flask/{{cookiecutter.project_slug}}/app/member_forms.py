"""The forms that members and those who want to become one fill in."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField, TextAreaField
from wtforms.widgets import NumberInput

from .forms import CheckedForm
from .schemas import MemberInput, ReviewInput


class SignUpForm(CheckedForm):
    """A new member. A password field comes back empty, whatever was typed."""

    model = MemberInput

    username = StringField("Name (letters, digits and . @ + - _)")
    password = PasswordField("Password (at least 8 characters)")


class LogInForm(FlaskForm):
    """A name and a password, which fit together or not."""

    username = StringField("Name")
    password = PasswordField("Password")


class ReviewForm(CheckedForm):
    """A new review."""

    model = ReviewInput

    rating = StringField("Rating, from 1 to 5", widget=NumberInput(min=1, max=5))
    text = TextAreaField("What do you think of it?")
