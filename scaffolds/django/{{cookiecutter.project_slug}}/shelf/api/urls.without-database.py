from django.urls import path

from shelf.api import views

urlpatterns = [
    path("books", views.book_list, name="book-list"),
    path("books/<int:pk>", views.book_detail, name="book-detail"),
]
