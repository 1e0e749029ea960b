from django.db import IntegrityError
from django.test import Client, TestCase
from django.utils.html import escape

from shelf.forms import BookForm
from shelf.models import Book
from shelf.tests.cases import BookTestCase
from shelf.views import save

EMMA = {"title": "Emma", "author": "Jane Austen", "isbn": "", "year": "1815"}


class BookPagesTests(TestCase):
    fixtures = ["books"]

    def test_list_shows_ten_books_a_page(self):
        newest = self.client.get("/books")
        self.assertContains(newest, "Persepolis")
        self.assertContains(newest, "?page=2")
        self.assertNotContains(newest, "Beloved")
        self.assertContains(self.client.get("/books?page=2"), "Beloved")

    def test_page_that_does_not_exist_becomes_the_nearest_one(self):
        for number, title in {"99": "Beloved", "x": "Persepolis"}.items():
            with self.subTest(number=number):
                response = self.client.get("/books", {"page": number})
                self.assertContains(response, title)

    def test_search_shows_what_fits_and_keeps_the_words(self):
        response = self.client.get("/books", {"q": "morrison"})
        self.assertContains(response, "Beloved")
        self.assertNotContains(response, "Kindred")
        self.assertContains(response, 'value="morrison"')

    def test_search_too_long_or_with_a_zero_is_an_error_on_the_page(self):
        for q in ["x" * 201, "\0"]:
            with self.subTest(q=q):
                response = self.client.get("/books", {"q": q})
                self.assertContains(response, 'id="id_q_error"')
                self.assertNotContains(response, "Persepolis")

    def test_book_page_shows_its_reviews(self):
        Book.objects.get(pk=4).reviews.create(rating=5, text="Again and again.")
        response = self.client.get("/books/4")
        self.assertContains(response, "Kindred")
        self.assertContains(response, "Again and again.")

    def test_what_people_wrote_is_text_and_never_html(self):
        book = Book.objects.create(title="<b>Bold</b>", author="<script>")
        book.reviews.create(rating=1, text="<img src=x>")
        for address in ["/books", f"/books/{book.pk}"]:
            with self.subTest(address=address):
                response = self.client.get(address)
                self.assertContains(response, "&lt;b&gt;Bold&lt;/b&gt;")
                for tag in ["<b>", "<script>", "<img"]:
                    self.assertNotContains(response, tag)

    def test_missing_page_has_the_look_of_the_site(self):
        for address in ["/books/99", "/nothing"]:
            with self.subTest(address=address):
                response = self.client.get(address)
                for part in ["shelf/style.css", "<h1", 'href="/books"']:
                    self.assertContains(response, part, status_code=404)


class AddBookTests(BookTestCase):
    def test_new_book_gets_a_page_that_says_so_once(self):
        response = self.client.post("/books/new", EMMA, follow=True)
        book = Book.objects.get(title="Emma")
        self.assertRedirects(response, f"/books/{book.pk}")
        [message] = response.context["messages"]
        self.assertContains(response, escape(message))
        again = self.client.get(f"/books/{book.pk}")
        self.assertNotContains(again, escape(message))

    def test_mistakes_stand_beside_their_fields_and_input_is_kept(self):
        wrong = {"title": "", "author": "Jane", "isbn": "12", "year": "9999"}
        response = self.client.post("/books/new", wrong)
        for field in ["title", "isbn", "year"]:
            self.assertContains(response, f'id="id_{field}_error"')
        self.assertContains(response, 'value="Jane"')
        self.assertEqual(Book.objects.count(), 1)

    def test_isbn_taken_after_the_check_is_a_mistake_too(self):
        form = BookForm(EMMA | {"isbn": "9780141439587"})
        self.assertTrue(form.is_valid())
        Book.objects.create(title="Emma", author="Jane", isbn="9780141439587")
        self.assertIsNone(save(form))
        self.assertIn("isbn", form.errors)

    def test_other_faults_of_the_database_are_not_taken_for_a_taken_isbn(self):
        form = BookForm(EMMA)
        self.assertTrue(form.is_valid())
        form.instance.author = None  # as a column would be that the form lacks
        with self.assertRaises(IntegrityError):
            save(form)

    def test_form_from_another_site_is_refused(self):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies.update(self.client.cookies)
        response = strict.post("/books/new", EMMA)
        self.assertEqual(response.status_code, 403)
