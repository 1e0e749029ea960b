from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from rest_framework import generics, mixins
from rest_framework.exceptions import ParseError

from shelf.api.pagination import Page
from shelf.api.permissions import IsAuthor
from shelf.api.queries import BookQuery
from shelf.api.serializers import BookSerializer, ReviewSerializer
from shelf.models import Book, Review


class PatchMixin(mixins.UpdateModelMixin):
    # Single fields change with PATCH; there is no PUT to replace everything.
    def patch(self, request, *args, **kwargs):
        if not request.body:
            raise ParseError("The body is empty. Send a JSON object.")
        with transaction.atomic():  # nobody changes the row between reading and saving
            return self.partial_update(request, *args, **kwargs)


class BookList(generics.ListCreateAPIView):
    serializer_class = BookSerializer
    pagination_class = Page

    def get_queryset(self):
        query = BookQuery(data=self.request.query_params.dict())
        query.is_valid(raise_exception=True)
        return Book.objects.with_ratings().search(query.validated_data["q"])

    def get_success_headers(self, data):
        return {"Location": reverse("book-detail", args=[data["id"]])}


class BookDetail(PatchMixin, generics.RetrieveDestroyAPIView):
    queryset = Book.objects.with_ratings()
    serializer_class = BookSerializer


class ReviewList(generics.ListCreateAPIView):
    serializer_class = ReviewSerializer
    pagination_class = Page

    def get_queryset(self):
        book = get_object_or_404(Book, pk=self.kwargs["pk"])
        return book.reviews.select_related("author")

    @transaction.atomic
    def perform_create(self, serializer):
        book = get_object_or_404(Book.objects.select_for_update(), pk=self.kwargs["pk"])
        serializer.save(book=book, author=self.request.user)


class ReviewDetail(PatchMixin, generics.DestroyAPIView):
    queryset = Review.objects.select_related("author")
    serializer_class = ReviewSerializer
    permission_classes = (IsAuthor,)
