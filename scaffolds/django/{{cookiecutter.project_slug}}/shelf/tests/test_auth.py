from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpResponse
from django.test import Client, RequestFactory, TestCase, override_settings
from django.utils.html import escape
from rest_framework.views import APIView

from shelf.middleware import LoginRequiredToWriteMiddleware
from shelf.models import Book
from shelf.views import save

ADA = {"username": "ada", "password": "correct-horse-7"}
BOB = {
    "username": "bob12345",
    "password1": "correct-horse-7",
    "password2": "correct-horse-7",
}


# Real hashing is slow on purpose, and tests have nothing to protect.
@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
class AccountTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ada = User.objects.create_user(**ADA)

    def test_signing_up_leads_to_the_sign_in_and_on(self):
        response = self.client.post("/signup?next=/books/new", BOB)
        self.assertRedirects(response, "/login?next=/books/new")
        bob = User.objects.get(username="bob12345")
        self.assertTrue(bob.check_password("correct-horse-7"))

    def test_sign_up_is_refused_beside_the_field_and_never_repeats_a_password(self):
        wrong_values = {
            "username": ["", "ada", "Ada", "a d a", "x" * 151],
            "password2": ["", "short", "bob12345", "password", "another-horse-7"],
        }
        for field, values in wrong_values.items():
            for value in values:
                with self.subTest(field=field, value=value):
                    data = BOB | {field: value}
                    if field == "password2" and value != "another-horse-7":
                        data["password1"] = value
                    response = self.client.post("/signup", data)
                    self.assertContains(response, f'id="id_{field}_error"')
                    self.assertNotContains(response, 'value="correct-horse-7"')
        self.assertEqual(User.objects.count(), 1)

    def test_name_taken_after_the_check_is_refused_too(self):
        form = UserCreationForm(BOB)
        self.assertTrue(form.is_valid())
        User.objects.create_user("bob12345")
        self.assertIsNone(save(form))
        self.assertIn("username", form.errors)

    def test_signing_in_starts_a_new_session_and_signing_out_kills_it(self):
        self.client.post("/login", ADA)
        stolen = self.client.cookies["sessionid"].value
        self.client.post("/logout")
        self.client.cookies["sessionid"] = stolen
        self.assertContains(self.client.get("/books"), 'href="/login"')

    def test_sign_in_says_the_same_about_a_wrong_name_and_a_wrong_password(self):
        answers = set()
        for wrong in [{"username": "bob"}, {"password": "wrong-horse-7"}]:
            response = self.client.post("/login", ADA | wrong)
            [error] = response.context["form"].non_field_errors()
            self.assertContains(response, escape(error))
            answers.add(error)
        self.assertEqual(len(answers), 1)

    def test_sign_in_leads_back_but_never_to_another_site(self):
        addresses = {
            "/books/new": "/books/new",
            "//evil.example": "/books",
            "/\\evil.example": "/books",
            "https://evil.example": "/books",
        }
        for wanted, location in addresses.items():
            with self.subTest(wanted=wanted):
                response = self.client.post("/login", ADA | {"next": wanted})
                self.assertEqual(response["Location"], location)


class PermissionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ada = User.objects.create_user("ada")
        cls.bob = User.objects.create_user("bob")
        cls.book = Book.objects.create(title="Emma", author="Jane Austen")
        cls.review = cls.book.reviews.create(rating=5, text="Yes!", author=cls.ada)
        cls.old = cls.book.reviews.create(rating=2, text="Before there were members.")

    def send(self, method, address, body):
        send = getattr(self.client, method)
        return send(f"/api/{address}", body, content_type="application/json")

    def test_visitors_read_and_change_nothing(self):
        book, review = f"books/{self.book.pk}", f"reviews/{self.review.pk}"
        changes = [("post", "books"), ("patch", book), ("delete", book)]
        changes += [("post", f"{book}/reviews"), ("patch", review), ("delete", review)]
        for method, address in changes:
            with self.subTest(method=method, address=address):
                response = self.send(method, address, "{")
                self.assertEqual(response.status_code, 403)
                self.assertIn("detail", response.json())
        self.assertEqual(self.client.get(f"/api/{book}").status_code, 200)

    def test_pages_lead_visitors_to_the_sign_in(self):
        for address in ["/books/new", f"/books/{self.book.pk}"]:
            with self.subTest(address=address):
                response = self.client.post(address)
                self.assertRedirects(response, f"/login?next={address}")
        response = self.client.post(f"/reviews/{self.review.pk}/delete")
        self.assertRedirects(response, "/login")

    def test_review_knows_its_author(self):
        self.client.force_login(self.bob)
        address = f"books/{self.book.pk}/reviews"
        review = self.send("post", address, {"rating": 4, "text": "Hm."}).json()
        self.assertEqual(review["author"], "bob")
        reviews = self.client.get(f"/api/{address}").json()["items"]
        self.assertEqual([each["author"] for each in reviews], ["bob", None, "ada"])

    def test_only_its_author_changes_or_deletes_a_review(self):
        for user, status in {self.bob: 403, self.ada: 200}.items():
            with self.subTest(user=user):
                self.client.force_login(user)
                address = f"reviews/{self.review.pk}"
                response = self.send("patch", address, {"rating": 1})
                self.assertEqual(response.status_code, status)
                response = self.send("delete", f"reviews/{self.old.pk}", "")
                self.assertEqual(response.status_code, 403)

    def test_member_writes_and_deletes_a_review_on_the_page(self):
        self.client.force_login(self.bob)
        page = f"/books/{self.book.pk}"
        response = self.client.post(page, {"rating": 9})
        for field in ["rating", "text"]:
            self.assertContains(response, f'id="id_{field}_error"')
        self.client.post(page, {"rating": 3, "text": "It grew on me."})
        mine = self.book.reviews.get(author=self.bob)
        shown = self.client.get(page)
        self.assertContains(shown, "It grew on me.")
        for review, status in {mine: 302, self.review: 403, self.old: 403}.items():
            address = f"/reviews/{review.pk}/delete"
            self.assertContains(shown, address, count=1 if review == mine else 0)
            self.assertEqual(self.client.post(address).status_code, status)

    def test_session_alone_is_not_enough_for_a_change(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.ada)
        address = f"/api/reviews/{self.review.pk}"
        self.assertEqual(client.delete(address).status_code, 403)
        token = client.get("/books").context["csrf_token"]
        headers = {"X-CSRFToken": str(token)}
        self.assertEqual(client.delete(address, headers=headers).status_code, 204)


class NewViewTests(TestCase):
    """Whoever adds a view need not think of the members: it is closed already."""

    def middleware(self, method):
        request = getattr(RequestFactory(), method)("/notes")
        request.user = AnonymousUser()
        middleware = LoginRequiredToWriteMiddleware(lambda request: None)
        return middleware.process_view(request, lambda request: None, (), {})

    def test_visitor_reads_what_a_new_view_shows_and_changes_nothing(self):
        self.assertIsNone(self.middleware("get"))
        for method in ["post", "put", "patch", "delete"]:
            with self.subTest(method=method):
                response = self.middleware(method)
                self.assertRedirects(
                    response, "/login?next=/notes", fetch_redirect_response=False
                )

    def test_visitor_reads_what_a_new_api_view_shows_and_changes_nothing(self):
        class Notes(APIView):
            def get(self, request):
                return HttpResponse()

            post = get

        view = Notes.as_view()
        self.assertEqual(view(RequestFactory().get("/api/notes")).status_code, 200)
        self.assertEqual(view(RequestFactory().post("/api/notes")).status_code, 403)
