from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from shelf.forms import USERNAME_TAKEN, BookForm, ReviewForm, SearchForm, SignUpForm
from shelf.models import Book, Review
from shelf.validators import ISBN_TAKEN

TITLE = "{{ cookiecutter.project_name }}"


def home(request):
    return redirect("books")


def health(request):
    return JsonResponse({"status": "ok"})


@require_safe
def book_list(request):
    form = SearchForm(request.GET)
    books = Book.objects.none()
    if form.is_valid():
        books = Book.objects.with_ratings().search(form.cleaned_data["q"])
    page = Paginator(books, 10).get_page(request.GET.get("page"))
    return render(request, "shelf/book_list.html", {"form": form, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def book_detail(request, pk):
    if request.method == "POST":
        return add_review(request, pk)
    return show_book(request, pk, ReviewForm())


def show_book(request, pk, form):
    book = get_object_or_404(Book.objects.with_ratings(), pk=pk)
    reviews = book.reviews.select_related("author")
    context = {"book": book, "reviews": reviews, "form": form}
    return render(request, "shelf/book_detail.html", context)


@login_required
def add_review(request, pk):
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return show_book(request, pk, form)
    with transaction.atomic():  # nobody deletes the book while we write about it
        form.instance.book = get_object_or_404(Book.objects.select_for_update(), pk=pk)
        form.instance.author = request.user
        form.save()
    messages.success(request, "Thank you for your review.")
    return redirect("book", pk=pk)


@require_POST
@login_required(redirect_field_name=None)  # nobody can come back here with a GET
def delete_review(request, pk):
    review = get_object_or_404(Review, pk=pk)
    if review.author != request.user:
        raise PermissionDenied
    review.delete()
    messages.success(request, "Your review is gone.")
    return redirect("book", pk=review.book_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_book(request):
    form = BookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            with transaction.atomic():
                book = form.save()
        except IntegrityError:  # someone took the ISBN between the check and now
            form.add_error("isbn", ISBN_TAKEN)
        else:
            messages.success(request, f"{book} is on the shelf.")
            return redirect("book", pk=book.pk)
    return render(request, "shelf/add_book.html", {"form": form})


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request):
    form = SignUpForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            with transaction.atomic():
                member = form.save()
        except IntegrityError:  # someone took the name between the check and now
            form.add_error("username", USERNAME_TAKEN)
        else:
            login(request, member)
            messages.success(request, f"Welcome, {member}!")
            return redirect("books")
    return render(request, "shelf/sign_up.html", {"form": form})
