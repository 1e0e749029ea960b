from django.core.handlers.asgi import ASGIRequest
#: if cookiecutter.database :#
from django.db import transaction
#: endif :#
from django.http import JsonResponse, StreamingHttpResponse
from django.views.decorators.http import require_GET

#: if cookiecutter.database :#
from shelf.api.serializers import BookSerializer
from shelf.listeners import join, listen, listen_async, publish


def announce_book(sender, instance, created, raw, **kwargs):
    """Announce a new book, whoever stored it, but not before it is stored for good."""
    if created and not raw:  # loaddata is raw
        transaction.on_commit(lambda: publish(BookSerializer(instance).data))
#: else :#
from shelf.listeners import join, listen, listen_async
#: endif :#


@require_GET
async def live(request):
    """Announce every new book as an event, until the client closes the connection."""
    listener = join()
    if listener is None:
        detail = "All places are taken. Try again in a minute."
        return JsonResponse({"detail": detail}, status=503, headers={"Retry-After": 60})
    # A WSGI server reads its pieces in a thread, an ASGI server in its event loop.
    stream = listen_async if isinstance(request, ASGIRequest) else listen
    return StreamingHttpResponse(
        stream(listener),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
    )
