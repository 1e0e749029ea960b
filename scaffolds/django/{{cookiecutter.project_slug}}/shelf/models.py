#: if cookiecutter.auth :#
from django.conf import settings
#: endif :#
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Avg, Count, Q

from shelf.validators import validate_isbn13, validate_year


class BookQuerySet(models.QuerySet):
    def search(self, text):
        return self.filter(Q(title__icontains=text) | Q(author__icontains=text))

    def with_ratings(self):
        """Count and average each book's reviews, all in one query.

        A query that groups rows does not use `Meta.ordering`: it has to say its order.
        """
        #: if cookiecutter.admin :#
        shown = Q(reviews__hidden=False)
        return self.annotate(
            review_count=Count("reviews", filter=shown),
            average_rating=Avg("reviews__rating", filter=shown),
        ).order_by("-id")
        #: else :#
        return self.annotate(
            review_count=Count("reviews"),
            average_rating=Avg("reviews__rating"),
        ).order_by("-id")
        #: endif :#


class Book(models.Model):
    title = models.CharField(max_length=200)
    author = models.CharField(max_length=200)
    isbn = models.CharField(
        "ISBN",
        max_length=13,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_isbn13],
    )
    year = models.IntegerField(null=True, blank=True, validators=[validate_year])
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BookQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"{self.title} by {self.author}"


#: if cookiecutter.admin :#
class ReviewQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(hidden=False)


#: endif :#
class Review(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="reviews")
    #: if cookiecutter.auth :#
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="reviews",
        null=True,
        blank=True,
    )
    #: endif :#
    rating = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    text = models.TextField(max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)
    #: if cookiecutter.admin :#
    hidden = models.BooleanField(default=False)

    objects = ReviewQuerySet.as_manager()
    #: endif :#

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"{self.rating} of 5 for {self.book}"
