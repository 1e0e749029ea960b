from django.db import DatabaseError, transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
#: if cookiecutter.api_docs :#
from drf_spectacular.utils import extend_schema, extend_schema_view
#: endif :#
from rest_framework import generics
#: if cookiecutter.auth :#
from rest_framework.permissions import IsAuthenticated
#: endif :#

from shelf.api.pagination import Pagination
#: if cookiecutter.auth :#
from shelf.api.permissions import IsAuthor
#: endif :#
#: if cookiecutter.api_docs :#
from shelf.api.serializers import (
    BookQuerySerializer,
    BookSerializer,
    PageQuerySerializer,
    ReviewSerializer,
)
#: else :#
from shelf.api.serializers import BookQuerySerializer, BookSerializer, ReviewSerializer
#: endif :#
from shelf.models import Book, Review


#: if cookiecutter.api_docs :#
@extend_schema_view(get=extend_schema(parameters=[BookQuerySerializer]))
#: endif :#
class BookList(generics.ListCreateAPIView):
    serializer_class = BookSerializer
    pagination_class = Pagination

    def get_queryset(self):
        query = BookQuerySerializer(data=self.request.query_params.dict())
        query.is_valid(raise_exception=True)
        return Book.objects.with_ratings().search(query.validated_data["q"])

    def get_success_headers(self, data):
        return {"Location": reverse("api-book-detail", args=[data["id"]])}


class DetailView(generics.RetrieveUpdateDestroyAPIView):
    http_method_names = ["get", "head", "options", "patch", "delete"]

    def perform_update(self, serializer):
        try:
            serializer.save()
        except DatabaseError:  # has somebody deleted it since it was read?
            self.get_object()
            raise


class BookDetail(DetailView):
    queryset = Book.objects.with_ratings()
    serializer_class = BookSerializer

    @transaction.atomic
    def perform_destroy(self, book):
        # Locked, so that nobody adds a review in between.
        get_object_or_404(Book.objects.select_for_update(), pk=book.pk).delete()


#: if cookiecutter.api_docs :#
@extend_schema_view(get=extend_schema(parameters=[PageQuerySerializer]))
#: endif :#
class ReviewList(generics.ListCreateAPIView):
    serializer_class = ReviewSerializer
    pagination_class = Pagination

    def get_queryset(self):
        book = get_object_or_404(Book, pk=self.kwargs["pk"])
        #: if cookiecutter.admin :#
        return book.reviews.shown().select_related("author")
        #: elif cookiecutter.auth :#
        return book.reviews.select_related("author")
        #: else :#
        return book.reviews.all()
        #: endif :#

    @transaction.atomic
    def perform_create(self, serializer):
        # Locked, so that nobody deletes the book in between.
        book = get_object_or_404(Book.objects.select_for_update(), pk=self.kwargs["pk"])
        #: if cookiecutter.auth :#
        serializer.save(book=book, author=self.request.user)
        #: else :#
        serializer.save(book=book)
        #: endif :#


class ReviewDetail(DetailView):
    http_method_names = ["options", "patch", "delete"]
    #: if cookiecutter.admin :#
    queryset = Review.objects.shown().select_related("author")
    #: elif cookiecutter.auth :#
    queryset = Review.objects.select_related("author")
    #: else :#
    queryset = Review.objects.all()
    #: endif :#
    serializer_class = ReviewSerializer
    #: if cookiecutter.auth :#
    permission_classes = [IsAuthenticated, IsAuthor]
    #: endif :#
