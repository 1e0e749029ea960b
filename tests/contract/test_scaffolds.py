"""A pairwise set of variants, started with an empty database, passes the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.contract import run_contract
from tests.mutation.starting import started
from tests.support.variants import PAIRWISE_VARIANTS, tree


@pytest.mark.slow
@pytest.mark.parametrize(("framework", "features"), PAIRWISE_VARIANTS)
def test_a_variant_passes_the_contract(
    framework: str, features: tuple[str, ...], tmp_path: Path
) -> None:
    with started(framework, tree(framework, features), features, tmp_path) as app:
        report = run_contract(
            app.server.launch.url, features, means=app.means, project_name="Shelf"
        )
        output = app.server.last_output(30)
    failed = [f"{result.check.id}: {result.message}" for result in report.of("failed")]
    assert failed == [], f"seed {report.seed}\n{output}"
    assert report.of("skipped") == ()
