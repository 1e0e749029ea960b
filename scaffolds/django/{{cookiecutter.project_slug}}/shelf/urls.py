#: if cookiecutter.auth :#
from django.contrib.auth.views import LoginView, LogoutView
#: endif :#
from django.urls import path

from shelf import views

urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    #: if cookiecutter.pages :#
    path("books", views.book_list, name="book-list"),
    path("books/new", views.add_book, name="add-book"),
    path("books/<int:pk>", views.book_detail, name="book-detail"),
    #: endif :#
    #: if cookiecutter.auth :#
    path("reviews/<int:pk>/delete", views.delete_review, name="delete-review"),
    path("signup", views.sign_up, name="signup"),
    path("login", LoginView.as_view(), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    #: endif :#
]
