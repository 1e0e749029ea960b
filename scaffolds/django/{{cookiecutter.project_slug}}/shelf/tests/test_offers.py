from django.test import TransactionTestCase, override_settings


@override_settings(BOOKSHOPS=["http://127.0.0.1:1"])  # where no shop can be
class OfferViewTests(TransactionTestCase):
    """The view gives its connection back, and with it a TestCase's transaction."""

    fixtures = ["books"]

    def test_shop_that_is_not_there_is_listed_as_failed(self):
        found = self.client.get("/api/books/4/offers").json()
        self.assertEqual(found["offers"], [])
        self.assertEqual(found["failed"][0]["shop"], "http://127.0.0.1:1")

    def test_book_without_isbn_is_not_asked_for(self):
        found = self.client.get("/api/books/9/offers").json()
        self.assertEqual(found, {"offers": [], "failed": []})

    def test_missing_book_is_a_404_with_a_sentence(self):
        for pk in [13, 10**30]:
            with self.subTest(pk=pk):
                response = self.client.get(f"/api/books/{pk}/offers")
                self.assertEqual(response.status_code, 404)
                self.assertIn("detail", response.json())
