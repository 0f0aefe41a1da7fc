"""An indicator comes to meet its target, then misses it: the proposed status follows, step by step, ar and fr."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import Server
from tests.browser.desk import Desk, People

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COORDINATOR, MINISTRY, MINISTER = "Nadia Idurar", "Amine Tighremt", "Elias Mazighi"
# The ministry says that it is done, and proved it; the indicator beside it is of the year before.
SYMBOL, PARAGRAPH, CODE, YEAR = "A/HRC/38/917", "131.11", "TOR-1", "2025"
TEXTS = {
    "ar": {
        "reason": "سقط عنصر من تعريف الاتفاقية عند النشر.",
        "why": "المؤشر لا يبلغ هدفه: التعريف ناقص.",
    },
    "fr": {
        "reason": "Un élément de la définition de la Convention manque au texte publié.",
        "why": "L’indicateur n’atteint pas sa cible : la définition est incomplète.",
    },
}


class Story(People):
    """The recommendation, its indicator, and who reads them."""

    def __init__(self, browser: Browser, server: Server, language: str) -> None:
        super().__init__(browser, server, language)
        self.text = TEXTS[language]
        ((item, indicator),) = server.rows(
            "SELECT r.id, i.id FROM programme_indicatorrecommendation l "
            "JOIN programme_indicator i ON i.id = l.indicator_id "
            "JOIN recommendations_recommendation r ON r.id = l.recommendation_id "
            "JOIN mechanisms_document d ON d.id = r.document_id "
            "WHERE i.code = %s AND d.symbol = %s AND r.paragraph = %s",
            CODE,
            SYMBOL,
            PARAGRAPH,
        )
        self.item, self.indicator = int(str(item)), int(str(indicator))

    def value(self) -> int:
        ((found,),) = self.server.rows(
            "SELECT max(id) FROM programme_indicatorvalue WHERE indicator_id = %s AND period = %s",
            self.indicator,
            YEAR,
        )
        return int(str(found))

    def listed(self, desk: Desk) -> Locator:
        """Return the row of the recommendation where the proposals that differ are listed."""
        desk.go("assessment/proposals/")
        return desk.page.locator("tbody tr").filter(
            has=desk.page.locator(f"a[href$='/recommendations/{self.item}/']")
        )


@pytest.fixture(params=["ar", "fr"])
def story(request: pytest.FixtureRequest, chromium: Browser, server: Server) -> Iterator[Story]:
    made = Story(chromium, server, str(request.param))
    yield made
    made.leave()


def test_a_missed_target_changes_what_the_rule_proposes(story: Story) -> None:
    coordinator, ministry = story.desk(COORDINATOR), story.desk(MINISTRY, phone=True)
    _record_that_it_is_met(story, ministry)
    _read_the_proposal(story, coordinator, "Implemented", "Target met")
    expect(story.listed(coordinator)).to_have_count(0)
    _correct_it(story, ministry)
    derivation = _read_the_proposal(story, coordinator, "Partly implemented", "Target missed")
    missed = derivation.locator("li").filter(
        has_text=coordinator.say("An indicator is known to miss its target")
    )
    expect(missed.locator(f"a[href$='/indicators/{story.indicator}/']").first).to_be_visible()
    row = story.listed(coordinator)
    expect(row).to_contain_text(coordinator.say("Implemented"))
    expect(row).to_contain_text(coordinator.say("Partly implemented"))
    _confirm(story, coordinator)
    _read_as_a_minister(story)


def _record_that_it_is_met(story: Story, ministry: Desk) -> None:
    ministry.go(f"indicators/{story.indicator}/")
    ministry.page.get_by_role("link", name=ministry.say("Record a value")).click()
    ministry.page.locator("input[name=period]").fill(YEAR)
    ministry.page.locator("select[name=value]").select_option("1")
    ministry.press("Record the value")
    expect(ministry.main()).to_contain_text(ministry.say("Target met"))


def _correct_it(story: Story, ministry: Desk) -> None:
    ministry.go(f"indicators/values/{story.value()}/correct/")
    ministry.page.locator("select[name=value]").select_option("0")
    # A value is never overwritten, and never corrected without a reason.
    ministry.press("Record the correction")
    expect(ministry.page.locator("#id_reason.is-invalid, #id_reason[aria-invalid=true]")).to_be_visible()
    ministry.page.locator("textarea[name=reason]").fill(story.text["reason"])
    ministry.press("Record the correction")
    expect(ministry.main()).to_contain_text(ministry.say("Target not met"))
    ministry.go(f"indicators/{story.indicator}/values/?period={YEAR}")
    expect(ministry.page.locator("tbody tr")).to_have_count(2)
    expect(ministry.main()).to_contain_text(story.text["reason"])


def _read_the_proposal(story: Story, desk: Desk, status: str, indicator: str) -> Locator:
    """Read what the rule proposes and open how it follows; the indicator stands in it with its answer."""
    desk.go(f"recommendations/{story.item}/")
    proposal = desk.page.locator("#proposal")
    expect(proposal.locator("p").first).to_contain_text(desk.say(status))
    fold = proposal.locator("details")
    fold.locator("summary").first.click()
    line = fold.locator("li").filter(has=desk.page.locator(f"a[href$='/indicators/{story.indicator}/']"))
    expect(line.first).to_contain_text(desk.say(indicator))
    desk.check()
    return fold


def _confirm(story: Story, desk: Desk) -> None:
    desk.go(f"recommendations/{story.item}/status/")
    desk.page.locator("input[name=status][value=partly_implemented]").check()
    desk.page.locator("textarea[name=justification]").fill(story.text["why"])
    desk.page.locator("select[name=language]").select_option(story.language)
    desk.press("Set the status")
    status = desk.page.locator("#status")
    expect(status).to_contain_text(story.text["why"])
    expect(status).to_contain_text(desk.say("Former statuses"))
    expect(story.listed(desk)).to_have_count(0)


def _read_as_a_minister(story: Story) -> None:
    minister = story.desk(MINISTER)
    minister.go(f"recommendations/{story.item}/")
    expect(minister.page.locator("#status")).to_contain_text(story.text["why"])
    expect(minister.page.locator("#indicators")).to_contain_text(minister.say("Target not met"))
    minister.go("steering/")
    line = minister.page.locator("#moved .tw-task").filter(
        has=minister.page.locator(f"a[href$='/recommendations/{story.item}/']")
    )
    expect(line).to_contain_text(minister.say("Implemented"))
    expect(line).to_contain_text(minister.say("Partly implemented"))
