from django.urls import path

#: if cookiecutter.jobs :#
from imports.views import ImportDetail, ImportList
#: endif :#
from shelf.api import views
#: if cookiecutter.live :#
from shelf.api.live import live
#: endif :#
#: if cookiecutter.async :#
from shelf.api.offers import book_offers
#: endif :#
#: if cookiecutter.model :#
from shelf.api.scoring import ScoreReview
#: endif :#

urlpatterns = [
    #: if cookiecutter.database :#
    path("books", views.BookList.as_view(), name="api-book-list"),
    path("books/<int:pk>", views.BookDetail.as_view(), name="api-book-detail"),
    path("books/<int:pk>/reviews", views.ReviewList.as_view(), name="api-review-list"),
    path("reviews/<int:pk>", views.ReviewDetail.as_view(), name="api-review-detail"),
    #: else :#
    path("books", views.book_list, name="api-book-list"),
    path("books/<int:pk>", views.book_detail, name="api-book-detail"),
    #: endif :#
    #: if cookiecutter.async :#
    path("books/<int:pk>/offers", book_offers, name="api-book-offers"),
    #: endif :#
    #: if cookiecutter.model :#
    path("reviews/score", ScoreReview.as_view(), name="api-score-review"),
    #: endif :#
    #: if cookiecutter.jobs :#
    path("imports", ImportList.as_view(), name="api-import-list"),
    path("imports/<int:pk>", ImportDetail.as_view(), name="api-import-detail"),
    #: endif :#
    #: if cookiecutter.live :#
    path("live", live, name="api-live"),
    #: endif :#
]
