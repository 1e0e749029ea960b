from django.db import transaction

from shelf.api.serializers import BookSerializer
from shelf.listeners import publish


def announce_book(sender, instance, created, raw, **kwargs):
    """Announce a new book, whoever stored it, but not before it is stored for good."""
    if created and not raw:  # loaddata is raw
        transaction.on_commit(lambda: publish(BookSerializer(instance).data))
