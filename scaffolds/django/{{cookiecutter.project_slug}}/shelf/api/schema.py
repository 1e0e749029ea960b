"""Describe the plain Django views: drf-spectacular finds only REST framework's."""

from django.urls import get_script_prefix
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view

#: if cookiecutter.live :#
from shelf.api.live import live
#: endif :#
#: if cookiecutter.async :#
from shelf.api.offers import book_offers
#: endif :#
from shelf.views import health


class HealthSerializer(serializers.Serializer):
    status = serializers.CharField()


#: if cookiecutter.async :#
class OfferSerializer(serializers.Serializer):
    shop = serializers.URLField()
    price = serializers.FloatField()


class FailureSerializer(serializers.Serializer):
    shop = serializers.URLField()
    reason = serializers.CharField()


class OffersSerializer(serializers.Serializer):
    offers = OfferSerializer(many=True)
    failed = FailureSerializer(many=True)


#: endif :#
PLAIN_VIEWS = [
    ("/health", health, HealthSerializer),
    #: if cookiecutter.async :#
    ("/api/books/{id}/offers", book_offers, OffersSerializer),
    #: endif :#
    #: if cookiecutter.live :#
    ("/api/live", live, {(200, "text/event-stream"): str}),
    #: endif :#
]


def add_plain_views(endpoints):
    """Add them as views of REST framework's, which are only looked at."""
    for path, view, responses in PLAIN_VIEWS:
        described = extend_schema(responses=responses)(api_view(["GET"])(view))
        endpoints.append((path, path.replace("{id}", "<int:id>"), "GET", described))
    return endpoints


def add_prefix(result, generator, request, public):
    """Say where the API is, also below the path that a proxy gives this site."""
    return result | {"servers": [{"url": get_script_prefix()}]}
