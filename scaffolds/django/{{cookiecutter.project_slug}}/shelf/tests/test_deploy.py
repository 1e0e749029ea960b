import logging
import os
import re
import subprocess
import sys

from django.conf import settings
from django.test import SimpleTestCase

from config.middleware import RequestIdFilter, current_request_id


class RequestIdTests(SimpleTestCase):
    def test_every_answer_has_an_id_of_its_own(self):
        responses = [self.client.get(url) for url in ["/health", "/health", "/nowhere"]]
        self.assertEqual(len({response["X-Request-ID"] for response in responses}), 3)

    def test_log_says_under_which_request_something_happened(self):
        record = logging.makeLogRecord({"msg": "Something happened."})
        token = current_request_id.set("a-1")
        self.addCleanup(current_request_id.reset, token)
        self.assertTrue(RequestIdFilter().filter(record))
        self.assertEqual(record.request_id, "a-1")

    def test_good_id_is_kept_and_a_bad_one_is_replaced(self):
        sent = {"a.B-1_": True, "x" * 128: True, "x" * 129: False, "a b": False}
        for value, kept in sent.items():
            with self.subTest(value=value):
                headers = {"X-Request-ID": value}
                response = self.client.get("/health", headers=headers)
                self.assertEqual(response["X-Request-ID"] == value, kept)


class EnvironmentTests(SimpleTestCase):
    def start(self, command, **changes):
        """Run Python in another process, where only `changes` are set."""
        ours = ["ALLOWED_HOSTS", "DATABASE_URL", "DEBUG", "HTTPS", "SECRET_KEY"]
        kept = {key: value for key, value in os.environ.items() if key not in ours}
        return subprocess.run(
            [sys.executable, "-c", command],
            cwd=settings.BASE_DIR,
            env={**kept, **changes},
            capture_output=True,
            text=True,
            check=False,
        )

    def test_production_does_not_start_without_a_key(self):
        done = self.start("import config.settings")
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stderr)
        self.assertNotIn("Traceback", done.stderr)

    def test_environment_decides(self):
        command = (
            "from config.settings import *;"
            "hosts = sorted({*ALLOWED_HOSTS} - {'127.0.0.1', '[::1]'});"
            "print(DEBUG, SECRET_KEY, hosts, DATABASES['default']['NAME'])"
        )
        done = self.start(
            command,
            SECRET_KEY="secret",
            ALLOWED_HOSTS="a.example, b.example",
            DATABASE_URL="sqlite:////data/db",
        )
        expected = "False secret ['a.example', 'b.example', 'localhost'] /data/db"
        self.assertEqual(done.stdout.strip(), expected)

    def test_example_names_every_setting_that_is_read(self):
        code = (settings.BASE_DIR / "config" / "settings.py").read_text("utf-8")
        example = (settings.BASE_DIR / ".env.example").read_text("utf-8")
        for name in re.findall(r'environ(?:\.get\(\s*|\[)"(\w+)"', code):
            self.assertIn(f"{name}=", example)
