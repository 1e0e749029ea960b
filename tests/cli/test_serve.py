"""`sandbox serve` refuses what cannot go together."""

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize("beside", [("--no-token",), ("--workspace", "mine")])
def test_a_public_site_has_neither_workspace_nor_token(run: Run, beside: tuple[str, ...]) -> None:
    refused = run("serve", "--public", "--no-open", *beside)
    assert refused.code == 2
    assert "A public site has no workspace and no token." in refused.err
