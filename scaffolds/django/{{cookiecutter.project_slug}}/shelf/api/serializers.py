from django.db import IntegrityError, transaction
from rest_framework import serializers

from shelf.models import Book, Review
from shelf.validators import ISBN_TAKEN


class BookSerializer(serializers.ModelSerializer):
    review_count = serializers.IntegerField(read_only=True, default=0)
    average_rating = serializers.FloatField(read_only=True, default=None)

    class Meta:
        model = Book
        fields = (
            "id",
            "title",
            "author",
            "isbn",
            "year",
            "created_at",
            "review_count",
            "average_rating",
        )

    def validate_isbn(self, value):
        return value or None

    def save(self, **kwargs):
        try:
            with transaction.atomic():
                return super().save(**kwargs)
        except IntegrityError:  # someone took the ISBN between our check and now
            raise serializers.ValidationError({"isbn": [ISBN_TAKEN]}) from None


class ReviewSerializer(serializers.ModelSerializer):
    #: if cookiecutter.auth :#
    author = serializers.SlugRelatedField("username", read_only=True)

    #: endif :#
    class Meta:
        model = Review
        fields = (
            "id",
            "book_id",
            #: if cookiecutter.auth :#
            "author",
            #: endif :#
            "rating",
            "text",
            "created_at",
        )
