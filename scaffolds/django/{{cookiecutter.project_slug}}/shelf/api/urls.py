from django.urls import path

from shelf.api import views

urlpatterns = [
    path("books", views.BookList.as_view(), name="book-list"),
    path("books/<int:pk>", views.BookDetail.as_view(), name="book-detail"),
    path("books/<int:pk>/reviews", views.ReviewList.as_view(), name="review-list"),
    path("reviews/<int:pk>", views.ReviewDetail.as_view(), name="review-detail"),
]
