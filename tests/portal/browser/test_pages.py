"""Every sort of page in a real browser: no barrier that axe finds, no request to another host, no JavaScript needed."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tools.screens import LANGS, PUBLIC, SIGNED_IN, find_addresses

PAGES = [(name, lang) for name in PUBLIC for lang in LANGS]


@pytest.fixture(scope="module")
def addresses(address):
    return find_addresses(address)


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.complaints = []
    page.asked = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    yield page
    context.close()


@pytest.mark.parametrize(("name", "lang"), PAGES)
def test_a_page_has_no_barrier_and_asks_no_other_host(page, address, addresses, name, lang):
    answer = page.goto(address + addresses[name, lang])
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang").lower() == lang
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.complaints == []
    assert {url for url in page.asked if not url.startswith((address, "data:"))} == set()


@pytest.mark.parametrize("name", PUBLIC)
def test_a_phone_is_enough(page, address, addresses, name):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address + addresses[name, "ru"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", PUBLIC)
def test_contrast_holds_in_the_dark(chromium, address, addresses, name):
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address + addresses[name, "kk"])
    found = Axe().run(page, options={"runOnly": ["color-contrast"]})
    context.close()
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", PUBLIC)
def test_a_page_says_the_same_without_javascript(chromium, address, addresses, name):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    answer = page.goto(address + addresses[name, "en"])
    assert answer.status == 200
    assert page.locator("main h1").count() == 1
    context.close()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", SIGNED_IN)
def test_a_page_behind_the_door_has_no_barrier(chromium, address, session, name, lang):
    context = chromium.new_context()
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    answer = page.goto(f"{address}/{lang}{SIGNED_IN[name]}")
    found = Axe().run(page)
    context.close()
    assert answer.status == 200
    assert "/login/" not in answer.url
    assert found.violations_count == 0, found.generate_report()
    assert complaints == []
