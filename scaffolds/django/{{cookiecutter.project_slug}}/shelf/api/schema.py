"""Describe the plain Django views: drf-spectacular finds only REST framework's."""

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
def describe(view, responses):
    """Return the view as one of REST framework's, which is only looked at."""
    return extend_schema(responses=responses)(api_view(["GET"])(view))


def add_plain_views(endpoints):
    return [
        *endpoints,
        ("/health", "health", "GET", describe(health, HealthSerializer)),
        #: if cookiecutter.async :#
        (
            "/api/books/{id}/offers",
            "api/books/<int:id>/offers",
            "GET",
            describe(book_offers, OffersSerializer),
        ),
        #: endif :#
        #: if cookiecutter.live :#
        (
            "/api/live",
            "api/live",
            "GET",
            describe(live, {(200, "text/event-stream"): str}),
        ),
        #: endif :#
    ]
