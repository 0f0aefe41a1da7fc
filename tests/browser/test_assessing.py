"""The rule proposes, the coordinator overrules, the national institution dissents, the public reads both apart."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Server
from tests.browser.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COORDINATOR, NHRI, VALIDATOR = "Nadia Idurar", "Samira Tanemmirt", "Fatima Tazerzit"
TEXTS = {
    "ar": {
        "why": "لا يتضمن القانون الجديد بعد واجب تدوين سبب التحقق من الهوية.",
        "dissent": "ما زالت عمليات التحقق من الهوية تستهدف الأشخاص بسبب لون بشرتهم في محطات القطار.",
    },
    "fr": {
        "why": "La loi nouvelle n'oblige pas encore à consigner le motif des contrôles.",
        "dissent": "Dans les gares, les contrôles visent toujours des personnes pour leur couleur de peau.",
    },
}


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_from_a_proposal_to_two_voices_side_by_side(chromium: Browser, server: Server, language: str) -> None:
    text = TEXTS[language]
    ((pk,),) = server.rows(
        "SELECT r.id FROM recommendations_recommendation r JOIN mechanisms_document d ON d.id = r.document_id "
        "WHERE d.symbol = 'CERD/C/XTM/CO/8-10' AND r.paragraph = '33' AND r.subparagraph = ''"
    )
    desk = Desk(chromium, server, language).enter(COORDINATOR)
    say = desk.say

    # The rule proposes, step by step.
    desk.go(f"recommendations/{pk}/")
    proposal = desk.page.locator("#proposal")
    expect(proposal).to_contain_text(say("Partly implemented"))
    proposal.locator("summary").click()
    expect(proposal).to_contain_text(say("Evidence"))
    expect(proposal.locator("a[href*='/contributions/']").first).to_be_visible()
    desk.check()

    # The coordinator overrules with a reason; without one it is refused.
    desk.go(f"recommendations/{pk}/status/")
    desk.page.locator("input[name=status][value=in_progress]").check()
    desk.page.locator("textarea[name=justification]").fill("")
    desk.press("Set the status")
    expect(desk.main()).to_contain_text(say("Justify the status."))
    desk.page.locator("textarea[name=justification]").fill(text["why"])
    desk.page.locator(f"select[name=language] option[value={language}]").evaluate(
        "one => one.selected = true"
    )
    desk.press("Set the status")
    status = desk.page.locator("#status")
    expect(status).to_contain_text(text["why"])
    expect(status).to_contain_text(
        say("Overruled: the rule proposed “%(status)s”", status=say("Partly implemented"))
    )

    # An institution reads the status and its reason, and nothing of the proposal.
    other = Desk(chromium, server, language).enter(VALIDATOR)
    other.go(f"recommendations/{pk}/")
    expect(other.page.locator("#status")).to_contain_text(text["why"])
    expect(other.page.locator("#proposal")).to_have_count(0)
    expect(other.main()).not_to_contain_text(
        say("Overruled: the rule proposed “%(status)s”", status=say("Partly implemented"))
    )

    # The national institution dissents, on a phone; nobody reads it before it is accepted.
    author = Desk(chromium, server, language, phone=True).enter(NHRI)
    author.go(f"recommendations/{pk}/submit/")
    author.page.locator("textarea[name=text]").fill(text["dissent"])
    author.page.locator("select[name=status]").select_option("not_started")
    author.page.locator("select[name=language]").select_option(language)
    author.press("Submit")
    other.go(f"recommendations/{pk}/")
    expect(other.main()).not_to_contain_text(text["dissent"])

    # The coordinator accepts it, and publishes the status.
    ((submission,),) = server.rows("SELECT max(id) FROM followup_submission")
    desk.go(f"submissions/{submission}/")
    desk.press("Accept")
    desk.go(f"publish/{pk}/")
    for name in ("status", "justification"):
        desk.page.locator(f"#selection input[name={name}]").check()
    with desk.page.expect_navigation():
        desk.button("Update the preview").click()
    desk.page.locator("#preview button[type=submit]").first.click()
    desk.page.wait_for_load_state()

    # The public reads both, apart, and the rule.
    public = Desk(chromium, server, language)
    public.go(f"public/recommendations/{pk}/")
    voices = public.page.locator("#voices")
    expect(voices).to_contain_text(text["dissent"])
    expect(voices).to_contain_text(say("Not started"))
    expect(voices).not_to_contain_text(text["why"])
    stands = public.page.locator("section.tw-panel").filter(has_text=say("Where it stands"))
    expect(stands).to_contain_text(text["why"])
    expect(stands).not_to_contain_text(text["dissent"])
    public.go("public/rule/")
    expect(public.main()).to_contain_text(say("In force"))
    for window in (desk, other, author, public):
        window.close()
