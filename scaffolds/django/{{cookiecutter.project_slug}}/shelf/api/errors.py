from rest_framework import views
from rest_framework.exceptions import ParseError


def exception_handler(error, context):
    """Answer an exception of a view; endless brackets are the sender's mistake."""
    if isinstance(error, RecursionError):
        error = ParseError("The JSON is nested too deeply.")
    return views.exception_handler(error, context)
