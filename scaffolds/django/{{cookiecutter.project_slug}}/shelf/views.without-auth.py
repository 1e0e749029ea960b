from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from shelf.forms import BookForm, SearchForm
from shelf.models import Book
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


@require_safe
def book_detail(request, pk):
    book = get_object_or_404(Book.objects.with_ratings(), pk=pk)
    context = {"book": book, "reviews": book.reviews.all()}
    return render(request, "shelf/book_detail.html", context)


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
