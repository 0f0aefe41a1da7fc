"""Everybody reads a draft, somebody comments on a phone, the delegation decides and answers; it ends in public."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Server
from tests.browser.desk import Desk, People

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COORDINATOR = "Nadia Idurar"
TEXTS = {
    "ar": {"said": "نرجو إدراج المكتبات أيضا.", "answer": "ستُدرج المكتبات في السنة الثانية."},
    "fr": {"said": "Ajoutez les bibliothèques.", "answer": "Les bibliothèques viendront la deuxième année."},
}


class Story(People):
    """The road map that the sample State lays before everybody, a visitor, and the desk."""

    def __init__(self, browser: Browser, server: Server, language: str) -> None:
        super().__init__(browser, server, language)
        self.text = TEXTS[language]
        ((consultation, version),) = server.rows(
            "SELECT id, version_id FROM programme_consultation WHERE ended_at IS NULL"
        )
        self.consultation, self.version = int(str(consultation)), int(str(version))
        self.visitor = self.desks["visitor"] = Desk(browser, server, language, phone=True)


@pytest.fixture(params=["ar", "fr"])
def story(request: pytest.FixtureRequest, chromium: Browser, server: Server) -> Iterator[Story]:
    made = Story(chromium, server, str(request.param))
    yield made
    made.leave()


def test_everybody_is_asked_answered_and_told_when_it_is_over(story: Story) -> None:
    visitor, desk = story.visitor, story.desk(COORDINATOR)
    _comment(story, visitor)
    desk.go(f"programmes/versions/{story.version}/comments/?step=received")
    article = desk.page.locator("tbody tr").filter(has_text=story.text["said"])
    article.get_by_role("button", name=desk.say("Accept"), exact=True).click()
    desk.page.wait_for_load_state()
    desk.check()
    answer = desk.page.locator("article").filter(has_text=story.text["said"]).locator("textarea")
    answer.fill(story.text["answer"])
    desk.press("Answer the comment")
    visitor.go(f"public/consultations/{story.consultation}/")
    expect(visitor.main()).not_to_contain_text(story.text["said"])
    desk.go(f"programmes/versions/{story.version}/")
    desk.press("Close the consultation")
    visitor.go(f"public/consultations/{story.consultation}/")
    expect(visitor.main()).to_contain_text(story.text["said"])
    expect(visitor.main()).to_contain_text(story.text["answer"])
    expect(visitor.page.locator("a[href$='/1.2/']")).to_have_count(0)
    visitor.go(f"public/consultations/{story.consultation}/1.1/", status=404)


def _comment(story: Story, visitor: Desk) -> None:
    visitor.go("")
    visitor.page.get_by_role("link", name=visitor.say("Read the draft and comment")).click()
    visitor.check()
    visitor.page.locator("a[href$='/1.1/#comment']").click()
    visitor.page.locator("[name=text]").fill(story.text["said"])
    visitor.press("Send the comment")
    expect(visitor.main()).to_contain_text(
        visitor.say(
            "Your comment has arrived. It is published with its answer once the consultation is over."
        )
    )
    expect(visitor.main()).not_to_contain_text(story.text["said"])
