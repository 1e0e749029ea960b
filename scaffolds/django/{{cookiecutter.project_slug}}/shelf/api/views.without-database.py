from django.http import Http404
from django.urls import reverse
from rest_framework.decorators import api_view
from rest_framework.response import Response

from shelf.api.queries import BookQuery
from shelf.api.serializers import BookSerializer
from shelf.models import BOOKS, search_books


@api_view(["GET", "POST"])
def book_list(request):
    if request.method == "POST":
        return create_book(request)
    query = BookQuery(data=request.query_params.dict())
    query.is_valid(raise_exception=True)
    limit, offset = query.validated_data["limit"], query.validated_data["offset"]
    found = search_books(query.validated_data["q"])
    page = BookSerializer(found[offset : offset + limit], many=True)
    return Response({"items": page.data, "total": len(found)})


def create_book(request):
    serializer = BookSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    book = serializer.save()
    location = reverse("book-detail", args=[book.id])
    return Response(serializer.data, status=201, headers={"Location": location})


@api_view(["GET"])
def book_detail(request, pk):
    for book in BOOKS:
        if book.id == pk:
            return Response(BookSerializer(book).data)
    raise Http404(f"No book has the id {pk}.")
