from threading import Lock

from rest_framework import serializers

from shelf.models import BOOKS, Book
from shelf.validators import ISBN_TAKEN, validate_isbn13, validate_year

#: if cookiecutter.live :#
from ..live import publish

#: endif :#
adding = Lock()


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
                raise serializers.ValidationError({"isbn": [ISBN_TAKEN]})
            book = Book(id=len(BOOKS) + 1, **validated_data)
            BOOKS.append(book)
            #: if cookiecutter.live :#
            publish(self.to_representation(book))
            #: endif :#
        return book
