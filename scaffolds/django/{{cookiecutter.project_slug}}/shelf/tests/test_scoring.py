from django.test import Client, SimpleTestCase


class ScoreTests(SimpleTestCase):
    def score(self, body):
        address = "/api/reviews/score"
        return self.client.post(address, body, content_type="application/json")

    def test_praise_is_positive_and_a_complaint_is_negative(self):
        praise = self.score({"text": "A wonderful book, I loved it."}).json()
        complaint = self.score({"text": "Boring and much too long."}).json()
        self.assertEqual(praise["label"], "positive")
        self.assertEqual(complaint["label"], "negative")
        self.assertTrue(0 <= complaint["score"] < 0.5 <= praise["score"] <= 1)

    def test_not_turns_praise_around(self):
        score, opposite = (
            self.score({"text": text}).json()["score"] for text in ("good", "not good")
        )
        self.assertLess(opposite, score)

    def test_wrong_text_is_an_error_that_names_it(self):
        for body in [{}, {"text": ""}, {"text": None}, {"text": "x" * 2001}]:
            with self.subTest(body=str(body)[:20]):
                response = self.score(body)
                self.assertEqual(response.status_code, 400)
                self.assertIn("text", response.json())

    def test_score_needs_no_token_against_forgery(self):
        self.client = Client(enforce_csrf_checks=True)
        self.assertEqual(self.score({"text": "Fine."}).status_code, 200)
