from django.contrib import messages
#: if cookiecutter.auth :#
from django.contrib.auth.decorators import login_not_required, login_required
from django.contrib.auth.forms import UserCreationForm
from django.core.exceptions import PermissionDenied
#: endif :#
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
#: if cookiecutter.auth :#
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from shelf.forms import BookForm, ReviewForm, SearchForm
from shelf.models import Book, Review
#: else :#
from django.views.decorators.http import require_safe

from shelf.forms import BookForm, SearchForm
from shelf.models import Book
#: endif :#


def home(request):
    return redirect("book-list")


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


#: if cookiecutter.auth :#
def book_detail(request, pk):
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with transaction.atomic():  # nobody deletes the book in between
            book = get_object_or_404(Book.objects.select_for_update(), pk=pk)
            book.reviews.create(author=request.user, **form.cleaned_data)
        messages.success(request, "Thank you for your review.")
        return redirect("book-detail", pk=pk)
    book = get_object_or_404(Book.objects.with_ratings(), pk=pk)
    #: if cookiecutter.admin :#
    reviews = book.reviews.shown().select_related("author")
    #: else :#
    reviews = book.reviews.select_related("author")
    #: endif :#
    context = {"book": book, "reviews": reviews, "form": form}
    return render(request, "shelf/book_detail.html", context)


@login_required
def add_book(request):
#: else :#
@require_safe
def book_detail(request, pk):
    book = get_object_or_404(Book.objects.with_ratings(), pk=pk)
    context = {"book": book, "reviews": book.reviews.all()}
    return render(request, "shelf/book_detail.html", context)


def add_book(request):
#: endif :#
    form = BookForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (book := save(form)):
        messages.success(request, f"{book} is on the shelf.")
        return redirect("book-detail", pk=book.pk)
    return render(request, "shelf/add_book.html", {"form": form})


#: if cookiecutter.auth :#
@require_POST
@login_required(redirect_field_name=None)  # nobody can come back here with a GET
def delete_review(request, pk):
    #: if cookiecutter.admin :#
    review = get_object_or_404(Review.objects.shown(), pk=pk)
    #: else :#
    review = get_object_or_404(Review, pk=pk)
    #: endif :#
    if review.author != request.user:
        raise PermissionDenied
    review.delete()
    messages.success(request, "Your review is gone.")
    return redirect("book-detail", pk=review.book_id)


@login_not_required
@sensitive_post_parameters("password1", "password2")
def sign_up(request):
    form = UserCreationForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (user := save(form)):
        messages.success(request, f"Welcome, {user}! Now you can sign in.")
        return redirect(reverse("login", query=request.GET))
    return render(request, "registration/sign_up.html", {"form": form})


#: endif :#
def save(form):
    """Save a valid form, or return None if a unique value has been taken meanwhile."""
    try:
        with transaction.atomic():
            return form.save()
    except IntegrityError:
        form.full_clean()  # asks the database again, and notes what is taken
        if not form.errors:
            raise
    return None
