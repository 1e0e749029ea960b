import re
from uuid import uuid4


def request_id(get_response):
    """Give each request an id, so that it can be found in the logs of every server."""

    def middleware(request):
        sent = request.headers.get("X-Request-ID", "")
        acceptable = re.fullmatch("[A-Za-z0-9._-]{1,128}", sent)
        request.id = sent if acceptable else uuid4().hex
        response = get_response(request)
        response["X-Request-ID"] = request.id
        return response

    return middleware
