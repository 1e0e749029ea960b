from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from shelf import views

urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("books", views.book_list, name="books"),
    path("books/new", views.add_book, name="add-book"),
    path("books/<int:pk>", views.book_detail, name="book"),
    path("reviews/<int:pk>/delete", views.delete_review, name="delete-review"),
    path("signup", views.sign_up, name="signup"),
    path("login", LoginView.as_view(template_name="shelf/login.html"), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
]
