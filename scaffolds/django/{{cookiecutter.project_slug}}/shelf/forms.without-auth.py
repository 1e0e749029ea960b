from django import forms

from shelf.models import Book


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
