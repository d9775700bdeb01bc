"""The pages of people who work in the portal, in a real browser: signing in with a passkey, reviewing by keys, axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tools import portal

PASSWORD = "qara-tau-boyynda-42"  # noqa: S105
LANGS = ("kk", "kk-latn", "ru", "en")
# Those that test_pages.py has no use for.
PAGES = (
    "users/", "account/2fa/webauthn/", "account/2fa/recovery-codes/", "account/2fa/totp/activate/",
    "account/2fa/webauthn/add/", "account/sessions/", "account/password/change/", "account/logout/",
)  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A portal of its own with the samples and somebody who works in it."""
    environment = portal.make_environment(tmp_path_factory.mktemp("office"))
    portal.run(environment, "add", "samples")
    roles = ("--role", "analyst", "--role", "administrator")
    portal.run(environment, "user", "add", "aida", *roles, "--password-stdin", text=PASSWORD + "\n")
    with portal.serve(environment) as running:
        # Browsers allow passkeys at a name, not at a number.
        yield running.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="module")
def context(chromium, office):
    """A browser with a passkey in it, signed in."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    keys = context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{office}/en/account/login/")
    page.fill("[name=login]", "aida")
    page.fill("[name=password]", PASSWORD)
    page.click("form.account button")
    page.wait_for_url(f"{office}/en/account/2fa/")
    page.goto(f"{office}/en/account/2fa/webauthn/add/")
    page.fill("[name=name]", "laptop")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{office}/en/account/logout/")
    page.click("main form button")
    page.goto(f"{office}/en/account/login/?next=/en/review/")
    page.click("#passkey_login")
    page.wait_for_url(f"{office}/en/review/")
    yield context
    context.close()


@pytest.fixture
def page(context):
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    page.close()


@pytest.mark.parametrize("lang", LANGS)
def test_pages_of_the_office_have_no_barrier(page, office, lang):
    for path in PAGES:
        answer = page.goto(f"{office}/{lang}/{path}")
        assert answer.status == 200, path
        assert page.url == f"{office}/{lang}/{path}"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.complaints == [], path


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_is_enough_for_the_office(page, office, path):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{office}/ru/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_keys_review_a_claim(page, office):
    page.goto(f"{office}/ru/review/")
    left = int(re.search(r"\d+", page.inner_text("#decide + p"))[0])
    page.keyboard.press("s")
    page.wait_for_url("**?after=*")
    page.keyboard.press("a")
    page.wait_for_selector(".messages")
    assert page.inner_text(".messages") == "Принято."
    page.goto(f"{office}/ru/review/")
    assert int(re.search(r"\d+", page.inner_text("#decide + p"))[0]) == left - 1
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.name") == "indicator"
    page.focus("form textarea")
    page.keyboard.press("r")
    assert page.input_value("form textarea") == "r"
    page.uncheck("#keys")
    page.goto(f"{office}/ru/review/")
    page.keyboard.press("r")
    assert page.locator(".messages").count() == 0
    page.check("#keys")


def test_a_claim_is_reviewed_without_javascript(chromium, context, office):
    plain = chromium.new_context(java_script_enabled=False, storage_state=context.storage_state())
    page = plain.new_page()
    page.goto(f"{office}/en/review/")
    page.fill("form textarea >> nth=0", "seen")
    page.click("button[value=reject]")
    assert page.inner_text(".messages") == "Rejected."
    page.goto(f"{office}/en/changes/?kind=reject")
    assert "seen" in page.inner_text("table")
    plain.close()
