"""The whole of follow-up, in Arabic and in French, from the question put to a ministry to the minister's page.

Asked by questionnaire, a ministry writes on a phone; the network is cut in mid-sentence, the tab is closed,
somebody else saves meanwhile. What is validated makes the rule propose, the coordinator overrules, the
national institution dissents, the public reads both apart, and the minister sees what moved.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Server
from tests.browser.desk import Desk, People

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AUTHOR, COLLEAGUE, VALIDATOR = "Amine Tighremt", "Lamia Ouzeggane", "Karim Azemmur"
COORDINATOR, NHRI, MINISTER = "Nadia Idurar", "Samira Tanemmirt", "Elias Mazighi"
OTHER_MINISTRY = "Fatima Tazerzit"
# The proposed status that the author claims, what follows without evidence, what the coordinator decides,
# what the national institution sees.
CLAIMED, PROPOSED, DECIDED, SEEN = "partly_implemented", "in_progress", "partly_implemented", "not_started"
TEXTS = {
    "ar": {
        "questionnaire": "متابعة ملاحظات لجنة القضاء على التمييز العنصري",
        "answer": "انظر مساهمتنا في هذه التوصية.",
        "begun": "أُعد مشروع القانون وعُرض على المجلس",
        "half": "أُعد مشروع القانون وعُرض على المجلس، وسيُبرمج في الدورة الربي",
        "other": "نُشرت الدراسة المقارنة في الجريدة الداخلية.",
        "figure": "جلسات الاستماع",
        "message": "هل نذكر التاريخ؟ @كريم أزمور",
        "why": "صادقت اللجنة البرلمانية على المشروع أمس، وسيُرفق محضرها.",
        "dissent": "لم يتغير شيء أمام المحاكم: ما زالت الشكايات تُحفظ دون بحث.",
    },
    "fr": {
        "questionnaire": "Suivi des observations du Comité pour l’élimination de la discrimination raciale",
        "answer": "Voir notre contribution sur cette recommandation.",
        "begun": "Le projet de loi est prêt et il a été soumis au conseil",
        "half": "Le projet de loi est prêt et il a été soumis au conseil, il sera inscrit à la session de print",
        "other": "L’étude comparée a paru au bulletin interne.",
        "figure": "Auditions tenues",
        "message": "Faut-il donner la date ? @Karim Azemmur",
        "why": "La commission parlementaire a adopté le projet hier ; son procès-verbal sera joint.",
        "dissent": "Rien n’a changé devant les tribunaux : les plaintes sont toujours classées sans enquête.",
    },
}


class Story(People):
    """The people of the journey, the recommendation it is about, and the draft they write."""

    def __init__(self, browser: Browser, server: Server, language: str) -> None:
        super().__init__(browser, server, language)
        self.text = TEXTS[language]
        # A lettered part: the question is put about its paragraph.
        ((pk, item, asked, review),) = server.rows(
            "SELECT c.id, r.id, r.parent_id, d.review_id FROM followup_contribution c "
            "JOIN accounts_user u ON u.id = c.created_by_id "
            "JOIN recommendations_recommendation r ON r.id = c.recommendation_id "
            "JOIN mechanisms_document d ON d.id = r.document_id "
            "WHERE c.state = 'draft' AND u.name = %s ORDER BY c.id LIMIT 1",
            AUTHOR,
        )
        self.pk, self.item = int(str(pk)), int(str(item))
        self.asked, self.review = int(str(asked)), int(str(review))

    def one(self, statement: str, *values: object) -> object:
        ((found,),) = self.server.rows(statement, *values)
        return found

    def measures(self) -> str:
        return str(self.one("SELECT measures_taken FROM followup_contribution WHERE id = %s", self.pk))

    def reply(self) -> int:
        found = self.one(
            "SELECT p.id FROM followup_reply p JOIN followup_questionnaire q ON q.id = p.questionnaire_id "
            "WHERE q.title = %s",
            self.text["questionnaire"],
        )
        return int(str(found))

    def kept(self, page: Page) -> int:
        found = page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('tawsiya.kept.')).length")
        return int(found)


@pytest.fixture(params=["ar", "fr"])
def story(request: pytest.FixtureRequest, chromium: Browser, server: Server) -> Iterator[Story]:
    made = Story(chromium, server, str(request.param))
    yield made
    made.leave()


def test_from_a_question_to_the_ministers_page(story: Story) -> None:
    _ask(story)
    author = story.desk(AUTHOR, phone=True)
    _read_what_is_asked(story, author)
    _type_and_lose_the_network(story, author)
    _save_meanwhile(story)
    _come_back_to_both_texts(story, author)
    _answer(story, author)
    _talk(story, author)
    _decide(story)
    _sign_out(story, author)
    _overrule(story)
    _dissent(story)
    _publish(story)
    _read_outside(story)
    _steer(story)


# Asked.


def _ask(story: Story) -> None:
    desk = story.desk(COORDINATOR)
    desk.go("questionnaires/new/")
    page = desk.page
    page.locator("input[name=title]").fill(story.text["questionnaire"])
    page.locator("input[name=kind][value=review]").check()
    page.locator("select[name=review]").select_option(str(story.review))
    page.locator("select[name=language]").select_option(story.language)
    page.locator("input[name=deadline]").fill("2099-03-31")
    justice = story.one("SELECT id FROM accounts_institution WHERE key = 'justice'")
    page.locator(f"input[name=institutions][value='{justice}']").check()
    desk.press("Save")
    questionnaire = story.one(
        "SELECT id FROM followup_questionnaire WHERE title = %s", story.text["questionnaire"]
    )
    desk.go(f"questionnaires/{questionnaire}/")
    expect(page.locator(f"#questions a[href$='/recommendations/{story.asked}/']")).to_be_visible()
    desk.button("Send").click()
    page.locator("dialog:popover-open, dialog[open]").get_by_role("button", name=desk.say("Send")).click()
    expect(desk.main()).to_contain_text(desk.say("Sent"))
    desk.check()


def _read_what_is_asked(story: Story, author: Desk) -> None:
    told = story.server.rows(
        "SELECT u.name FROM notifications_notification n JOIN accounts_user u ON u.id = n.recipient_id "
        "WHERE n.code = 'questionnaire.sent' AND n.params->>'title' = %s",
        story.text["questionnaire"],
    )
    assert (AUTHOR,) in told
    author.go("questionnaires/")
    author.page.get_by_role("link", name=story.text["questionnaire"]).click()
    author.check()
    author.page.locator(f"#answers a[href$='/recommendations/{story.asked}/']").click()
    author.page.locator(f"main a[href$='/recommendations/{story.item}/']").first.click()
    author.check()
    author.page.locator(f"#contributions a[href$='/contributions/{story.pk}/']").first.click()
    author.check()


# Written on a phone, and nothing typed is lost.


def _type_and_lose_the_network(story: Story, author: Desk) -> None:
    author.go(f"contributions/{story.pk}/edit/")
    _type(story, author, author.page.locator("#id_measures_taken"))
    typed = story.one("SELECT fields->>'measures_taken' FROM followup_typedtext")
    assert typed == story.text["begun"]
    assert story.measures() != typed, "what is being typed is no contribution yet"
    # The bar with the buttons stands at the foot of the window, whatever is above it.
    assert author.page.locator(".tw-savebar").bounding_box()["y"] < 844  # type: ignore[index]
    _cut_short(story, author, author.page.locator("#id_measures_taken"))


def _type(story: Story, author: Desk, field: Locator) -> None:
    field.fill(story.text["begun"])
    said = author.page.locator("[data-tw-said]")
    expect(said).to_contain_text(author.say("Kept as you type: %(moment)s").split("%")[0].strip())


def _cut_short(story: Story, author: Desk, field: Locator) -> None:
    """Lose the network in mid-sentence, and close the tab."""
    author.offline()
    field.fill(story.text["half"])
    said = author.page.locator("[data-tw-said]")
    expect(said).to_contain_text(author.say("No network: kept on this device, and sent when it is back."))
    assert story.kept(author.page) == 1
    author.close_tab()


def _save_meanwhile(story: Story) -> None:
    colleague = story.desk(COLLEAGUE)
    colleague.go(f"contributions/{story.pk}/edit/")
    colleague.page.locator("#id_measures_taken").fill(story.text["other"])
    colleague.page.locator("[name=figures-0-label]").fill(story.text["figure"])
    colleague.page.locator("[name=figures-0-value]").fill("14")
    colleague.page.locator("#id_obstacles_mark").select_option("restricted")
    colleague.press("Save the draft")
    assert story.measures() == story.text["other"]
    assert story.text["half"][-9:] not in colleague.page.content(), "nobody reads what another types"


def _come_back_to_both_texts(story: Story, author: Desk) -> None:
    author.online()
    author.go(f"contributions/{story.pk}/edit/")
    page, text = author.page, story.text
    conflict, kept = page.locator("#conflict"), page.locator("#kept")
    expect(conflict).to_contain_text(text["begun"])
    expect(conflict).to_contain_text(text["other"])
    expect(kept).to_contain_text(text["half"])
    expect(kept).to_contain_text(text["other"])
    expect(kept.locator(".tw-diff")).to_be_visible()
    author.check()
    # The colleague's figure and mark came with the draft: nobody had touched them here.
    expect(page.locator("[name=figures-0-value]")).to_have_value("14")
    expect(page.locator("#id_obstacles_mark")).to_have_value("restricted")
    kept.locator("[data-tw-differing=measures_taken] [data-tw-take=both]").click()
    expect(page.locator("#id_measures_taken")).to_have_value(f"{text['other']}\n\n{text['half']}")
    page.locator("[name=proposed_status]").select_option(CLAIMED)
    author.press("Save the draft")
    assert story.measures() == f"{text['other']}\n\n{text['half']}"
    assert story.server.rows("SELECT count(*) FROM followup_typedtext") == [(0,)]
    assert story.kept(page) == 0


def _answer(story: Story, author: Desk) -> None:
    """Answer the questionnaire; here too the network goes in mid-sentence and a colleague saves meanwhile."""
    reply, text = story.reply(), story.text
    author.go(f"replies/{reply}/edit/")
    _type(story, author, author.page.locator("textarea[name^=a]").first)
    _cut_short(story, author, author.page.locator("textarea[name^=a]").first)
    colleague = story.desk(COLLEAGUE)
    colleague.go(f"replies/{reply}/edit/")
    for field in colleague.page.locator("textarea[name^=a]").all():
        field.fill(text["other"])
    colleague.press("Save")
    author.online()
    author.go(f"replies/{reply}/edit/")
    kept = author.page.locator("#kept")
    for words in (text["half"], text["other"]):
        expect(kept).to_contain_text(words)
    author.check()
    kept.locator("[data-tw-take=both]").first.click()
    field = author.page.locator("textarea[name^=a]").first
    expect(field).to_have_value(f"{text['other']}\n\n{text['half']}")
    author.press("Save")
    first = story.one(
        "SELECT text FROM followup_answer WHERE reply_id = %s ORDER BY question_id LIMIT 1", reply
    )
    assert str(first).replace("\r\n", "\n") == f"{text['other']}\n\n{text['half']}"
    assert story.kept(author.page) == 0
    author.go(f"replies/{reply}/edit/")
    for field in author.page.locator("textarea[name^=a]").all():
        field.fill(text["answer"])
    author.press("Save")
    author.press("Submit to the validator")
    assert story.one("SELECT state FROM followup_reply WHERE id = %s", reply) == "with_validator"


def _talk(story: Story, author: Desk) -> None:
    author.go(f"recommendations/{story.item}/")
    author.page.locator("#conversations a").filter(has_text=author.say("Inside the institution")).click()
    author.page.locator("#id_text").fill(story.text["message"])
    author.press("Send the message")
    expect(author.page.locator(".tw-talk")).to_contain_text(story.text["message"].split("?")[0].strip())
    told = story.server.rows(
        "SELECT u.name FROM notifications_notification n JOIN accounts_user u ON u.id = n.recipient_id "
        "WHERE n.code = 'message.mentioned' ORDER BY n.id DESC LIMIT 1"
    )
    assert told == [(VALIDATOR,)]
    author.go(f"contributions/{story.pk}/")
    author.press("Submit to the validator")


# Validated by the institution, then by the delegation.


def _decide(story: Story) -> None:
    validator, reply = story.desk(VALIDATOR), story.reply()
    validator.go("conversations/?unread=1")
    validator.page.locator(".tw-task__title").first.click()
    expect(validator.page.locator("[data-tw-read]")).to_have_count(0)
    for place in (f"contributions/{story.pk}/", f"replies/{reply}/"):
        validator.go(place)
        validator.press("Approve and send to the delegation")
    coordinator = story.desk(COORDINATOR)
    coordinator.go(f"replies/{reply}/")
    expect(coordinator.main()).to_contain_text(story.text["answer"])
    coordinator.press("Validate")
    coordinator.go(f"contributions/{story.pk}/")
    expect(coordinator.main()).to_contain_text(story.text["half"])
    coordinator.press("Validate")
    for table, pk in (("contribution", story.pk), ("reply", reply)):
        assert story.one(f"SELECT state FROM followup_{table} WHERE id = %s", pk) == "validated"
    coordinator.go(f"recommendations/{story.item}/?kind=contributions")
    expect(coordinator.page.locator("#conversations")).not_to_contain_text(
        coordinator.say("Inside the institution")
    )


def _sign_out(story: Story, author: Desk) -> None:
    author.page.evaluate("localStorage.setItem('tawsiya.kept.0.item:1', '{}')")
    author.page.locator(".tw-bar .dropdown [data-bs-toggle=dropdown]").last.click()
    author.page.locator("[data-tw-sign-out] button").click()
    author.page.wait_for_load_state()
    assert story.kept(author.page) == 0


# Judged: the rule proposes, the coordinator overrules, the national institution dissents.


def _status(desk: Desk, code: str) -> str:
    names = {
        "not_started": "Not started",
        "in_progress": "In progress",
        "partly_implemented": "Partly implemented",
    }
    return desk.say(names[code])


def _overruled(desk: Desk) -> str:
    return desk.say("Overruled: the rule proposed “%(status)s”", status=_status(desk, PROPOSED))


def _overrule(story: Story) -> None:
    desk = story.desk(COORDINATOR)
    say, page = desk.say, desk.page
    desk.go(f"recommendations/{story.item}/")
    # A claim alone is no proof: the rule proposes less than the ministry, and shows why.
    proposal = page.locator("#proposal")
    expect(proposal.locator("p").first).to_contain_text(_status(desk, PROPOSED))
    proposal.locator("summary").click()
    expect(proposal).to_contain_text(say("Evidence"))
    expect(proposal.locator(f"a[href*='/contributions/{story.pk}/']").first).to_be_visible()
    desk.check()
    # Without a reason it is refused.
    desk.go(f"recommendations/{story.item}/status/")
    page.locator(f"input[name=status][value={DECIDED}]").check()
    page.locator("textarea[name=justification]").fill("")
    desk.press("Set the status")
    expect(desk.main()).to_contain_text(say("Justify the status."))
    page.locator("textarea[name=justification]").fill(story.text["why"])
    page.locator("select[name=language]").select_option(story.language)
    desk.press("Set the status")
    status = page.locator("#status")
    expect(status).to_contain_text(story.text["why"])
    expect(status).to_contain_text(_overruled(desk))
    # The institution reads the status and its reason, and nothing of the proposal.
    ministry = story.desk(VALIDATOR)
    ministry.go(f"recommendations/{story.item}/")
    expect(ministry.page.locator("#status")).to_contain_text(story.text["why"])
    expect(ministry.page.locator("#proposal")).to_have_count(0)
    expect(ministry.main()).not_to_contain_text(_overruled(ministry))


def _dissent(story: Story) -> None:
    author = story.desk(NHRI, phone=True)
    author.go(f"recommendations/{story.item}/submit/")
    author.page.locator("textarea[name=text]").fill(story.text["dissent"])
    author.page.locator("select[name=status]").select_option(SEEN)
    author.page.locator("select[name=language]").select_option(story.language)
    author.press("Submit")
    # Nobody but the delegation reads it before it is accepted.
    other = story.desk(OTHER_MINISTRY)
    other.go(f"recommendations/{story.item}/")
    expect(other.main()).not_to_contain_text(story.text["dissent"])
    desk = story.desk(COORDINATOR)
    submission = story.one("SELECT max(id) FROM followup_submission")
    desk.go(f"submissions/{submission}/")
    desk.press("Accept")
    other.go(f"recommendations/{story.item}/")
    expect(other.page.locator("#voices")).to_contain_text(story.text["dissent"])


# Told to the public, and to the minister.


def _publish(story: Story) -> None:
    desk = story.desk(COORDINATOR)
    desk.go(f"publish/{story.item}/")
    for name in ("status", "justification"):
        desk.page.locator(f"#selection input[name={name}]").check()
    with desk.page.expect_navigation():
        desk.button("Update the preview").click()
    desk.page.locator("#preview button[type=submit]").first.click()
    desk.page.wait_for_load_state()


def _read_outside(story: Story) -> None:
    public = Desk(story.browser, story.server, story.language)
    story.desks["public"] = public
    public.go(f"public/recommendations/{story.item}/")
    voices = public.page.locator("#voices")
    expect(voices).to_contain_text(story.text["dissent"])
    expect(voices).to_contain_text(_status(public, SEEN))
    expect(voices).not_to_contain_text(story.text["why"])
    stands = public.page.locator("section.tw-panel").filter(has_text=public.say("Where it stands"))
    expect(stands).to_contain_text(story.text["why"])
    expect(stands).to_contain_text(_status(public, DECIDED))
    expect(stands).not_to_contain_text(story.text["dissent"])
    public.go("public/rule/")
    expect(public.main()).to_contain_text(public.say("In force"))


def _steer(story: Story) -> None:
    minister = story.desk(MINISTER)
    page = minister.go("steering/")
    moved = page.locator("#moved")
    line = moved.locator(".tw-task").filter(has=page.locator(f"a[href$='/recommendations/{story.item}/']"))
    expect(line).to_contain_text(_status(minister, DECIDED))
    moved.locator("a[href*='what=heard']").click()
    page.wait_for_load_state()
    minister.check()
    row = page.locator("tbody tr").filter(
        has=page.locator(f"a[href$='/recommendations/{story.item}/#voices']")
    )
    expect(row).to_contain_text(_status(minister, SEEN))
    row.locator("a").click()
    # Both stand on the page of the recommendation, apart; what the rule proposed is the delegation's.
    expect(page.locator("#status")).to_contain_text(story.text["why"])
    expect(page.locator("#voices")).to_contain_text(story.text["dissent"])
    expect(page.locator("#proposal")).to_have_count(0)
    minister.check()
