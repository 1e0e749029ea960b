"""How a project last stood up to the contract: kept beside it, as proof with time and versions."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from sandbox.contract import ContractReport, Outcome, Result, Tier
from sandbox.errors import SandboxError
from sandbox.generate import FileTree
from sandbox.replace import replace_text
from sandbox.run.kin import Kin
from sandbox.run.told import Told, told

_RECORD = "checked.json"
_UNDER_WAY = "checking.json"


@dataclass(frozen=True)
class CheckOutcome:
    """How one check went, as it is kept; `follows` is the id of the failure that explains it.

    A failure tells the `request` that went wrong, if one did, the `answer` and the `expectation`.
    """

    id: str
    feature: str
    tier: Tier
    sentence: str
    outcome: Outcome
    message: str = ""
    follows: str | None = None
    request: str = ""
    answer: str = ""
    expectation: str = ""


@dataclass(frozen=True)
class Checked:
    """A run of the contract: when, on which code and versions, and how each check went.

    `causes` are the ids of the failures to mend, in order. `code` is a digest of the project's
    files: another one now means that they were changed since. While a run goes on, `running`,
    `total` tells how many checks there are; `problem` is why a run came to nothing or ended early.
    """

    at: datetime
    features: tuple[str, ...]
    versions: Mapping[str, str]
    code: str
    results: tuple[CheckOutcome, ...] = ()
    causes: tuple[str, ...] = ()
    total: int = 0
    seconds: float = 0.0
    problem: str = ""
    hint: str = ""
    ok: bool = False
    hardened: bool = False
    running: bool = False
    by: Kin | None = field(default=None, repr=False)

    def count(self, outcome: Outcome) -> int:
        """Return how many checks ended so."""
        return sum(each.outcome == outcome for each in self.results)

    def of_feature(self, feature: str) -> tuple[CheckOutcome, ...]:
        """Return the outcomes of the checks that are about a feature."""
        return tuple(each for each in self.results if each.feature == feature)

    def given_up(self, error: SandboxError) -> "Checked":
        """Return that a run came to nothing, and why."""
        return replace(self, problem=error.message, hint=error.hint, running=False, by=None)

    def done(self, report: ContractReport, seconds: float) -> "Checked":
        """Return the whole outcome."""
        return replace(
            self,
            results=tuple(outcome_of(each) for each in report.results),
            causes=tuple(each.check.id for each in report.causes),
            seconds=round(seconds, 1),
            problem=report.early.message if report.early else "",
            ok=report.ok,
            hardened=report.hardened,
            running=False,
            by=None,
        )


def outcome_of(result: Result) -> CheckOutcome:
    """Return a result of the contract as it is kept."""
    check = result.check
    failed = result.outcome == "failed"
    parts = told(result.message, check.sentence) if failed else Told("", "", "")
    return CheckOutcome(
        check.id,
        check.feature,
        check.tier,
        check.sentence,
        result.outcome,
        result.message,
        result.follows,
        parts.request,
        parts.answer,
        parts.expectation,
    )


def digest_of(tree: FileTree) -> str:
    """Return what tells whether a project's files are the same as at another time."""
    found = hashlib.sha256()
    for path in sorted(tree):
        found.update(f"{path}\0{tree[path]}\0".encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def keep(records: Path, checked: Checked) -> None:
    """Keep a run that is over, or how far one is; raises `OSError`."""
    text = json.dumps(asdict(checked), default=str)
    if checked.running:
        replace_text(records / _UNDER_WAY, text)
    else:
        replace_text(records / _RECORD, text)
        (records / _UNDER_WAY).unlink(missing_ok=True)


def read_checked(records: Path) -> Checked | None:
    """Return the last run that came to its end, None where there was none."""
    return _read(records / _RECORD)


def read_checking(records: Path) -> Checked | None:
    """Return the run that goes on just now, None where none does."""
    found = _read(records / _UNDER_WAY)
    return found if found and found.by and found.by.lives else None


def record_files(records: Path) -> tuple[Path, Path]:
    """Return the files that change as checks go on and end."""
    return records / _UNDER_WAY, records / _RECORD


def _read(path: Path) -> Checked | None:
    try:
        found = cast("dict[str, Any]", json.loads(path.read_bytes()))
        found["at"] = datetime.fromisoformat(found["at"])
        found["features"] = tuple(found["features"])
        found["causes"] = tuple(found["causes"])
        found["results"] = tuple(CheckOutcome(**each) for each in found["results"])
        found["by"] = Kin(**found["by"]) if found["by"] else None
        return Checked(**found)
    except (OSError, ValueError, TypeError, KeyError):
        return None
