from django.db import models
from django.db.models import Avg, Count, Q


class BookQuerySet(models.QuerySet):
    def search(self, text):
        return self.filter(Q(title__icontains=text) | Q(author__icontains=text))

    def with_ratings(self):
        """Count and average each book's reviews, all in one query.

        A query that groups rows does not use `Meta.ordering`: it has to say its order.
        """
        return self.annotate(
            review_count=Count("reviews"),
            average_rating=Avg("reviews__rating"),
        ).order_by("-id")
