from asgiref.sync import sync_to_async
from django.db import close_old_connections
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from shelf.models import Book
from shelf.prices import find_offers, open_client


@require_safe
async def book_offers(request, pk):
    """Ask every bookshop for its price."""
    book = await Book.objects.filter(pk=pk).afirst()
    if book is None:
        return JsonResponse({"detail": f"No book has the id {pk}."}, status=404)
    # The shops may take a while, and others need the connection.
    await sync_to_async(close_old_connections)()
    async with open_client() as client:
        return JsonResponse(await find_offers(client, book.isbn))
