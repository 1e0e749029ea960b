import json

from django.core.handlers.asgi import ASGIRequest
#: if cookiecutter.database :#
from django.db import transaction
#: endif :#
from django.http import JsonResponse, StreamingHttpResponse
from django.views.decorators.http import require_GET

from shelf import listeners
#: if cookiecutter.database :#
from shelf.api.serializers import BookSerializer


def announce_book(sender, instance, created, raw, **kwargs):
    """Announce a new book, whoever stored it, but not before it is stored for good."""
    if created and not raw:  # loaddata is raw
        transaction.on_commit(lambda: listeners.publish(BookSerializer(instance).data))
#: endif :#


def events(listener):
    for book in listeners.listen(listener):
        yield event(book)


async def async_events(listener):
    async for book in listeners.listen_async(listener):
        yield event(book)


def event(book):
    if book is None:
        return ": nothing new\n\n"  # a comment, which browsers skip
    return f"event: book\ndata: {json.dumps(book)}\n\n"


@require_GET
async def live(request):
    """Announce every new book as an event, until the client closes the connection."""
    listener = listeners.join()
    if listener is None:
        detail = "All places are taken. Try again in a minute."
        return JsonResponse({"detail": detail}, status=503, headers={"Retry-After": 60})
    # A WSGI server reads its pieces in a thread, an ASGI server in its event loop.
    stream = async_events if isinstance(request, ASGIRequest) else events
    return StreamingHttpResponse(
        stream(listener),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
    )
