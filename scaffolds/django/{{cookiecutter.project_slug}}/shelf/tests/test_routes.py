from django.test import TestCase


class BookListTests(TestCase):
    fixtures = ["books"]

    def get(self, **parameters):
        return self.client.get("/api/books", parameters)

    def test_list_starts_with_the_newest_book(self):
        books = self.get().json()
        self.assertEqual(books["total"], 12)
        self.assertEqual(books["items"][0]["title"], "Persepolis")

    def test_search_looks_in_titles_and_authors_in_any_case(self):
        for q, title in {"KINDRED": "Kindred", "morrison": "Beloved"}.items():
            with self.subTest(q=q):
                [book] = self.get(q=q).json()["items"]
                self.assertEqual(book["title"], title)

    def test_limit_and_offset_cut_a_page_out_of_all(self):
        books = self.get(limit=2, offset=11).json()
        [oldest] = books["items"]
        self.assertEqual(oldest["title"], "The Left Hand of Darkness")
        self.assertEqual(books["total"], 12)

    def test_wrong_number_is_an_error_that_names_the_parameter(self):
        wrong_values = {"limit": [0, 101, "many", ""], "offset": [-1, "x"]}
        for name, values in wrong_values.items():
            for value in values:
                with self.subTest(name=name, value=value):
                    response = self.get(**{name: value})
                    self.assertEqual(response.status_code, 400)
                    self.assertIn(name, response.json())

    def test_other_parameters_are_ignored(self):
        self.assertEqual(self.get(page=2).json(), self.get().json())


class BookDetailTests(TestCase):
    fixtures = ["books"]

    def test_book_is_found_by_its_id(self):
        book = self.client.get("/api/books/9").json()
        self.assertEqual(book["title"], "The Odyssey")
        self.assertIsNone(book["isbn"])

    def test_missing_book_is_a_404_with_a_sentence(self):
        for pk in [0, 13, 10**30]:
            with self.subTest(pk=pk):
                response = self.client.get(f"/api/books/{pk}")
                self.assertEqual(response.status_code, 404)
                self.assertIn("detail", response.json())

    def test_word_is_no_id(self):
        self.assertEqual(self.client.get("/api/books/first").status_code, 404)
