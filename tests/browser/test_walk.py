"""A walk over every page that a link leads to, on a phone: nothing scrolls sideways, fails or speaks another language."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Server
from tests.browser.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Who between them see every kind of page; nobody stands for the public.
WALKERS = ("Nadia Idurar", "Lamia Ouzeggane", "Salma Tiziri", "Tarik Azenkod", "Samira Tanemmirt", None)
FILES = re.compile(
    r"\.(csv|json|xlsx|docx|pdf|svg|png|ics|xml|atom)$|/evidence/\d+/$|/(file|files|download|logout|xlsx|docx|sdmx|workbook)/"
)
NUMBER, NAME = re.compile(r"\d+"), re.compile(r"/[a-z0-9-]{20,}/")
LEAST_PAGES = 125
# Words that no Arabic or French sentence has: of a text that no gettext went through.
ENGLISH = re.compile(r"\b(the|which|and|not|with|from|this|has been)\b")
FOREIGN = """() => {
  const found = [], here = document.documentElement.lang;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement, marked = parent.closest("[lang]");
    if (!marked || marked.lang !== here || parent.closest("script, style, noscript, svg, code, kbd, blockquote, bdi, [dir]:not(html)")) continue;
    found.push(walker.currentNode.textContent);
  }
  return found;
}"""


def kind(path: str) -> str:
    """Return what pages of one sort have in common: the address without what names the object."""
    return NAME.sub("/*/", NUMBER.sub("*", path))


def walk(desk: Desk, seen: set[str], start: str) -> Iterator[str]:
    """Go from page to page, to one of each sort that nobody saw before; yield each while it is open."""
    here = urlsplit(desk.server.address).netloc
    todo = [start]
    while todo:
        path = todo.pop(0)
        if kind(path) in seen or FILES.search(path) or not path.startswith(f"/{desk.language}/"):
            continue
        seen.add(kind(path))
        answer = desk.page.goto(f"{desk.server.address}{path}")
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        yield path
        links: list[str] = desk.page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
        todo += [urlsplit(link).path for link in links if urlsplit(link).netloc == here]


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_no_page_scrolls_sideways_on_a_phone_or_falls_out_of_its_language(
    server: Server, chromium: Browser, language: str
) -> None:
    seen: set[str] = set()
    faults: list[str] = []
    for person in WALKERS:
        desk = Desk(chromium, server, language, phone=True)
        if person:
            desk.enter(person)
        for path in walk(desk, seen, f"/{language}/home/" if person else f"/{language}/"):
            wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            if desk.page.evaluate(wider) > 1:
                faults.append(f"{path} scrolls sideways")
            texts = [text.strip() for text in desk.page.evaluate(FOREIGN) if ENGLISH.search(text)]
            faults += [f"{path}: {text[:80]!r}" for text in texts]
            faults += desk.errors
            desk.errors.clear()
        desk.close()
    assert len(seen) >= LEAST_PAGES
    assert not faults, "\n".join(faults)
