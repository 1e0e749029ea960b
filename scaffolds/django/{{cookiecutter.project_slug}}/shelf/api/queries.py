from django.db.models import BigIntegerField
from rest_framework import serializers


class PageQuery(serializers.Serializer):
    """Which page of a list is asked for."""

    limit = serializers.IntegerField(min_value=1, max_value=100, default=20)
    offset = serializers.IntegerField(
        min_value=0,
        max_value=BigIntegerField.MAX_BIGINT,  # databases count no further
        default=0,
    )


class BookQuery(PageQuery):
    """Which books are asked for; spaces around `q` belong to the search."""

    q = serializers.CharField(
        max_length=200,
        default="",
        allow_blank=True,
        trim_whitespace=False,
    )
