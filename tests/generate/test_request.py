import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import RequestError, SandboxError
from sandbox.generate import slug_from
from tests.support.variants import FRAMEWORKS, WORKSHOP


def test_features_close_under_what_they_need() -> None:
    request = WORKSHOP.request("flask", features=["database"])
    assert request.features == ("hello", "routes", "validation", "database")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Shelf", "shelf"),
        ("My reading-club", "my_reading_club"),
        ("Café 42", "cafe_42"),
        ("Bücherei Zürich", "bucherei_zurich"),
        ("日本", "ri_ben"),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_name_gives_a_folder_name(name: str, slug: str) -> None:
    assert WORKSHOP.request("django", name=name).slug == slug


HOSTILE_NAMES = [
    "",
    "   ",
    "x" * 61,
    "a/b",
    "..",
    "../../etc",
    "a\nb",
    "a\tb",
    "a\0b",
    "{{ 7*7 }}",
    "#: if x :#",
    "a'b",
    'a"b',
    "a\\b",
    "<script>",
    "a\u202eb",
    "a\u200bb",
    "\ud800",
    "$(id)",
    "`id`",
    "%s",
    "2 books",
    " Shelf",
    "Shelf ",
    "class",
    "json",
    "flask",
    "Django",
    "nul",
    "COM1",
    "___",
]


@pytest.mark.security
@pytest.mark.parametrize("name", HOSTILE_NAMES)
@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_bad_name_is_refused_with_the_field_and_a_way_out(framework: str, name: str) -> None:
    with pytest.raises(RequestError) as refusal:
        WORKSHOP.request(framework, name=name)
    assert refusal.value.field in ("name", "slug")
    assert refusal.value.message.endswith(".")
    assert refusal.value.hint


@pytest.mark.security
@pytest.mark.parametrize(
    "slug",
    ["", "..", "../x", "/x", "A", "1a", "a-b", "a b", "a/b", "a_", "x" * 41, "os", "async", "aux"],
)
def test_a_bad_slug_is_refused(slug: str) -> None:
    with pytest.raises(RequestError) as refusal:
        WORKSHOP.request("flask", slug=slug)
    assert refusal.value.field == "slug"


def test_an_unknown_framework_names_those_there_are() -> None:
    with pytest.raises(RequestError, match="Choose django, flask or fastapi"):
        WORKSHOP.request("rails")


def test_an_unknown_feature_is_named() -> None:
    with pytest.raises(SandboxError, match="teleport"):
        WORKSHOP.request("flask", features=["teleport"])


@pytest.mark.security
@given(st.text(max_size=80))
def test_whatever_is_accepted_is_safe(name: str) -> None:
    try:
        request = WORKSHOP.request("flask", name=name)
    except RequestError:
        return
    assert request.slug.isascii()
    assert request.slug.isidentifier()
    assert not set(request.name) & set("/\\'\"{}#:$`<>&\n\r\t\0")
    assert slug_from(name) == request.slug
