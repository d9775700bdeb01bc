"""The explorer with JavaScript: a choice replaces the list and stands in the address."""

import re

import pytest

expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture
def page(chromium, address):
    context = chromium.new_context()
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/en/explorer/")
    yield page
    context.close()


def test_a_choice_replaces_the_list_and_goes_into_the_address(page):
    rows = page.locator("#results tbody tr")
    before = rows.count()
    page.evaluate("window.stayed = true")
    page.select_option("#partner", "UZ")
    page.wait_for_url(re.compile(r"/en/explorer/\?partner=UZ$"))
    expect(rows).not_to_have_count(before)
    assert page.evaluate("window.stayed")
    expect(page.locator("#results").get_by_text("4.4 bn USD").first).to_be_visible()
    page.go_back()
    expect(rows).to_have_count(before)
    assert page.complaints == []
