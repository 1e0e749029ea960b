from django.contrib import admin
from django.utils.text import Truncator

from shelf.models import Book, Review


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    list_display = ["title", "author", "isbn", "year"]
    search_fields = ["title", "author", "isbn"]


@admin.register(Review)
class ReviewAdmin(admin.ModelAdmin):
    """Let staff hide what members wrote, and show it again, but not rewrite it."""

    list_display = ["book", "author", "rating", "beginning", "created_at", "hidden"]
    list_editable = ["hidden"]
    list_filter = ["hidden", "rating"]
    list_select_related = ["book", "author"]
    search_fields = ["text", "book__title", "author__username"]
    readonly_fields = ["book", "author", "rating", "text", "created_at"]

    def has_add_permission(self, request):
        return False

    @admin.display(description="text")
    def beginning(self, review):
        return Truncator(review.text).chars(60)
