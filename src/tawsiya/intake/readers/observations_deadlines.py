"""What concluding observations ask for by a time: follow-up information and the next report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tawsiya.intake.readers.cited_paragraphs import cited
from tawsiya.intake.readers.dates import add_months, find_dates, find_month, find_span
from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.numbered import Entry
from tawsiya.intake.readers.observations_kinds import asks, sentences
from tawsiya.intake.readers.records import Deadline

FOLLOW_UP, REPORT = "follow_up", "report"

_CLOSING = 0.6
"""Deadlines stand in the last paragraphs: after this share of them."""
_INFORMATION = re.compile(
    r"\binform|\breport|follow up|written|renseignements|rende? compte|suite donnee|suivi|معلومات|تقرير|"
    r"متابعه|خطي"
)
_URGENT = re.compile(r"\burgent|d urgence|urgentes|العاجل")
_REPORT = re.compile(r"\breports?\b|\brapports?\b|\binformes?\b|تقرير|تقارير")
_NEXT = re.compile(
    r"\bnext\b|\bperiodic\b|\bcombined\b|\bprochain|\bperiodique|\bvalant\b|proximo|periodico|دوري|مقبل|"
    r"قادم|جامع"
)
_SUBMIT = re.compile(
    r"\bsubmit|\bsubmission|\bpresent\b|\bdue\b|\bsoumett|\bsoumission|\bpresent(?:er|e|ation)\b|"
    r"[يت]قد[يم]|موعد|\bpresente\b"
)
_NOT_REPORT = re.compile(
    r"core document|document de base|الوثيقه الاساسيه|list of issues prior|information on (?:its|"
    r"the) follow up"
)
_LIST_TO_COME = re.compile(r"list of issues|liste (?:de|des) points|قائمه (?:ال)?مسائل|lista de cuestiones")
_FROM_PUBLICATION = re.compile(r"\bpublication|\bpublished|\bpubliees?\b|نشر")
_NEAR = 80
"""Characters before a date in which the word stands that makes it a deadline."""
_MARKER = re.compile(
    r"(?:\bby|\bbefore|\bthan|\bon|\buntil|\bdue|\bin|\ble|\bau|\bavant|\bici|\ben|بحلول|قبل|في|اقصاه|"
    r"موعد\w*|"
    r"اجل|غايه|el|antes del?)(?: \w+){0,3}$"
)


def deadlines(entries: Sequence[Entry], *, adopted: date | None, published: date | None) -> list[Deadline]:
    """Deadlines in the closing paragraphs, follow-up first. Spans count from ``adopted``."""
    numbers = [int(e.number) for e in entries if not e.annex]
    closing = max(numbers, default=0) * _CLOSING
    late = [e for e in entries if not e.annex and int(e.number) > closing]
    early = [e for e in entries if not e.annex and int(e.number) <= closing]
    found = [
        *(urgent for urgent in _follow_ups(early, None, None, set(numbers)) if not urgent.within_months),
        *_follow_ups(late, adopted, published, set(numbers)),
    ]
    report = next(_reports(late, adopted, published), None)
    return [*found, *([report] if report else [])]


def chosen(items: Iterable[str], entry: Entry) -> bool:
    """Whether ``entry`` is a paragraph or part named among ``items``, or stands inside one."""
    for item in items:
        number, _blank, rest = item.partition(" ")
        path = ".".join(re.findall(r"\w+", rest))
        if number == entry.number and (not path or entry.path == path or entry.path.startswith(f"{path}.")):
            return True
    return False


def _follow_ups(
    entries: Sequence[Entry], adopted: date | None, published: date | None, numbers: set[int]
) -> Iterator[Deadline]:
    for entry in entries:
        for sentence in sentences(entry.text):
            items = tuple(item for item in cited(sentence) if int(item.split(" ")[0]) in numbers)
            if not items or not asks(sentence):
                continue
            folded = fold(sentence)
            due, months = _time(sentence, adopted, published)
            if (due or months) and _INFORMATION.search(folded):
                yield _deadline(FOLLOW_UP, due, months, entry, sentence, items)
            elif _URGENT.search(folded) or _URGENT.search(fold(entry.text)):
                yield _deadline(FOLLOW_UP, None, None, entry, sentence, items)


def _reports(entries: Sequence[Entry], adopted: date | None, published: date | None) -> Iterator[Deadline]:
    """Sentences that ask for the next report, the likeliest paragraph (the last) first.

    A report that replies to a list of issues still to come has no date: such sentences come last.
    """
    undated: list[Deadline] = []
    for entry in reversed(entries):
        for sentence in sentences(entry.text):
            folded = fold(sentence)
            if not (_REPORT.search(folded) and _NEXT.search(folded) and _SUBMIT.search(folded)):
                continue
            if _NOT_REPORT.search(folded) and not re.search(r"periodic|periodique|دوري", folded):
                continue
            due, months = _time(sentence, adopted, published)
            if months and _LIST_TO_COME.search(folded):
                undated.append(_deadline(REPORT, None, None, entry, sentence, ()))
                continue
            due = due or (find_month(sentence) if months is None else None)
            if due or months:
                yield _deadline(REPORT, due, months, entry, sentence, ())
    yield from undated


def _time(sentence: str, adopted: date | None, published: date | None) -> tuple[date | None, int | None]:
    """The date printed or counted, and the months printed."""
    months = find_span(sentence)
    start = published or adopted
    for place, day in find_dates(sentence):
        if _MARKER.search(fold(sentence[max(0, place - _NEAR) : place])) and (start is None or day > start):
            return day, months
    if months is None:
        return None, None
    base = published if _FROM_PUBLICATION.search(fold(sentence)) else adopted
    return (add_months(base, months) if base else None), months


def _deadline(
    kind: str, due: date | None, months: int | None, entry: Entry, sentence: str, items: tuple[str, ...]
) -> Deadline:
    return Deadline(kind, due, months, entry.number, items, sentence.strip(), entry.page)
