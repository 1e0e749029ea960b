from django.test import SimpleTestCase


class HelloTests(SimpleTestCase):
    def test_home_page_greets_with_the_project_name(self):
        response = self.client.get("/")
        self.assertContains(response, "{{ cookiecutter.project_name }}")

    def test_health_says_ok(self):
        response = self.client.get("/health")
        self.assertEqual(response.json(), {"status": "ok"})

    def test_admin_asks_for_a_sign_in(self):
        response = self.client.get("/admin/")
        self.assertRedirects(response, "/admin/login/?next=/admin/")
