"""A learner's own mistake shows as itself: as the framework reports it, with their line."""

import html
import re
from pathlib import Path

import pytest

from tests.scaffolds.mistakes import Mistake, is_noticed, made, mistakes, seen
from tests.support.variants import FRAMEWORKS

EVERY_MISTAKE = [
    pytest.param(each, id=f"{framework}-{each.about.id}")
    for framework in FRAMEWORKS
    for each in mistakes(framework)
]
_TAGS = re.compile(r"<[^>]*>")


@pytest.mark.parametrize("mistake", EVERY_MISTAKE)
def test_a_mistake_can_be_made_and_says_what_is_seen(mistake: Mistake) -> None:
    assert mistake.about.tells.endswith(".")
    assert made(mistake)


@pytest.mark.slow
@pytest.mark.parametrize("mistake", EVERY_MISTAKE)
def test_a_mistake_shows_as_itself(mistake: Mistake, tmp_path: Path) -> None:
    if mistake.about.silent:
        assert is_noticed(mistake, tmp_path)
        return
    raw = seen(mistake, tmp_path)
    text = raw + html.unescape(_TAGS.sub("", raw))
    missing = [each for each in mistake.about.shows if each not in text]
    assert missing == [], text[-3000:]
    assert [each for each in mistake.about.hidden if each in text] == []
