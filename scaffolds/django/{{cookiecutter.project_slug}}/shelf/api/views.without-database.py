from django.http import Http404
from django.urls import reverse
#: if cookiecutter.api_docs :#
from drf_spectacular.utils import extend_schema
#: endif :#
from rest_framework.decorators import api_view
from rest_framework.response import Response

#: if cookiecutter.api_docs :#
from shelf.api.serializers import (
    BookPageSerializer,
    BookQuerySerializer,
    BookSerializer,
)
#: else :#
from shelf.api.serializers import BookQuerySerializer, BookSerializer
#: endif :#
from shelf.books import find_book, search_books


#: if cookiecutter.api_docs :#
@extend_schema(
    methods=["GET"],
    operation_id="books_list",
    parameters=[BookQuerySerializer],
    responses=BookPageSerializer,
)
@extend_schema(
    methods=["POST"],
    request=BookSerializer,
    responses={201: BookSerializer},
)
#: endif :#
@api_view(["GET", "POST"])
def book_list(request):
    if request.method == "POST":
        return create_book(request)
    query = BookQuerySerializer(data=request.query_params.dict())
    query.is_valid(raise_exception=True)
    limit, offset = query.validated_data["limit"], query.validated_data["offset"]
    found = search_books(query.validated_data["q"])
    page = BookSerializer(found[offset : offset + limit], many=True)
    return Response({"items": page.data, "total": len(found)})


def create_book(request):
    serializer = BookSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    book = serializer.save()
    location = reverse("api-book-detail", args=[book.id])
    return Response(serializer.data, status=201, headers={"Location": location})


#: if cookiecutter.api_docs :#
@extend_schema(responses=BookSerializer)
#: endif :#
@api_view(["GET"])
def book_detail(request, pk):
    book = find_book(pk)
    if book is None:
        raise Http404(f"No book has the id {pk}.")
    return Response(BookSerializer(book).data)
