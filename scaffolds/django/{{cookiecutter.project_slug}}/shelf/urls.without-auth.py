from django.urls import path

from shelf import views

urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    #: if cookiecutter.pages :#
    path("books", views.book_list, name="books"),
    path("books/new", views.add_book, name="add-book"),
    path("books/<int:pk>", views.book_detail, name="book"),
    #: endif :#
]
