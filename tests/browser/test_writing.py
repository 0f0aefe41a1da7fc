"""Long work on a phone: the network is cut in mid-sentence, the tab is closed, somebody else saves meanwhile."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AUTHOR, COLLEAGUE = "Amine Tighremt", "Lamia Ouzeggane"
VALIDATOR, COORDINATOR = "Karim Azemmur", "Nadia Idurar"
TEXTS = {
    "ar": {
        "begun": "أُعد مشروع القانون وعُرض على المجلس",
        "half": "أُعد مشروع القانون وعُرض على المجلس، وسيُبرمج في الدورة الربي",
        "other": "نُشرت الدراسة المقارنة في الجريدة الداخلية.",
        "figure": "جلسات الاستماع",
        "message": "هل نذكر التاريخ؟ @كريم أزمور",
    },
    "fr": {
        "begun": "Le projet de loi est prêt et il a été soumis au conseil",
        "half": "Le projet de loi est prêt et il a été soumis au conseil, il sera inscrit à la session de print",
        "other": "L’étude comparée a paru au bulletin interne.",
        "figure": "Auditions tenues",
        "message": "Faut-il donner la date ? @Karim Azemmur",
    },
}


class Writing:
    """The people of the journey, and the draft they write."""

    def __init__(self, browser: Browser, server: Server, language: str) -> None:
        self.browser, self.server, self.language = browser, server, language
        self.text = TEXTS[language]
        self.desks: list[Desk] = []
        ((pk, item),) = server.rows(
            "SELECT c.id, c.recommendation_id FROM followup_contribution c JOIN accounts_user u "
            "ON u.id = c.created_by_id WHERE c.state = 'draft' AND u.name = %s ORDER BY c.id LIMIT 1",
            AUTHOR,
        )
        self.pk, self.item = int(str(pk)), int(str(item))

    def desk(self, person: str, *, phone: bool = False) -> Desk:
        desk = Desk(self.browser, self.server, self.language, phone=phone).enter(person)
        self.desks.append(desk)
        return desk

    def measures(self) -> str:
        ((text,),) = self.server.rows(
            "SELECT measures_taken FROM followup_contribution WHERE id = %s", self.pk
        )
        return str(text)

    def kept(self, page: Page) -> int:
        found = page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('tawsiya.kept.')).length")
        return int(found)


@pytest.fixture(params=["ar", "fr"])
def writing(request: pytest.FixtureRequest, chromium: Browser, server: Server) -> Iterator[Writing]:
    made = Writing(chromium, server, str(request.param))
    yield made
    for desk in made.desks:
        desk.close()


def test_nothing_typed_is_lost(writing: Writing) -> None:
    author = writing.desk(AUTHOR, phone=True)
    _type_and_lose_the_network(writing, author)
    _save_meanwhile(writing)
    _come_back_to_both_texts(writing, author)
    _talk(writing, author)
    _decide(writing)
    _sign_out(writing, author)


def _type_and_lose_the_network(writing: Writing, author: Desk) -> None:
    author.go(f"contributions/{writing.pk}/edit/")
    field = author.page.locator("#id_measures_taken")
    field.fill(writing.text["begun"])
    said = author.page.locator("[data-tw-said]")
    expect(said).to_contain_text(author.say("Kept as you type: %(moment)s").split("%")[0].strip())
    ((typed,),) = writing.server.rows("SELECT fields->>'measures_taken' FROM followup_typedtext")
    assert typed == writing.text["begun"]
    assert writing.measures() != typed, "what is being typed is no contribution yet"
    # The bar with the buttons stands at the foot of the window, whatever is above it.
    assert author.page.locator(".tw-savebar").bounding_box()["y"] < 844  # type: ignore[index]
    author.offline()
    field.fill(writing.text["half"])
    expect(said).to_contain_text(author.say("No network: kept on this device, and sent when it is back."))
    assert writing.kept(author.page) == 1
    author.close_tab()


def _save_meanwhile(writing: Writing) -> None:
    colleague = writing.desk(COLLEAGUE)
    colleague.go(f"contributions/{writing.pk}/edit/")
    colleague.page.locator("#id_measures_taken").fill(writing.text["other"])
    colleague.page.locator("[name=figures-0-label]").fill(writing.text["figure"])
    colleague.page.locator("[name=figures-0-value]").fill("14")
    colleague.page.locator("#id_obstacles_mark").select_option("restricted")
    colleague.press("Save the draft")
    assert writing.measures() == writing.text["other"]
    assert writing.text["half"][-9:] not in colleague.page.content(), "nobody reads what another types"


def _come_back_to_both_texts(writing: Writing, author: Desk) -> None:
    author.online()
    author.go(f"contributions/{writing.pk}/edit/")
    page, text = author.page, writing.text
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
    author.press("Save the draft")
    assert writing.measures() == f"{text['other']}\n\n{text['half']}"
    assert writing.server.rows("SELECT count(*) FROM followup_typedtext") == [(0,)]
    assert writing.kept(page) == 0


def _talk(writing: Writing, author: Desk) -> None:
    author.go(f"recommendations/{writing.item}/")
    author.page.locator("#conversations a").filter(has_text=author.say("Inside the institution")).click()
    author.page.locator("#id_text").fill(writing.text["message"])
    author.press("Write")
    expect(author.page.locator(".tw-talk")).to_contain_text(writing.text["message"].split("?")[0].strip())
    told = writing.server.rows(
        "SELECT u.name FROM notifications_notification n JOIN accounts_user u ON u.id = n.recipient_id "
        "WHERE n.code = 'message.mentioned' ORDER BY n.id DESC LIMIT 1"
    )
    assert told == [(VALIDATOR,)]
    author.go(f"contributions/{writing.pk}/")
    author.press("Submit to the validator")


def _decide(writing: Writing) -> None:
    validator = writing.desk(VALIDATOR)
    validator.go("conversations/?unread=1")
    validator.page.locator(".tw-task__title").first.click()
    expect(validator.page.locator("[data-tw-read]")).to_have_count(0)
    validator.go(f"contributions/{writing.pk}/")
    validator.press("Approve and send to the delegation")
    coordinator = writing.desk(COORDINATOR)
    coordinator.go(f"contributions/{writing.pk}/")
    expect(coordinator.main()).to_contain_text(writing.text["half"])
    coordinator.press("Validate")
    assert writing.server.rows("SELECT state FROM followup_contribution WHERE id = %s", writing.pk) == [
        ("validated",)
    ]
    coordinator.go(f"recommendations/{writing.item}/?kind=contributions")
    expect(coordinator.page.locator("#conversations")).not_to_contain_text(
        coordinator.say("Inside the institution")
    )


def _sign_out(writing: Writing, author: Desk) -> None:
    author.page.evaluate("localStorage.setItem('tawsiya.kept.0.item:1', '{}')")
    author.page.locator(".tw-bar .dropdown [data-bs-toggle=dropdown]").last.click()
    author.page.locator("[data-tw-sign-out] button").click()
    author.page.wait_for_load_state()
    assert writing.kept(author.page) == 0
