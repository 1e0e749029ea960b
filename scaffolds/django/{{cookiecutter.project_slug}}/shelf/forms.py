from django import forms
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)

from shelf.models import Book, Review

USERNAME_TAKEN = User._meta.get_field("username").error_messages["unique"]


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Title or author",
        max_length=200,
        required=False,
        strip=False,
        widget=forms.SearchInput,
    )


class BookForm(forms.ModelForm):
    class Meta:
        model = Book
        fields = ("title", "author", "isbn", "year")


class ReviewForm(forms.ModelForm):
    class Meta:
        model = Review
        fields = ("rating", "text")


class SignUpForm(forms.ModelForm):
    """Ask for a name and one password; Django's UserCreationForm asks for it twice."""

    Meta = UserCreationForm.Meta

    password = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )

    def clean(self):
        super().clean()
        password = self.cleaned_data.get("password")
        if password is not None:
            member = User(username=self.cleaned_data.get("username", ""))
            try:
                validate_password(password, member)
            except forms.ValidationError as error:
                self.add_error("password", error)

    def save(self, commit=True):
        self.instance.set_password(self.cleaned_data["password"])
        return super().save(commit)
