"""A person at the browser: enters, reads, clicks, and has every page checked on the way."""

import json
import os
import re
from gettext import GNUTranslations, translation
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response

from tests.browser.conftest import Server

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LOCALE = ROOT / "src" / "tawsiya" / "locale"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# The rules of WCAG 2.2, levels A and AA, and axe's best practices.
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


class Words:
    """What the interface says in a language: expectations follow the catalogues."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue: GNUTranslations = translation("django", LOCALE, [language])  # type: ignore[assignment]

    def __call__(self, message: str, **values: object) -> str:
        """Return a message in the language."""
        text = self._catalogue.gettext(message)
        return text % values if values else text

    def count(self, one: str, many: str, number: int) -> str:
        """Return a counting message in the language."""
        return self._catalogue.ngettext(one, many, number).replace("%(number)s", str(number))


class Desk:
    """One person's browser window."""

    def __init__(self, browser: Browser, server: Server, language: str, *, phone: bool = False) -> None:
        self.server, self.language, self.say = server, language, Words(language)
        self._context = browser.new_context(viewport=PHONE if phone else WIDE, accept_downloads=True)
        self.errors: list[str] = []
        self._expected_status = 200
        self._open_tab()
        self._shots = 0

    def _open_tab(self) -> None:
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and self._expected_status == 200:
            self.errors.append(f"{self.page.url}: {message.text}")

    def enter(self, person: str) -> "Desk":
        """Enter as one of the sample State's people, by the Latin name."""
        self.page.goto(f"{self.server.address}/{self.language}/demo/enter/")
        self.page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        self.page.locator("button[name=person]").filter(has_text=person).first.click()
        self.page.wait_for_url(re.compile(r"/home/"))
        self.go("home/")
        return self

    def go(self, path: str, *, status: int = 200) -> Page:
        """Open an address below the language, check its status and its accessibility."""
        self._expected_status = status
        response = self.page.goto(f"{self.server.address}/{self.language}/{path}")
        assert isinstance(response, Response)
        assert response.status == status, f"{path}: {response.status}"
        self._expected_status = 200
        self.check()
        return self.page

    def check(self) -> None:
        """Fail on what axe-core finds, on console errors, and on a page that scrolls sideways."""
        self.page.wait_for_load_state()
        assert self.page.locator("html").get_attribute("lang") == self.language
        assert self.page.locator("html").get_attribute("dir") == ("rtl" if self.language == "ar" else "ltr")
        assert not self.errors, self.errors
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(wider) <= 1, f"{self.page.url} scrolls sideways"
        self.page.evaluate(AXE.read_text())
        found: dict[str, Any] = self.page.evaluate(f"axe.run(document, {json.dumps(AXE_OPTIONS)})")
        problems = [
            f"{rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]
        ]
        assert not problems, f"{self.page.url}\n" + "\n".join(problems)
        self.shoot()

    def shoot(self) -> None:
        """Keep a picture of the page where TAWSIYA_SHOTS names a folder."""
        folder = os.environ.get("TAWSIYA_SHOTS")
        if folder:
            self._shots += 1
            name = re.sub(r"\W+", "-", self.page.url.split("/", 3)[-1])[:60]
            path = Path(folder) / f"{self.language}-{id(self) % 1000:03d}-{self._shots:02d}-{name}.png"
            self.page.screenshot(path=str(path), full_page=True)

    def button(self, message: str) -> Locator:
        """Return the visible button with a text of the interface."""
        return self.page.get_by_role("button", name=self.say(message), exact=True)

    def press(self, message: str) -> None:
        """Press a button and check the page it leads to."""
        self.button(message).first.click()
        self.page.wait_for_load_state()
        self.check()

    def offline(self) -> None:
        """Cut the network; what the browser says of it is no fault of the page."""
        self._expected_status = 0
        self._context.set_offline(True)

    def close_tab(self) -> None:
        """Close the tab and open an empty one, as whoever comes back later does."""
        self.page.close()
        self._open_tab()

    def online(self) -> None:
        """Give the network back."""
        self._context.set_offline(False)
        self._expected_status = 200

    def main(self) -> Locator:
        """Return the page's content."""
        return self.page.locator("main")

    def close(self) -> None:
        """Close the window."""
        self._context.close()


class People:
    """Whoever takes part in a journey, each at a desk of their own."""

    def __init__(self, browser: Browser, server: Server, language: str) -> None:
        self.browser, self.server, self.language = browser, server, language
        self.desks: dict[str, Desk] = {}

    def desk(self, person: str, *, phone: bool = False) -> Desk:
        if person not in self.desks:
            self.desks[person] = Desk(self.browser, self.server, self.language, phone=phone).enter(person)
        return self.desks[person]

    def leave(self) -> None:
        for desk in self.desks.values():
            desk.close()
