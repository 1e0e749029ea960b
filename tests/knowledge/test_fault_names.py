"""What professionals call the planted faults: known faults, one name each."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.errors import DataError
from sandbox.knowledge import Knowledge, load_knowledge
from sandbox.knowledge.faults import load_fault_names, load_faults


@pytest.fixture
def knowledge(tmp_path: Path) -> Knowledge:
    known = load_knowledge()
    shutil.copytree(known.folder, tmp_path / "data")
    return replace(known, folder=tmp_path / "data")


def test_most_faults_with_a_complaint_have_a_name(knowledge: Knowledge) -> None:
    names = load_fault_names(knowledge)
    told = [name for name, fault in load_faults(knowledge).items() if fault.complaint]
    assert sum(name in names for name in told) > 130
    assert names["titles-are-markup"].name == "cross-site scripting (CWE-79)"


@pytest.mark.parametrize(
    ("faults", "told"),
    [
        ('["no-such-fault"]', "does not exist"),
        ('["titles-are-markup"]', "is named by xss, too"),
        ("[]", "does not fit"),
    ],
)
def test_a_wrong_list_of_faults_is_refused(knowledge: Knowledge, faults: str, told: str) -> None:
    file = knowledge.folder / "fault_names.toml"
    entry = f'\n[[fault_name]]\nid = "odd"\nname = "odd"\nsays = "Odd."\nfaults = {faults}\n'
    file.write_text(file.read_text() + entry)
    with pytest.raises(DataError, match=told):
        load_fault_names(knowledge)
