import os
import subprocess
import sys

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
def environment(tmp_path_factory):
    """The environment of programs whose ledger has the samples in it."""
    environment = portal.make_environment(tmp_path_factory.mktemp("portal"))
    portal.run(environment, "add", "samples")
    return environment


@pytest.fixture(scope="session")
def address(environment):
    """The address of a portal with the samples, started by the program's own commands."""
    with portal.serve(environment) as running:
        yield running


@pytest.fixture(scope="session")
def session(environment, address):
    """The session of an administrator who has signed in with both factors."""
    script = """
import django
django.setup()
from django.test import Client
from tests.portal.signing import make_person, sign_in
client = Client()
sign_in(client, make_person("analyst", "editor", "administrator", name="aliya"))
print(client.session.session_key)
"""
    settings = {"DJANGO_SETTINGS_MODULE": "ainalym.portal.settings", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", script], env={**environment, **settings}, cwd=portal.ROOT, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()
