from django import forms


class BookQueryForm(forms.Form):
    """What may stand after the `?` of the list's URL."""

    q = forms.CharField(max_length=200, required=False, strip=False)
    limit = forms.IntegerField(min_value=1, max_value=100)
    offset = forms.IntegerField(min_value=0)
