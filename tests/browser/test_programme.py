"""From a group of recommendations to an adopted programme, and a ministry that reports a milestone with proof."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Server
from tests.browser.desk import People

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COORDINATOR, FOCAL_POINT, VALIDATOR = "Nadia Idurar", "Lamia Ouzeggane", "Karim Azemmur"
TEXTS = {
    "ar": {
        "name": "خريطة طريق العدالة",
        "axis": "العدالة",
        "title": "فتح مكتب للضبط القضائي في كل محكمة",
        "step": "فتح المكاتب العشرة الأولى",
        "comment": "نقترح البدء بالمحاكم البعيدة.",
        "answer": "سنبدأ بها.",
        "done": "فُتحت عشرة مكاتب.",
        "proof": "قرار التعيين",
    },
    "fr": {
        "name": "Feuille de route de la justice",
        "axis": "Justice",
        "title": "Ouvrir un greffe de proximité dans chaque tribunal",
        "step": "Dix premiers greffes ouverts",
        "comment": "Commencer par les tribunaux éloignés.",
        "answer": "C’est ce qui sera fait.",
        "done": "Dix greffes sont ouverts.",
        "proof": "Arrêté de nomination",
    },
}


@pytest.fixture(params=["ar", "fr"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Journey(People):
    """The people of the journey."""

    def __init__(self, browser: Browser, server: Server, language: str, folder: Path) -> None:
        super().__init__(browser, server, language)
        self.folder = folder
        self.text = TEXTS[language]

    def one(self, statement: str, *values: str) -> int:
        return int(str(self.server.rows(statement, *values)[0][0]))

    def version(self) -> int:
        return self.one(
            "SELECT v.id FROM programme_version v JOIN programme_programme p ON p.id = v.programme_id "
            f"WHERE p.names->>'{self.language}' = %s",
            self.text["name"],
        )

    def measure(self) -> int:
        return self.one(
            f"SELECT id FROM programme_measure WHERE titles->>'{self.language}' = %s", self.text["title"]
        )

    def plan_from_a_group(self) -> None:
        desk = self.desk(COORDINATOR)
        desk.go("programmes/add/")
        desk.page.locator(f"input[name=name_{self.language}]").fill(self.text["name"])
        desk.press("Begin the programme")
        desk.page.goto(f"{desk.page.url}axes/add/")
        desk.page.locator("input[name=code]").fill("1")
        desk.page.locator(f"input[name=name_{self.language}]").fill(self.text["axis"])
        desk.press("Save")
        group = self.one("SELECT id FROM recommendations_group WHERE state = 'proposed' ORDER BY id LIMIT 1")
        desk.go(f"groups/{group}/")
        desk.press("Confirm the group of these")
        desk.page.get_by_role("link", name=desk.say("Plan a measure")).click()
        desk.check()
        axis = self.one("SELECT id FROM programme_node WHERE version_id = %s", str(self.version()))
        desk.page.locator("select[name=node]").select_option(str(axis))
        desk.page.locator("textarea[name=title]").fill(self.text["title"])
        desk.press("Plan a measure")
        justice = self.one("SELECT id FROM accounts_institution WHERE key = 'justice'")
        desk.page.locator("select[name=lead]").select_option(str(justice))
        desk.page.locator("input[name=ends_on]").fill("2028-12-31")
        desk.page.locator("input[name=milestones-0-title]").fill(self.text["step"])
        desk.page.locator("input[name=milestones-0-due_on]").fill("2027-06-30")
        desk.press("Save the measure")
        expect(desk.main()).to_contain_text(self.text["step"])
        answered = self.one(
            "SELECT count(*) FROM programme_measureanswer WHERE measure_id = %s", str(self.measure())
        )
        assert answered > 0

    def consult_and_adopt(self) -> None:
        desk = self.desk(COORDINATOR)
        desk.go(f"programmes/versions/{self.version()}/consultation/")
        desk.page.locator("input[name=audiences][value=sectors]").check()
        desk.page.locator("input[name=closes_on]").fill("2099-01-31")
        desk.press("Open a consultation")
        ministry = self.desk(FOCAL_POINT, phone=True)
        ministry.go(f"programmes/measures/{self.measure()}/")
        ministry.page.locator("#comment").fill(self.text["comment"])
        ministry.press("Send the comment")
        desk.go(f"programmes/measures/{self.measure()}/")
        desk.page.locator("textarea[name=text]").fill(self.text["answer"])
        desk.press("Answer the comment")
        desk.go(f"programmes/versions/{self.version()}/timeline/")
        expect(desk.main()).to_contain_text(self.text["step"])
        desk.go(f"programmes/versions/{self.version()}/adopt/")
        desk.page.locator("input[name=act_number]").fill("2.26.900")
        desk.page.locator("input[name=act_date]").fill("2026-01-05")
        desk.press("Adopt the programme")
        assert self.server.rows("SELECT state FROM programme_version WHERE id = %s", str(self.version())) == [
            ("adopted",)
        ]

    def report_a_milestone(self) -> None:
        proof = self.folder / "proof.txt"
        proof.write_text(self.text["proof"])
        ministry = self.desk(FOCAL_POINT, phone=True)
        ministry.go(f"programmes/measures/{self.measure()}/report/")
        ministry.page.locator("input[name=progress][value=under_way]").check()
        ministry.page.locator("textarea[name=text]").fill(self.text["done"])
        ministry.page.locator("select[name=milestone]").select_option(index=1)
        ministry.page.locator("input[name=reached_on]").fill("2026-02-10")
        ministry.page.set_input_files("input[name=file]", str(proof))
        ministry.page.locator("input[name=file_title]").fill(self.text["proof"])
        ministry.press("Submit to the validator")
        validator = self.desk(VALIDATOR)
        validator.go(f"programmes/measures/{self.measure()}/")
        expect(validator.main()).to_contain_text(self.text["proof"])
        validator.press("Approve")
        item = self.one(
            "SELECT recommendation_id FROM programme_measureanswer WHERE measure_id = %s ORDER BY id LIMIT 1",
            str(self.measure()),
        )
        desk = self.desk(COORDINATOR)
        desk.go(f"recommendations/{item}/")
        expect(desk.main()).to_contain_text(self.text["done"])

    def publish(self) -> None:
        desk = self.desk(COORDINATOR)
        desk.go(f"publish/programmes/{self.version()}/")
        desk.press("Publish")
        key = self.server.rows(
            "SELECT p.key FROM programme_version v JOIN programme_programme p ON p.id = v.programme_id "
            "WHERE v.id = %s",
            str(self.version()),
        )[0][0]
        desk.go(f"public/programmes/{key}/")
        expect(desk.main()).to_contain_text(self.text["title"])
        desk.go(f"public/programmes/{key}/1.1/")


@pytest.fixture
def journey(chromium: Browser, server: Server, language: str, tmp_path: Path) -> Iterator[Journey]:
    made = Journey(chromium, server, language, tmp_path)
    yield made
    made.leave()


def test_from_a_group_to_an_adopted_programme_and_a_reported_milestone(journey: Journey) -> None:
    journey.plan_from_a_group()
    journey.consult_and_adopt()
    journey.report_a_milestone()
    journey.publish()
