from django.http import JsonResponse
from django.views.decorators.http import require_safe

from shelf.books import find_book
from shelf.prices import find_offers, open_client


@require_safe
async def book_offers(request, pk):
    """Ask every bookshop for its price."""
    book = find_book(pk)
    if book is None:
        return JsonResponse({"detail": f"No book has the id {pk}."}, status=404)
    async with open_client() as client:
        return JsonResponse(await find_offers(client, book.isbn))
