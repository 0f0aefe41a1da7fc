"""The whole way of a recommendation, from the UN's file to the public page, in Arabic and in French."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import Server
from tests.browser.desk import Desk, People
from tests.intake.matrices import PRISONS, SCHOOLS, WATER, Line, matrix
from tests.reports.filling import MEASURES, fill

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COORDINATOR, VALIDATOR, FOCAL_POINT = "Nadia Idurar", "Fatima Tazerzit", "Idir Aghbalou"
OTHER_FOCAL_POINT = "Lamia Ouzeggane"
NAMELESS = Line("", "This row has lost its number on the way")
TEXTS = {
    "ar": {
        "measures": "فُتحت ثلاث مدارس متنقلة في الجنوب منذ شتنبر 2025، وسُجل فيها 212 تلميذا.",
        "more": "فُتحت ثلاث مدارس متنقلة في الجنوب منذ شتنبر 2025، وسُجل فيها 212 تلميذا، منهم 97 تلميذة.",
        "obstacles": "نقص المدرسين الناطقين باللغة المحلية.",
        "return": "يرجى بيان عدد التلميذات.",
        "refusal": "تدخل السجون في اختصاص الإدارة العامة للسجون.",
        "note": "المرجو موافاتنا بالأرقام.",
        "why": "فُتحت المدارس المتنقلة وبقي تعميمها.",
        "exclude": "سطر دون رقم، سيُصحح لدى المفوضية.",
        "filled": "وُضع برنامج لتزويد القرى بالماء الشروب.",
    },
    "fr": {
        "measures": "Trois écoles mobiles ont ouvert dans le sud depuis septembre 2025 ; 212 élèves y sont inscrits.",
        "more": "Trois écoles mobiles ont ouvert dans le sud depuis septembre 2025 ; 212 élèves, dont 97 filles.",
        "obstacles": "Le manque d’enseignants parlant la langue locale.",
        "return": "Merci d’indiquer le nombre de filles.",
        "refusal": "Les prisons relèvent de l’Administration générale des prisons.",
        "note": "Merci de nous transmettre les chiffres.",
        "why": "Les écoles mobiles ont ouvert ; leur généralisation reste à faire.",
        "exclude": "Ligne sans numéro, à corriger auprès du HCDH.",
        "filled": "Un programme d’alimentation des villages en eau potable est lancé.",
    },
}


@pytest.fixture(params=["ar", "fr"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Journey(People):
    """The people of the journey and what they learn on the way."""

    def __init__(self, browser: Browser, server: Server, language: str, folder: Path) -> None:
        super().__init__(browser, server, language)
        self.folder = folder
        self.text = TEXTS[language]

    def item(self, paragraph: str) -> int:
        found = self.server.rows(
            "SELECT r.id FROM recommendations_recommendation r JOIN mechanisms_document d "
            "ON d.id = r.document_id WHERE d.symbol = 'A/HRC/57/901' AND r.paragraph = %s",
            paragraph,
        )
        assert len(found) == 1
        return int(str(found[0][0]))

    def contribution(self) -> int:
        found = self.server.rows(
            "SELECT id FROM followup_contribution WHERE recommendation_id = %s ORDER BY id DESC LIMIT 1",
            self.item("120.1"),
        )
        return int(str(found[0][0]))

    def told(self, code: str) -> set[str]:
        """Return who has a notification and a mail in the outbox about an act on our document."""
        rows = self.server.rows(
            "SELECT u.name FROM notifications_notification n JOIN accounts_user u ON u.id = n.recipient_id "
            "JOIN notifications_outboxmail m ON m.notification_id = n.id "
            "WHERE n.code = %s AND n.params->>'symbol' = 'A/HRC/57/901'",
            code,
        )
        return {str(name) for (name,) in rows}

    # 1. the file comes in

    def import_matrix(self) -> None:
        desk = self.desk(COORDINATOR)
        first = self.folder / "matrix.docx"
        first.write_bytes(matrix((SCHOOLS, PRISONS, WATER, NAMELESS)))
        self._upload(desk, first)
        expect(desk.main()).to_contain_text(desk.say("Rejected rows stop the import"))
        expect(desk.button("Apply the import")).to_have_count(0)
        address = desk.page.url
        desk.page.goto(f"{address}?show=reject")
        desk.check()
        desk.page.locator("input[name=reason]").first.fill(self.text["exclude"])
        desk.press("Leave out")
        desk.page.goto(address)
        self._refuse_a_stale_preview(desk, address)
        desk.press("Preview again")
        desk.press("Apply the import")
        expect(desk.main()).to_contain_text(desk.say("Applied"))
        counts = self.server.rows(
            "SELECT count(*) FROM recommendations_recommendation r JOIN mechanisms_document d "
            "ON d.id = r.document_id WHERE d.symbol = 'A/HRC/57/901'"
        )
        assert counts == [(3,)]

    def _upload(self, desk: Desk, file: Path) -> None:
        desk.go("imports/new/")
        desk.page.set_input_files("input[type=file]", str(file))
        desk.press("Preview")

    def _refuse_a_stale_preview(self, desk: Desk, address: str) -> None:
        """Another import of the same paragraph comes between preview and application."""
        other = self.folder / "other.docx"
        other.write_bytes(matrix((WATER,)))
        self._upload(desk, other)
        desk.press("Apply the import")
        desk.page.goto(address)
        desk.press("Apply the import")
        expect(desk.main()).not_to_contain_text(desk.say("The import was applied."))
        expect(desk.page.locator("body")).to_contain_text("120.3")

    # 2. and 3. found, selected, assigned

    def assign(self) -> None:
        desk = self.desk(COORDINATOR)
        desk.go("recommendations/?q=A/HRC/57/901")
        boxes = desk.page.locator("input[name=selected]")
        expect(boxes).to_have_count(3)
        for box in boxes.all():
            box.check()
        desk.press("Assign the selected")
        lead = desk.page.locator("select[name=lead]")
        lead.select_option(str(self._institution("education")))
        desk.page.locator("input[name=deadline]").fill("2027-06-30")
        desk.page.locator("textarea[name=note]").fill(self.text["note"])
        desk.page.locator("input[name=letter_reference]").fill("IDHR/2026/0915")
        desk.page.locator("input[name=letter_date]").fill("2026-11-16")
        desk.press("See what will happen")
        desk.page.get_by_role(
            "button", name=desk.say.count("Make %(number)s assignment", "Make %(number)s assignments", 3)
        ).click()
        desk.check()
        assert self.told("assignment.created") == {"Fatima Tazerzit", "Idir Aghbalou", "Salma Tiziri"}

    def _institution(self, key: str) -> int:
        return int(str(self.server.rows("SELECT id FROM accounts_institution WHERE key = %s", key)[0][0]))

    def answer(self) -> None:
        desk = self.desk(FOCAL_POINT, phone=True)
        for paragraph in ("120.1", "120.3"):
            desk.go(f"recommendations/{self.item(paragraph)}/")
            desk.press("Accept")
        desk.go(f"recommendations/{self.item('120.2')}/")
        desk.button("Refuse").first.click()
        dialog = desk.page.locator("dialog:popover-open, dialog[open]")
        dialog.locator("textarea[name=reason]").fill(self.text["refusal"])
        dialog.get_by_role("button", name=desk.say("Refuse")).click()
        desk.check()
        states = self.server.rows(
            "SELECT r.paragraph, a.state FROM followup_assignment a JOIN recommendations_recommendation r "
            "ON r.id = a.recommendation_id WHERE a.letter_reference = 'IDHR/2026/0915' ORDER BY 1"
        )
        assert states == [("120.1", "accepted"), ("120.2", "refused"), ("120.3", "accepted")]
        assert self.told("assignment.refused") == {COORDINATOR}

    # 4. and 5. written on a phone, returned, corrected, approved, validated

    def contribute(self) -> None:
        desk = self.desk(FOCAL_POINT)
        desk.go(f"recommendations/{self.item('120.1')}/contribute/")
        desk.page.locator("textarea[name=measures_taken]").fill(self.text["measures"])
        desk.page.locator("textarea[name=obstacles]").fill(self.text["obstacles"])
        desk.page.locator(
            "[name=proposed_status][value=in_progress], select[name=proposed_status]"
        ).first.wait_for()
        self._choose(desk, "proposed_status", "in_progress")
        desk.press("Save the draft")
        desk.page.locator("summary").filter(has_text=desk.say("Attach a file")).click()
        desk.page.set_input_files(
            "input[type=file]",
            files=[{"name": "list.txt", "mimeType": "text/plain", "buffer": b"Register 2026"}],
        )
        desk.page.locator("#evidence #id_title").fill("Register")
        desk.press("Attach")
        expect(desk.main()).to_contain_text("Register")
        desk.press("Submit to the validator")
        assert self.told("contribution.with_validator") >= {VALIDATOR}

    def _choose(self, desk: Desk, name: str, value: str) -> None:
        select = desk.page.locator(f"select[name={name}]")
        if select.count():
            select.select_option(value)
        else:
            desk.page.locator(f"[name={name}][value={value}]").check()

    def refuse_what_is_not_theirs(self) -> None:
        """The author cannot approve; another institution does not even find the page."""
        author = self.desk(FOCAL_POINT)
        author.go(f"contributions/{self.contribution()}/")
        expect(author.button("Approve and send to the delegation")).to_have_count(0)
        stranger = self.desk(OTHER_FOCAL_POINT)
        stranger.go(f"contributions/{self.contribution()}/", status=404)
        coordinator = self.desk(COORDINATOR)
        coordinator.go(f"contributions/{self.contribution()}/", status=404)

    def approve_after_a_return(self) -> None:
        validator = self.desk(VALIDATOR)
        validator.go(f"contributions/{self.contribution()}/")
        validator.page.locator("summary").filter(has_text=validator.say("Return to the author")).click()
        validator.page.locator("textarea[name=reason]").fill(self.text["return"])
        validator.press("Return to the author")
        author = self.desk(FOCAL_POINT)
        author.go(f"contributions/{self.contribution()}/edit/")
        expect(author.main()).to_contain_text(self.text["return"])
        author.page.locator("textarea[name=measures_taken]").fill(self.text["more"])
        author.press("Save and submit")
        validator.go(f"contributions/{self.contribution()}/")
        validator.press("Approve and send to the delegation")
        assert self.told("contribution.with_delegation") == {COORDINATOR}
        coordinator = self.desk(COORDINATOR)
        coordinator.go(f"contributions/{self.contribution()}/")
        expect(coordinator.main()).to_contain_text(self.text["more"])
        # What the institution said among itself stays there.
        expect(coordinator.page.locator("body")).not_to_contain_text(self.text["return"])
        coordinator.press("Validate")
        assert self.told("contribution.validated") >= {VALIDATOR, FOCAL_POINT}

    # 6. and 7. judged and published

    def set_status(self) -> None:
        desk = self.desk(COORDINATOR)
        desk.go(f"recommendations/{self.item('120.1')}/status/")
        self._choose(desk, "status", "in_progress")
        desk.page.locator("textarea[name=justification]").fill(self.text["why"])
        self._choose(desk, "language", self.language)
        desk.press("Set the status")
        assert self.told("assessment.confirmed") >= {VALIDATOR, FOCAL_POINT}

    def publish(self) -> None:
        public = Desk(self.browser, self.server, self.language)
        public.go(f"public/recommendations/{self.item('120.1')}/", status=404)
        desk = self.desk(COORDINATOR)
        desk.go(f"publish/{self.item('120.1')}/")
        for name in ("status", "justification", "lead", "deadline"):
            box = desk.page.locator(f"#selection input[name={name}]")
            if box.count():
                box.check()
        with desk.page.expect_navigation():
            desk.button("Update the preview").click()
        desk.check()
        desk.page.locator("#preview button[type=submit]").first.click()
        desk.page.wait_for_load_state()
        desk.check()
        public.go(f"public/recommendations/{self.item('120.1')}/")
        body = public.page.locator("body")
        expect(body).to_contain_text(SCHOOLS.text)
        expect(body).to_contain_text(self.text["why"])
        for secret in ("measures", "more", "obstacles", "return", "note", "refusal"):
            expect(body).not_to_contain_text(self.text[secret])
        expect(body).not_to_contain_text("IDHR/2026/0915")
        public.go("public/recommendations/?q=120.1")
        public.go("", status=200)
        public.close()

    # 8. out by file and back

    def export(self) -> None:
        desk = self.desk(COORDINATOR)
        response = desk.page.request.get(
            f"{self.server.address}/{self.language}/exports/recommendations.xlsx?q=A/HRC/57/901"
        )
        assert response.ok
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(response.body()))
        cells = [str(cell) for row in workbook.get_sheet_by_index(0).to_python() for cell in row]
        for line in (SCHOOLS, PRISONS, WATER):
            assert line.text in cells
        if self.language == "ar":
            sheet = ZipFile(io.BytesIO(response.body())).read("xl/worksheets/sheet1.xml")
            assert b'rightToLeft="1"' in sheet

    def fill_the_matrix(self) -> None:
        desk = self.desk(FOCAL_POINT)
        response = desk.page.request.get(
            f"{self.server.address}/{self.language}/exports/matrix.docx?q=A/HRC/57/901&for=education"
        )
        assert response.ok, response.status
        filled = self.folder / "filled.docx"
        filled.write_bytes(fill(response.body(), "A/HRC/57/901 § 120.3", {MEASURES: self.text["filled"]}))
        desk.go("matrix/")
        desk.page.set_input_files("input[type=file]", str(filled))
        desk.press("Preview")
        desk.press("Write the chosen drafts")
        drafts = self.server.rows(
            "SELECT state, measures_taken FROM followup_contribution WHERE recommendation_id = %s",
            self.item("120.3"),
        )
        assert drafts == [("draft", self.text["filled"])]

    # and all of it stays

    def read_the_history(self) -> None:
        desk = self.desk(COORDINATOR)
        desk.go(f"recommendations/{self.item('120.1')}/?history=all")
        history = desk.page.locator("#history")
        for message in (
            "%(actor)s imported the recommendation from %(file)s",
            "%(actor)s assigned the recommendation to %(institution)s",
            "%(institution)s accepted the assignment (%(actor)s)",
            "%(actor)s approved the contribution of %(institution)s",
            "%(actor)s validated the contribution of %(institution)s",
            "%(actor)s set the status of implementation",
            "%(actor)s published version %(version)s",
        ):
            fragment = max(re.split(r"%\(\w+\)s", desk.say(message)), key=len).strip(" ():؛،")
            expect(history).to_contain_text(fragment)
        expect(history).not_to_contain_text(self.text["return"])
        assert self.server.rows("SELECT count(*) FROM notifications_outboxmail WHERE state = 'failed'") == [
            (0,)
        ]


@pytest.fixture
def journey(chromium: Browser, server: Server, language: str, tmp_path: Path) -> Iterator[Journey]:
    made = Journey(chromium, server, language, tmp_path)
    yield made
    made.leave()


def test_the_whole_way_of_a_recommendation(journey: Journey) -> None:
    journey.import_matrix()
    journey.assign()
    journey.answer()
    journey.contribute()
    journey.refuse_what_is_not_theirs()
    journey.approve_after_a_return()
    journey.set_status()
    journey.publish()
    journey.export()
    journey.fill_the_matrix()
    journey.read_the_history()
