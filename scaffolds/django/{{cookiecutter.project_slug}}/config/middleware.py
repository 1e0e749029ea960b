import logging
import re
from contextvars import ContextVar
from uuid import uuid4

current_request_id = ContextVar("current_request_id", default="-")


def request_id(get_response):
    """Give each request an id, so that it can be found in the logs of every server."""

    def middleware(request):
        sent = request.headers.get("X-Request-ID", "")
        acceptable = re.fullmatch("[A-Za-z0-9._-]{1,128}", sent)
        request.id = sent if acceptable else uuid4().hex
        current_request_id.set(request.id)
        response = get_response(request)
        response["X-Request-ID"] = request.id
        return response

    return middleware


class RequestIdFilter(logging.Filter):
    """Tell the log under which request something happened."""

    def filter(self, record):
        record.request_id = current_request_id.get()
        return True
