"""What the scaffolds say in one line reads as it was meant."""

import pytest

from sandbox.web.markdown import inline
from tests.support.variants import EVERY_FRAMEWORK, WORKSHOP


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_no_part_of_a_file_s_name_turns_bold(framework: str) -> None:
    notes = WORKSHOP.scaffold(framework).notes
    told = [text for each in notes.concepts.values() for text in (each.note, each.more)]
    texts = [*notes.by_hand, *told]
    assert [text for text in texts if "<strong>" in inline(text) and "**" not in text] == []
