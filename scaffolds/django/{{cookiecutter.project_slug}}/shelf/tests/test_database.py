from unittest.mock import patch

from django.db import IntegrityError
from django.test import TestCase
from rest_framework.serializers import ValidationError

from shelf.api.serializers import BookSerializer
from shelf.models import Book
from shelf.tests.cases import BookTestCase


class BookTests(BookTestCase):
    def setUp(self):
        super().setUp()
        self.url = f"/api/books/{self.book.pk}"

    def patch(self, body):
        return self.client.patch(self.url, body, content_type="application/json")

    def test_patch_changes_only_what_it_names(self):
        response = self.patch({"year": None})
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.json()["title"], "Kindred")
        self.assertIsNone(response.json()["year"])

    def test_patch_with_nothing_in_it_answers_the_book(self):
        self.assertEqual(self.patch({}).json(), self.client.get(self.url).json())

    def test_patch_refuses_null_for_a_title(self):
        self.assertEqual(self.patch({"title": None}).status_code, 400)

    def test_two_changes_at_once_keep_both(self):
        one, other = (
            BookSerializer(Book.objects.get(), data=data, partial=True)
            for data in [{"title": "Fledgling"}, {"year": 2005}]
        )
        for change in [one, other]:
            self.assertTrue(change.is_valid())
        one.save()
        other.save()
        self.book.refresh_from_db()
        self.assertEqual((self.book.title, self.book.year), ("Fledgling", 2005))

    def test_book_deleted_while_it_is_changed_is_a_404(self):
        validate = BookSerializer.validate_isbn

        def validate_and_delete(serializer, value):
            Book.objects.all().delete()
            return validate(serializer, value)

        with patch.object(BookSerializer, "validate_isbn", validate_and_delete):
            response = self.patch({"isbn": "9780141439587"})
        self.assertEqual(response.status_code, 404)

    def test_deleted_book_is_gone_with_its_reviews(self):
        review = self.book.reviews.create(rating=5, text="Again and again.")
        self.assertEqual(self.client.delete(self.url).status_code, 204)
        self.assertEqual(self.client.get(self.url).status_code, 404)
        response = self.client.delete(f"/api/reviews/{review.pk}")
        self.assertEqual(response.status_code, 404)

    def test_isbn_taken_after_the_check_is_refused(self):
        data = {"title": "Emma", "author": "Jane Austen", "isbn": "9780141439587"}
        late = BookSerializer(data=data)
        self.assertTrue(late.is_valid())
        self.client.post("/api/books", data, content_type="application/json")
        with self.assertRaises(ValidationError) as refused:
            late.save()
        self.assertEqual(list(refused.exception.detail), ["isbn"])

    def test_other_faults_of_the_database_are_not_taken_for_a_taken_isbn(self):
        serializer = BookSerializer(data={"title": "Emma", "author": "Jane Austen"})
        self.assertTrue(serializer.is_valid())
        with self.assertRaises(IntegrityError):
            serializer.save(author=None)  # as a column would be that the input lacks

    def test_search_takes_wildcards_literally(self):
        Book.objects.create(title="100% Wool", author="A_B")
        for q, total in {"%": 1, "_": 1, "100%": 1, "0_": 0}.items():
            with self.subTest(q=q):
                response = self.client.get("/api/books", {"q": q})
                self.assertEqual(response.json()["total"], total)


class BookListTests(TestCase):
    def test_list_of_reviewed_books_takes_two_queries(self):
        book = Book.objects.create(title="Emma", author="Jane Austen")
        for rating in [2, 3]:
            book.reviews.create(rating=rating, text="So so.")
        Book.objects.create(title="Persuasion", author="Jane Austen")
        with self.assertNumQueries(2):
            newest, oldest = self.client.get("/api/books").json()["items"]
        self.assertIsNone(newest["average_rating"])
        self.assertEqual(oldest["review_count"], 2)
        self.assertEqual(oldest["average_rating"], 2.5)


class ReviewTests(BookTestCase):
    def setUp(self):
        super().setUp()
        self.url = f"/api/books/{self.book.pk}/reviews"

    def post(self, body):
        return self.client.post(self.url, body, content_type="application/json")

    def test_reviews_come_newest_first(self):
        for text in ["First.", "Second."]:
            response = self.post({"rating": 4, "text": text})
            self.assertEqual(response.status_code, 201)
        reviews = self.client.get(self.url).json()
        texts = [review["text"] for review in reviews["items"]]
        self.assertEqual(texts, ["Second.", "First."])
        self.assertEqual(reviews["total"], 2)

    def test_rating_has_one_to_five_points(self):
        for rating in [0, 6, None, "many"]:
            with self.subTest(rating=rating):
                response = self.post({"rating": rating, "text": "Hm."})
                self.assertEqual(response.status_code, 400)
                self.assertIn("rating", response.json())

    def test_review_can_be_changed_and_deleted(self):
        review = self.post({"rating": 1, "text": "Dull."}).json()
        url = f"/api/reviews/{review['id']}"
        body = {"rating": 5}
        response = self.client.patch(url, body, content_type="application/json")
        self.assertEqual(response.json(), review | body)
        self.assertEqual(self.client.delete(url).status_code, 204)

    def test_missing_book_has_no_reviews(self):
        self.book.delete()
        self.assertEqual(self.client.get(self.url).status_code, 404)
        self.assertEqual(self.post({"rating": 5, "text": "Gone."}).status_code, 404)
