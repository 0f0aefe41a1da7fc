"""The search follows what is typed, in a real browser, and says all of its state in the address."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_results_follow_what_is_typed(server: Server, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(f"{server.address}/fr/demo/enter/")
    page.locator("button[name=person]").first.click()
    page.goto(f"{server.address}/fr/search/")
    expect(page.locator(".tw-answer")).to_have_count(0)

    box = page.locator("#list-search")
    box.press_sequentially("justice")
    expect(page.locator(".tw-answer mark").first).to_be_visible(timeout=20_000)
    expect(box).to_be_focused()
    assert "q=justice" in page.url

    page.locator("#facet-body input").first.check()
    expect(page.locator(".tw-chip").first).to_be_visible(timeout=20_000)
    assert "body=" in page.url and "q=justice" in page.url
    found = page.locator(".tw-answer").count()

    # The address alone gives the same page; what was typed before is not on the way back.
    page.goto(page.url)
    expect(page.locator(".tw-answer")).to_have_count(found)
    expect(page.locator("#list-search")).to_have_value("justice")

    page.locator("[data-tw-dialog]").first.click()
    page.locator("#save-name").fill("Justice, un organe")
    page.locator("#save-alerts").check()
    page.locator("#save-search button[type=submit]").click()
    expect(page.locator("#results").get_by_text("Justice, un organe")).to_be_visible(timeout=20_000)
    page.close()
