from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from shelf import managers
from shelf.validators import ISBN_TAKEN, validate_isbn13, validate_year


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
        error_messages={"unique": ISBN_TAKEN},
    )
    year = models.IntegerField(null=True, blank=True, validators=[validate_year])
    created_at = models.DateTimeField(auto_now_add=True)

    objects = managers.BookQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self):
        return f"{self.title} by {self.author}"


class Review(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="reviews")
    #: if cookiecutter.auth :#
    author = models.ForeignKey(
        "auth.User",
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

    objects = managers.ShownReviews()  # first, so that book.reviews uses it too
    everything = models.Manager()
    #: endif :#

    class Meta:
        ordering = ("-id",)

    def __str__(self):
        return f"{self.rating} of 5 for {self.book}"
