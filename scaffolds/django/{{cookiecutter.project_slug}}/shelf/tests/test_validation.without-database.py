from django.test import SimpleTestCase

from shelf.books import BOOKS


class BookCreationTests(SimpleTestCase):
    def tearDown(self):
        del BOOKS[12:]  # the sample books stay

    def post(self, body):
        return self.client.post("/api/books", body, content_type="application/json")

    def test_created_book_is_answered_and_kept(self):
        response = self.post({"title": " Emma ", "author": "Jane Austen", "isbn": ""})
        self.assertEqual(response.status_code, 201)
        book = response.json()
        self.assertEqual(book["title"], "Emma")
        self.assertIsNone(book["isbn"])
        self.assertEqual(self.client.get(response["Location"]).json(), book)

    def test_wrong_value_is_an_error_that_names_the_field(self):
        wrong_values = {
            "title": ["", "x" * 201, None, ["Emma"]],
            "author": ["   ", {"name": "Jane Austen"}],
            "isbn": ["978-0141439518", "9780141439519", "12"],
            "year": [-3001, 9999, "soon", [1815]],
        }
        for field, values in wrong_values.items():
            for value in values:
                with self.subTest(field=field, value=value):
                    body = {"title": "Emma", "author": "Jane Austen", field: value}
                    response = self.post(body)
                    self.assertEqual(response.status_code, 400)
                    self.assertEqual(list(response.json()), [field])

    def test_taken_isbn_is_refused(self):
        body = {"title": "Again", "author": "Somebody", "isbn": "9780807083697"}
        response = self.post(body)
        self.assertEqual(response.status_code, 400)
        self.assertEqual(list(response.json()), ["isbn"])

    def test_body_must_be_a_json_object(self):
        bodies = ["", "{", "[]", '"Emma"', "null", '{"year": NaN}', "[" * 100_000]
        for body in bodies:
            with self.subTest(body=body[:20]):
                self.assertEqual(self.post(body).status_code, 400)

    def test_body_that_is_too_large_is_refused(self):
        body = {"title": "Emma", "author": "Jane Austen", "note": "x" * 3_000_000}
        self.assertEqual(self.post(body).status_code, 400)

    def test_form_data_is_refused(self):
        response = self.client.post("/api/books", {"title": "Emma"})
        self.assertEqual(response.status_code, 415)
