"""Stand-ins for plain Django views: drf-spectacular sees only REST framework's."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view


class HealthSerializer(serializers.Serializer):
    status = serializers.CharField()


@extend_schema(responses=HealthSerializer)
@api_view(["GET"])
def health(request):
    """Say that all is well."""


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


@extend_schema(responses=OffersSerializer)
@api_view(["GET"])
def book_offers(request, pk):
    """Ask every bookshop for its price."""


#: endif :#
#: if cookiecutter.live :#
@extend_schema(responses={(200, "text/event-stream"): str})
@api_view(["GET"])
def live(request):
    """Announce every new book as an event, until the client closes the connection."""


#: endif :#
def add_plain_views(endpoints):
    return [
        *endpoints,
        ("/health", "health", "GET", health),
        #: if cookiecutter.async :#
        ("/api/books/{id}/offers", "api/books/<int:id>/offers", "GET", book_offers),
        #: endif :#
        #: if cookiecutter.live :#
        ("/api/live", "api/live", "GET", live),
        #: endif :#
    ]
