"""The files that the fuzzer starts from: every format that is read, our own fixtures and real files.

A further format joins with one function in ``REGISTRY``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.intake.readers import test_filled_matrix as filled
from tests.intake.readers.matrixbuilder import (
    docx,
    matrix_2013,
    matrix_2014,
    matrix_2025,
    paragraph,
    row,
    table,
)
from tests.intake.readers.sheets import samples as sheets
from tests.intake.readers.uhri import samples
from tests.intake.readers.upr import pdf, word
from tests.intake.readers.upr.texts import ARABIC, ENGLISH, FRENCH

READ, READ_FILLED, LAYOUT, PICTURES, MAPPED = "read", "read_filled", "layout", "pictures", "mapped"


@dataclass(frozen=True, slots=True)
class Seed:
    """A good file: the format it is counted under, what is done with it, and how often (1: usual)."""

    format: str
    name: str
    data: bytes
    task: str = READ
    weight: float = 1.0


def matrices() -> Iterator[Seed]:
    """OHCHR's Word matrices of three generations."""
    for name, make in (("2013", matrix_2013), ("2014", matrix_2014), ("2025", matrix_2025)):
        yield Seed("matrix, Word", name, make())
        yield Seed("matrix, Word", f"{name} (layout)", make(), LAYOUT, 0.2)


def reports() -> Iterator[Seed]:
    """UPR reports and an addendum, PDF and Word, numbers typed and automatic."""
    for name, text in (("en", ENGLISH), ("fr", FRENCH), ("ar", ARABIC)):
        yield Seed("report, Word", f"{name} typed", word.typed(text))
        yield Seed("report, Word", f"{name} automatic", word.automatic(text))
    for name, text in (("en", ENGLISH), ("fr", FRENCH)):
        yield Seed("report, PDF", name, pdf.report(text), weight=2)
        yield Seed("report, PDF", f"{name} (pictures)", pdf.report(text), PICTURES, 0.4)
        yield Seed("report, PDF", f"{name} (layout)", pdf.report(text), LAYOUT, 0.2)
    front = (
        ("front", "A/HRC/59/99/Add.1"),
        ("front", "Report of the Working Group on the Universal Periodic Review"),
        ("front", "Norway"),
        ("front", "Addendum"),
    )
    answers = (
        *front,
        ("heading", "Norway supports the following recommendations:"),
        ("main", "140.1", "140.1-3, 140.7 to 140.9 and 141.2;"),
        ("main", "140.4", "Norway takes note of this recommendation."),
    )
    yield Seed("addendum, PDF", "lists", pdf.report(answers, "A/HRC/59/99/Add.1"))
    body = "".join(paragraph(" ".join(block[1:])) for block in answers)
    body += table(row("140.5", "Accepted"), row("140.6", "Noted: the law says otherwise"))
    yield Seed("addendum, Word", "lists and table", docx(body))


def own_matrices() -> Iterator[Seed]:
    """Matrices that institutions fill in."""
    for name, header in (("en", filled.HEADERS), ("fr", filled.HEADERS_FR), ("ar", filled.HEADERS_AR)):
        rows = row(filled.marked(), "Supported", "Done.", "None.", "More.", "In progress")
        data = docx(table(row(*header, header=True), rows, rows.replace("140.7", "140.8")))
        yield Seed("own matrix, Word", name, data, READ_FILLED)


def spreadsheets() -> Iterator[Seed]:
    """Spreadsheets of a ministry's own, read by the columns that are recognised."""
    yield Seed("spreadsheet, XLSX", "two rows", sheets.book(sheets.ENGLISH), MAPPED)
    french = "Cote;Paragraphe;Texte\r\nA/HRC/99/7;132.89;Réaliser l’égalité dans les écoles\r\n"
    arabic = "الرمز;الفقرة;التوصية\r\nA/HRC/99/7;132.89;مواصلة الجهود الرامية إلى حماية الأطفال\r\n"
    for name, data in (
        ("utf-8", sheets.text_of(sheets.ENGLISH).encode()),
        ("windows-1252", french.encode("cp1252")),
        ("windows-1256", arabic.encode("cp1256")),
    ):
        yield Seed("spreadsheet, CSV", name, data, MAPPED)


def small_files() -> Iterator[Seed]:
    """What is told apart by its first bytes, and formats that arrive as text."""
    for name, data in (
        ("json", b'{"title": "Some settings", "values": [1, 2, 3]}'),
        ("csv", "Paragraphe;Texte;Statut\n1;Créer une école;réalisée\n".encode("cp1252")),
        ("html", b"<!doctype html><html><body>140.1 Text</body></html>"),
        ("ole", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "WordDocument".encode("utf-16-le")),
    ):
        yield Seed("other kinds", name, data, weight=0.3)


def exports() -> Iterator[Seed]:
    """Exports of the Universal Human Rights Index, as JSON and as a workbook."""
    data = samples.export(samples.raw(1), samples.concern(2), samples.raw(3))
    yield Seed("UHRI export, JSON", "records", data)
    cells = ["Text of a record", *[""] * (len(samples.HEADERS) - 1)]
    yield Seed("UHRI export, XLSX", "rows", samples.workbook([cells, cells]))


REGISTRY: list[Callable[[], Iterator[Seed]]] = [
    matrices,
    reports,
    own_matrices,
    exports,
    spreadsheets,
    small_files,
]

_REAL = ("upr_reports", "slovenia", "ohchr_matrices", "concluding_observations", "language_versions")
_REAL_SHARE = 0.25


def fixtures() -> list[Seed]:
    """The files written for the tests."""
    return [seed for make in REGISTRY for seed in make()]


def real(shared: Path) -> list[Seed]:
    """The real documents below a folder, together a quarter of what the fixtures weigh."""
    paths = [
        path
        for folder in _REAL
        for path in sorted((shared / folder).glob("*"))
        if path.suffix in (".pdf", ".docx", ".doc")
    ]
    # LibreOffice takes seconds for each: a few dozen in a hundred thousand are enough.
    rare = {".doc": 0.03}
    weight = _REAL_SHARE * sum(seed.weight for seed in fixtures()) / max(len(paths), 1)
    return [
        Seed(
            f"real {path.suffix[1:]}",
            path.name,
            path.read_bytes(),
            task,
            share * weight * rare.get(path.suffix, 1.0),
        )
        for path in paths
        for task, share in ((READ, 0.85), (PICTURES if path.suffix == ".pdf" else LAYOUT, 0.15))
    ]
