from django.contrib.auth.models import Permission, User
from django.test import TestCase

from shelf.models import Book, Review


class ModerationTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ada = User.objects.create_user("ada")
        cls.staff = User.objects.create_superuser("grace")
        cls.book = Book.objects.create(title="Emma", author="Jane Austen")
        cls.book.reviews.create(rating=5, text="Lovely.", author=cls.ada)
        cls.rude = cls.book.reviews.create(rating=1, text="Rude!", author=cls.ada)
        cls.edit_page = f"/admin/shelf/review/{cls.rude.pk}/change/"

    def moderate(self, **data):
        self.client.force_login(self.staff)
        response = self.client.post(self.edit_page, data)
        self.assertRedirects(response, "/admin/shelf/review/")

    def test_only_staff_may_enter(self):
        for page in ["/admin/", self.edit_page]:
            with self.subTest(page=page):
                self.client.force_login(self.ada)
                self.assertRedirects(
                    self.client.get(page), f"/admin/login/?next={page}"
                )
                self.client.force_login(self.staff)
                self.assertEqual(self.client.get(page).status_code, 200)

    def test_staff_search_books_and_reviews(self):
        self.client.force_login(self.staff)
        for model, q in {"book": "austen", "review": "rude"}.items():
            with self.subTest(model=model):
                page = self.client.get(f"/admin/shelf/{model}/", {"q": q})
                self.assertContains(page, "Emma")
                page = self.client.get(f"/admin/shelf/{model}/", {"q": "zzz"})
                self.assertNotContains(page, "Emma")

    def test_hidden_review_is_gone_everywhere(self):
        self.moderate(hidden="on")
        book = self.client.get(f"/api/books/{self.book.pk}").json()
        self.assertEqual(book["review_count"], 1)
        self.assertEqual(book["average_rating"], 5)
        self.assertEqual(self.client.get("/api/books").json()["items"], [book])
        reviews = self.client.get(f"/api/books/{self.book.pk}/reviews").json()
        self.assertEqual(reviews["total"], 1)
        page = self.client.get(f"/books/{self.book.pk}")
        self.assertNotContains(page, "Rude!")

    def test_its_author_cannot_reach_a_hidden_review(self):
        self.moderate(hidden="on")
        self.client.force_login(self.ada)
        address = f"/api/reviews/{self.rude.pk}"
        body = {"rating": 2}
        response = self.client.patch(address, body, content_type="application/json")
        self.assertEqual(response.status_code, 404)
        self.assertEqual(self.client.delete(address).status_code, 404)
        response = self.client.post(f"/reviews/{self.rude.pk}/delete")
        self.assertEqual(response.status_code, 404)

    def test_staff_find_a_hidden_review_and_show_it_again(self):
        self.moderate(hidden="on")
        self.assertContains(self.client.get("/admin/shelf/review/"), "Rude!")
        self.moderate()
        self.assertIn(self.rude, Review.objects.shown())

    def test_staff_hide_reviews_in_the_list(self):
        self.client.force_login(self.staff)
        rows = Review.objects.all()
        data = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "_save": "Save"}
        for number, review in enumerate(rows):
            data |= {f"form-{number}-id": review.pk, f"form-{number}-hidden": "on"}
        self.client.post("/admin/shelf/review/", data)
        self.assertFalse(Review.objects.shown().exists())

    def test_staff_who_may_only_look_cannot_hide(self):
        viewer = User.objects.create_user("alan", is_staff=True)
        viewer.user_permissions.add(Permission.objects.get(codename="view_review"))
        self.client.force_login(viewer)
        self.client.post(self.edit_page, {"hidden": "on"})
        self.assertEqual(Review.objects.shown().count(), 2)

    def test_book_takes_its_hidden_reviews_with_it(self):
        self.moderate(hidden="on")
        self.book.delete()
        self.assertEqual(Review.objects.count(), 0)
