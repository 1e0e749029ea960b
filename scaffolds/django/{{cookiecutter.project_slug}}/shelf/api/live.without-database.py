import json

from django.http import StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from shelf.live import listen


def events():
    for book in listen():
        if book is None:
            yield ": nothing new\n\n"  # a comment, which browsers skip
        else:
            yield f"event: book\ndata: {json.dumps(book)}\n\n"


@csrf_exempt  # the CSRF check comes first: a POST would hear 403 instead of 405
@require_GET
def live(request):
    return StreamingHttpResponse(
        events(),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
    )


urlpatterns = [path("live", live, name="live")]
