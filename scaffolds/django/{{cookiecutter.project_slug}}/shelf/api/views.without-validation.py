from dataclasses import asdict

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from shelf.books import find_book, search_books
from shelf.forms import BookQueryForm


@require_safe
def book_list(request):
    query = BookQueryForm({"limit": 20, "offset": 0, **request.GET.dict()})
    if not query.is_valid():
        return JsonResponse(query.errors.get_json_data(), status=400)
    limit, offset = query.cleaned_data["limit"], query.cleaned_data["offset"]
    found = search_books(query.cleaned_data["q"])
    page = [asdict(book) for book in found[offset : offset + limit]]
    return JsonResponse({"items": page, "total": len(found)})


@require_safe
def book_detail(request, pk):
    book = find_book(pk)
    if book is None:
        return JsonResponse({"detail": f"No book has the id {pk}."}, status=404)
    return JsonResponse(asdict(book))
