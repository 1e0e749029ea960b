from django.db import models
from django.db.models import Avg, Count, Q


class BookQuerySet(models.QuerySet):
    def search(self, text):
        return self.filter(Q(title__icontains=text) | Q(author__icontains=text))

    def with_ratings(self):
        """Count and average each book's shown reviews, all in one query.

        A join does not ask the reviews' manager, so it says itself which ones count.
        A query that groups rows does not use `Meta.ordering`: it has to say its order.
        """
        shown = Q(reviews__hidden=False)
        return self.annotate(
            review_count=Count("reviews", filter=shown),
            average_rating=Avg("reviews__rating", filter=shown),
        ).order_by("-id")


class ShownReviews(models.Manager):
    """Leave hidden reviews out, wherever reviews are asked for."""

    def get_queryset(self):
        return super().get_queryset().filter(hidden=False)
