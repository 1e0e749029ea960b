import time
from threading import RLock
from unittest import mock

from django.test import TestCase, TransactionTestCase

from imports import worker
from imports.models import Import
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
        self.assertTrue(response["Location"].startswith("/api/imports/"))
        self.assertEqual(len(callbacks), 1)

    def test_file_without_the_right_first_line_is_refused(self):
        bodies = ["", "\ufeff", "\n", "Emma,Jane Austen,,1815", b"\xff\xfe", '"title']
        for body in bodies:
            with self.subTest(body=body):
                self.assertEqual(self.post(body).status_code, 400)

    def test_file_that_is_too_large_is_refused(self):
        self.assertEqual(self.post(HEADER + "x" * 5_000_000).status_code, 400)

    def test_other_formats_are_refused(self):
        response = self.post("[]", content_type="application/json")
        self.assertEqual(response.status_code, 415)

    def test_import_that_never_was_is_a_404(self):
        self.assertEqual(self.client.get("/api/imports/98").status_code, 404)

    def test_import_that_nobody_works_on_any_more_says_so(self):
        job = Import.objects.create(pk=99, status="running", created=20)
        answer = self.client.get(f"/api/imports/{job.pk}").json()
        self.assertEqual((answer["status"], answer["created"]), ("done", 20))
        self.assertEqual(answer["errors"][0]["line"], 22)


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
        worker.import_lines(job, lines)
        job.refresh_from_db()
        self.assertEqual(job.status, "done")
        self.assertEqual((job.created, job.skipped), (2, 1))
        self.assertEqual([error["line"] for error in job.errors], [3, 5, 7])
        self.assertTrue(all(error["msg"] for error in job.errors))
        self.assertEqual(Book.objects.first().title, "Persuasion, a novel")


class ThreadTests(TransactionTestCase):
    """With real commits, so that the thread sees what the test has stored."""

    def test_import_goes_on_after_the_response(self):
        job = Import.objects.create()
        # The thread waits meanwhile: a database in memory refuses a reader beside a writer.
        # An import in this very thread would not wait, and fails below.
        with mock.patch.object(worker, "turn", RLock()), worker.turn:
            worker.start(job, ["Emma,Jane Austen,,1815"])
            answer = self.client.get(f"/api/imports/{job.pk}").json()
        self.assertEqual((answer["status"], answer["errors"]), ("queued", []))
        deadline = time.monotonic() + 5  # of a thread that never begins nobody hears
        while job.pk in worker.under_way and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertNotIn(job.pk, worker.under_way)
        job.refresh_from_db()
        self.assertEqual((job.status, job.created), ("done", 1))
