from django.urls import path

from imports import views

urlpatterns = [
    path("imports", views.ImportList.as_view(), name="import-list"),
    path("imports/<int:pk>", views.ImportDetail.as_view(), name="import-detail"),
]
