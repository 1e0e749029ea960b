from django.db import IntegrityError, transaction
#: if cookiecutter.api_docs :#
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
#: endif :#
from rest_framework import serializers

from shelf.models import Book, Review
#: if cookiecutter.api_docs :#

EMMA = {"title": "Emma", "author": "Jane Austen", "year": 1815}
#: endif :#


class PageQuerySerializer(serializers.Serializer):
    """Which page of a list is asked for; no database counts beyond 2**63."""

    limit = serializers.IntegerField(min_value=1, max_value=100, default=20)
    offset = serializers.IntegerField(min_value=0, max_value=2**63 - 1, default=0)


class BookQuerySerializer(PageQuerySerializer):
    """Which books are asked for; spaces around `q` belong to the search."""

    q = serializers.CharField(
        max_length=200, default="", allow_blank=True, trim_whitespace=False
    )


class UpdateFieldsSerializer(serializers.ModelSerializer):
    def update(self, instance, validated_data):
        """Save only what was sent, so that two changes at once do not undo each other."""
        for field, value in validated_data.items():
            setattr(instance, field, value)
        instance.save(update_fields=validated_data)
        return instance


#: if cookiecutter.api_docs :#
@extend_schema_serializer(examples=[OpenApiExample("Emma", EMMA, request_only=True)])
#: endif :#
class BookSerializer(UpdateFieldsSerializer):
    review_count = serializers.IntegerField(read_only=True, default=0)
    average_rating = serializers.FloatField(read_only=True, allow_null=True)

    class Meta:
        model = Book
        fields = [
            "id",
            "title",
            "author",
            "isbn",
            "year",
            "created_at",
            "review_count",
            "average_rating",
        ]

    def validate_isbn(self, value):
        return value or None

    def save(self, **kwargs):
        try:
            with transaction.atomic():
                return super().save(**kwargs)
        except IntegrityError:  # has somebody taken the ISBN since is_valid()?
            self.run_validation(self.initial_data)
            raise


class ReviewSerializer(UpdateFieldsSerializer):
    #: if cookiecutter.auth :#
    author = serializers.CharField(
        source="author.username", read_only=True, allow_null=True
    )

    #: endif :#
    class Meta:
        model = Review
        #: if cookiecutter.auth :#
        fields = ["id", "book_id", "author", "rating", "text", "created_at"]
        #: else :#
        fields = ["id", "book_id", "rating", "text", "created_at"]
        #: endif :#
