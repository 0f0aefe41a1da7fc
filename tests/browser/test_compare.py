"""Checking an import against its document: with the mouse, with keys, from the right and on a phone."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.desk import Desk
from tests.intake.readers.upr import pdf
from tests.intake.readers.upr.texts import ENGLISH

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COORDINATOR = "Nadia Idurar"
PICKED, MARKED = re.compile("tw-pair--picked"), re.compile("tw-mark--picked")


def in_sight(page: Page, pane: str, element: str) -> bool:
    """Whether the middle of an element is inside its pane, and inside the window."""
    script = """([pane, element]) => {
        const frame = document.querySelector(`[data-tw-pane=${pane}]`).getBoundingClientRect();
        const place = document.querySelector(element).getBoundingClientRect();
        const middle = (place.top + place.bottom) / 2;
        return middle > frame.top && middle < frame.bottom && middle > 0 && middle < innerHeight;
    }"""
    return bool(page.evaluate(script, [pane, element]))


@pytest.mark.parametrize(("language", "phone"), [("ar", False), ("fr", True)])
def test_records_and_rectangles(server: Server, chromium: Browser, language: str, phone: bool) -> None:
    desk = Desk(chromium, server, language, phone=phone).enter(COORDINATOR)
    page = desk.go("imports/new/")
    page.set_input_files(
        "input[type=file]", {"name": "r.pdf", "mimeType": "application/pdf", "buffer": pdf.report(ENGLISH)}
    )
    desk.press("Preview")
    page.get_by_role("link", name=desk.say("Compare with the document")).click()
    desk.check()
    page.emulate_media(reduced_motion="reduce")
    page.reload()

    # What scrolls is inside the panes: the window is little more than a screen high.
    assert page.evaluate("document.documentElement.scrollHeight / innerHeight") < 1.7
    picture = page.locator("#page-2 img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 900

    page.locator("[data-tw-mark='6'] rect").click()
    expect(page.locator("#record-6")).to_have_class(PICKED)
    expect(page.locator("#record-6")).to_be_focused()
    assert in_sight(page, "records", "#record-6")

    page.keyboard.press("j")
    expect(page.locator("#record-7")).to_have_class(PICKED)
    expect(page.locator("[data-tw-mark='7']").first).to_have_class(MARKED)
    expect(page.locator("[data-tw-mark='6']").first).not_to_have_class(MARKED)
    assert in_sight(page, "document", "#box-7-1")

    with page.expect_response(re.compile("/seen/$")) as answer:
        page.keyboard.press("s")
    assert answer.value.status == 204
    expect(page.locator("#record-8")).to_have_class(PICKED)
    page.reload()
    expect(page.locator("[data-tw-seen-count]")).to_have_text("1")
    expect(page.locator("#record-7 button")).to_have_attribute("aria-pressed", "true")

    page.get_by_label(desk.say("With warnings only")).check()
    for record in page.locator("[data-tw-record]:visible").all():
        assert record.get_attribute("data-warned") is not None
    assert not desk.errors
    assert server.rows("SELECT count(*) FROM intake_seenrow") == [(1,)]
    desk.close()
