from threading import Lock

#: if cookiecutter.api_docs :#
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
#: endif :#
from rest_framework import serializers

from shelf.books import BOOKS, Book
#: if cookiecutter.live :#
from shelf.listeners import publish
#: endif :#
from shelf.validators import validate_isbn13, validate_year

#: if cookiecutter.api_docs :#
EMMA = {"title": "Emma", "author": "Jane Austen", "year": 1815}
#: endif :#
adding = Lock()


class PageQuerySerializer(serializers.Serializer):
    """Which page of a list is asked for; no database counts beyond 2**63."""

    limit = serializers.IntegerField(min_value=1, max_value=100, default=20)
    offset = serializers.IntegerField(min_value=0, max_value=2**63 - 1, default=0)


class BookQuerySerializer(PageQuerySerializer):
    """Which books are asked for; spaces around `q` belong to the search."""

    q = serializers.CharField(
        max_length=200, default="", allow_blank=True, trim_whitespace=False
    )


#: if cookiecutter.api_docs :#
@extend_schema_serializer(examples=[OpenApiExample("Emma", EMMA, request_only=True)])
#: endif :#
class BookSerializer(serializers.Serializer):
    id = serializers.IntegerField(read_only=True)
    title = serializers.CharField(max_length=200)
    author = serializers.CharField(max_length=200)
    isbn = serializers.CharField(
        default=None,
        allow_null=True,
        allow_blank=True,
        validators=[validate_isbn13],
    )
    year = serializers.IntegerField(
        default=None,
        allow_null=True,
        validators=[validate_year],
    )

    def validate_isbn(self, value):
        return value or None

    def create(self, validated_data):
        isbn = validated_data["isbn"]
        with adding:  # the server runs threads: check and append are one step
            if isbn and any(book.isbn == isbn for book in BOOKS):
                message = "book with this ISBN already exists."
                raise serializers.ValidationError({"isbn": [message]})
            book = Book(id=len(BOOKS) + 1, **validated_data)
            BOOKS.append(book)
            #: if cookiecutter.live :#
            publish(self.to_representation(book))
            #: endif :#
        return book
#: if cookiecutter.api_docs :#


class BookPageSerializer(serializers.Serializer):
    items = BookSerializer(many=True)
    total = serializers.IntegerField()
#: endif :#
