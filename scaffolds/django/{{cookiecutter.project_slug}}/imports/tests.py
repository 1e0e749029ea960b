from django.test import TestCase, TransactionTestCase

from imports.models import Import
from imports.worker import executor, import_lines
from shelf.models import Book
from shelf.tests.cases import BookTestCase

HEADER = "title,author,isbn,year\n"


class ImportViewTests(BookTestCase):
    def post(self, body, content_type="text/csv"):
        return self.client.post("/api/imports", body, content_type=content_type)

    def test_import_is_accepted_before_it_is_done(self):
        with self.captureOnCommitCallbacks() as callbacks:
            response = self.post(HEADER + "Emma,Jane Austen,,1815")
        self.assertEqual(response.status_code, 202)
        self.assertEqual(response.json()["status"], "queued")
        job = self.client.get(response["Location"]).json()
        self.assertEqual(job, response.json())
        self.assertEqual(len(callbacks), 1)

    def test_file_without_the_right_first_line_is_refused(self):
        bodies = ["", "\ufeff", "\n", "Emma,Jane Austen,,1815", b"\xff\xfe", '"title']
        for body in bodies:
            with self.subTest(body=body):
                self.assertEqual(self.post(body).status_code, 400)

    def test_other_formats_are_refused(self):
        response = self.post("[]", content_type="application/json")
        self.assertEqual(response.status_code, 415)

    def test_import_that_never_was_is_a_404(self):
        self.assertEqual(self.client.get("/api/imports/99").status_code, 404)


class WorkerTests(TestCase):
    def test_bad_lines_do_not_stop_the_good_ones(self):
        lines = [
            "Emma,Jane Austen,9780141439587,1815\n",
            ",Nobody,,\n",
            "\n",
            '"Unclosed,Somebody,,1999\n',
            "Emma again,Jane Austen,9780141439587,1815\n",
            "Too,many,,1999,cells\n",
            '"Persuasion, a novel",Jane Austen,,\n',
        ]
        job = Import.objects.create()
        import_lines(job, lines)
        job.refresh_from_db()
        self.assertEqual(job.status, "done")
        self.assertEqual((job.created, job.skipped), (2, 1))
        self.assertEqual([error["line"] for error in job.errors], [3, 5, 7])
        self.assertIn("title", job.errors[0]["msg"])
        self.assertEqual(Book.objects.first().title, "Persuasion, a novel")

    def test_accident_is_an_error_of_its_line(self):
        job = Import.objects.create()
        with self.assertLogs("imports.worker", "ERROR"):
            import_lines(job, [None, "Emma,Jane Austen,,1815"])
        self.assertEqual(job.created, 1)
        self.assertEqual([error["line"] for error in job.errors], [2])


class ThreadTests(TransactionTestCase):
    """With real commits, so that the thread sees what the test has stored."""

    setUp = BookTestCase.setUp

    def test_import_goes_on_after_the_answer(self):
        body = HEADER + "Emma,Jane Austen,,1815"
        response = self.client.post("/api/imports", body, content_type="text/csv")
        executor.submit(lambda: None).result()  # the only thread has done all before it
        job = self.client.get(response["Location"]).json()
        self.assertEqual((job["status"], job["created"]), ("done", 1))
