from dataclasses import asdict

from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from shelf.api.queries import BookQuery
from shelf.models import BOOKS, search_books


# Exempt, because the CSRF check comes first: a POST would hear 403 instead of 405.
@csrf_exempt
@require_safe
def book_list(request):
    query = BookQuery({"limit": 20, "offset": 0, **request.GET.dict()})
    if not query.is_valid():
        return JsonResponse(query.errors.get_json_data(), status=400)
    limit, offset = query.cleaned_data["limit"], query.cleaned_data["offset"]
    found = search_books(query.cleaned_data["q"])
    page = [asdict(book) for book in found[offset : offset + limit]]
    return JsonResponse({"items": page, "total": len(found)})


@csrf_exempt
@require_safe
def book_detail(request, pk):
    for book in BOOKS:
        if book.id == pk:
            return JsonResponse(asdict(book))
    return JsonResponse({"detail": f"No book has the id {pk}."}, status=404)
