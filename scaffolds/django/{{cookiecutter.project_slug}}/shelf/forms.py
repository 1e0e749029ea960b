from django import forms

#: if cookiecutter.auth :#
from shelf.models import Book, Review
#: else :#
from shelf.models import Book
#: endif :#


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Title or author",
        max_length=200,
        required=False,
        widget=forms.SearchInput,
    )


class BookForm(forms.ModelForm):
    class Meta:
        model = Book
        fields = ["title", "author", "isbn", "year"]
#: if cookiecutter.auth :#


class ReviewForm(forms.ModelForm):
    rating = forms.IntegerField(min_value=1, max_value=5)

    class Meta:
        model = Review
        fields = ["rating", "text"]
#: endif :#
