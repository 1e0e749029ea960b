"""What drf-spectacular cannot read off functions: what they take and answer."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from shelf.api import views
from shelf.api.queries import BookQuery
from shelf.api.serializers import BookSerializer


class BookPageSerializer(serializers.Serializer):
    items = BookSerializer(many=True)
    total = serializers.IntegerField()


extend_schema(
    methods=["GET"],
    operation_id="api_books_list",
    parameters=[BookQuery],
    responses=BookPageSerializer,
)(views.book_list)
extend_schema(
    methods=["POST"],
    request=BookSerializer,
    responses={201: BookSerializer},
)(views.book_list)
extend_schema(responses=BookSerializer)(views.book_detail)
