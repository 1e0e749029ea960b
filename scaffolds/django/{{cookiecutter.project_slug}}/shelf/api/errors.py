from django.core.exceptions import RequestDataTooBig
from rest_framework import views
from rest_framework.exceptions import ParseError


def exception_handler(error, context):
    """Answer what a view raised, and two accidents that REST framework lets through."""
    if isinstance(error, RecursionError):
        error = ParseError("The JSON is nested too deeply.")
    if isinstance(error, RequestDataTooBig):
        error = ParseError("The body is too large.")
    return views.exception_handler(error, context)
