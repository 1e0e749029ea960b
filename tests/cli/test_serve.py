"""`sandbox serve` refuses what cannot go together."""

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(
    "beside", [("--no-token",), ("--workspace", "mine"), ("--apps-url", "/apps/{port}/")]
)
def test_a_public_site_has_neither_workspace_nor_token_nor_apps(
    run: Run, beside: tuple[str, ...]
) -> None:
    refused = run("serve", "--public", "--no-open", *beside)
    assert refused.code == 2
    assert "A public site has no workspace, no token and no apps." in refused.err


def test_an_address_of_apps_without_their_port_is_refused_with_an_example(run: Run) -> None:
    refused = run("serve", "--no-open", "--apps-url", "/user/ada/proxy/")
    assert refused.code == 2
    assert "'/user/ada/proxy/' does not say where the app of a port is shown." in refused.err
    assert "/user/ada/proxy/{port}/" in refused.err
