from django.http import JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from shelf.models import BOOKS
from shelf.offers import find_offers, open_client


# A plain Django view: REST framework's are not asynchronous. Exempt, because the
# CSRF check comes first: a POST would hear 403 instead of 405.
@csrf_exempt
@require_safe
async def book_offers(request, pk):
    book = next((book for book in BOOKS if book.id == pk), None)
    if book is None:
        return JsonResponse({"detail": f"No book has the id {pk}."}, status=404)
    async with open_client() as client:
        return JsonResponse(await find_offers(client, book.isbn))


urlpatterns = [path("books/<int:pk>/offers", book_offers, name="book-offers")]
