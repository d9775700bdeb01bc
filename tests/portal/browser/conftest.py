import pytest

from tools import portal


@pytest.fixture(scope="session")
def chromium():
    """A real browser, without a screen."""
    path = portal.find_browser()
    if path is None:
        pytest.skip("no Chromium on this machine: install one, or name it in AINALYM_CHROMIUM")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(portal.BROWSER_OPTIONS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """The address of a portal with the samples, started by the program's own commands."""
    environment = portal.make_environment(tmp_path_factory.mktemp("portal"))
    portal.run(environment, "add", "samples")
    with portal.serve(environment) as running:
        yield running
