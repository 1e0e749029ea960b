"""What a check sees inside a real project, where it is planted: once in each framework."""

from pathlib import Path

import pytest

from sandbox.contract import CHECKS, run_contract
from sandbox.generate.planted import Edit, plant
from sandbox.learn import step_of
from sandbox.learn.inside import look_inside
from sandbox.workspace import Workspace
from tests.steps.proof import Bench, running, type_line
from tests.support.variants import WORKSHOP, tree

PLANTED = {
    "flask keeps passwords as typed": (
        *("flask", "auth", "passwords"),
        [
            Edit(
                "app/auth/members.py",
                "member.password_hash = generate_password_hash(password)",
                "member.password_hash = password",
            )
        ],
    ),
    "fastapi keeps md5": (
        *("fastapi", "auth", "passwords"),
        [
            Edit(
                "app/routers/accounts.py",
                "auth.password_hash.hash(sent.password)",
                '__import__("hashlib").md5(sent.password.encode()).hexdigest()',
            )
        ],
    ),
    "django hashes with md5": (
        *("django", "auth", "passwords"),
        [
            Edit(
                "config/settings.py",
                "AUTH_PASSWORD_VALIDATORS = [",
                'PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]\n'
                "AUTH_PASSWORD_VALIDATORS = [",
            )
        ],
    ),
    "flask asks once a book": (
        *("flask", "database", "queries"),
        [
            Edit(
                "app/api/books.py",
                "    return BookList.dump(read_rows(books, query))",
                "    for book in db.session.scalars(books):\n"
                "        db.session.scalar(select(Book.title).where(Book.id == book.id))\n"
                "    return BookList.dump(read_rows(books, query))",
            )
        ],
    ),
    "fastapi asks once a book": (
        *("fastapi", "database", "queries"),
        [
            Edit(
                "app/routers/books.py",
                '    return {"items": items, "total": total}',
                "    for item in items:\n"
                "        session.refresh(item)\n"
                '    return {"items": items, "total": total}',
            )
        ],
    ),
    "django asks once a book": (
        *("django", "database", "queries"),
        [
            Edit(
                "shelf/api/serializers.py",
                "    review_count = serializers.IntegerField(read_only=True, default=0)",
                "    review_count = serializers.SerializerMethodField()\n\n"
                "    def get_review_count(self, book):\n"
                "        return Review.objects.filter(book_id=book.pk).count()\n",
            )
        ],
    ),
    "fastapi sleeps in a coroutine": (
        *("fastapi", "async", "blocking"),
        [
            Edit(
                "app/routers/offers.py",
                "    offers = [answer for",
                '    __import__("time").sleep(2)\n    offers = [answer for',
            )
        ],
    ),
}


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", PLANTED)
@pytest.mark.parametrize("planted", [True, False])
def test_what_is_planted_is_seen_and_a_sound_project_shows_nothing(
    name: str, planted: bool, tmp_path: Path
) -> None:
    framework, feature, look, edits = PLANTED[name]
    features = ("hello", "routes", "validation", "database", "pages", feature)
    whole = tree(framework, features)
    step = step_of(WORKSHOP.scaffold(framework), "hello/greet")
    bench = Bench(framework, step, tmp_path, whole, (), features)
    made = Workspace(tmp_path).write(plant(whole, edits) if planted else whole, "shelf")
    commands = WORKSHOP.scaffold(framework).notes.commands
    for line in (commands["migrate"][-1], commands["seed"][-1]):
        done = type_line(framework, made.folder, line)
        assert done.code == 0, done.output
    checks = [
        each for each in CHECKS if each.feature == "auth" and each.applies(frozenset(features))
    ]
    with running(bench, made.folder) as app:
        if feature == "auth":
            run_contract(app.url, features, means=app.means, checks=checks[:3])
        assert app.inside is not None
        found = look_inside(feature, app.url, app.inside)
    assert [each.look for each in found] == ([look] if planted else [])
