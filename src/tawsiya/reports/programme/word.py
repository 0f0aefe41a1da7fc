"""A programme as Word, by a template that is edited in Word; pure, so that the sandbox can carry it out.

The template holds Jinja's marks as docxtpl reads them. Who wrote it is an administrator: it runs in a
sandboxed environment, in a child process with its time and memory capped.
"""

import io
from functools import cache
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt
from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tawsiya.core.word import direct, element, set_fonts

MARKS = (
    "title, state_name, version, state, draft, act, count",
    "axes: code, title, level, measures",
    "measures: code, title, description, progress, references; tables and report as below",
    "basics: label, value",
    "facts: label, value (basics, then money and laws as lines)",
    "milestones: title, due, reached, proof, waits",
    "money: year, currency, source, planned, committed, spent, as_of",
    "laws: kind, title, number, stage, since, reported, planned",
    "indicators: code, name, unit, baseline, targets, last, standing",
    "report: institution, date, progress, text",
    "annex: reference, text, measures",
    "words: annex, recommendation, text, measures, answers, milestones, milestone, due, reached, proof",
    "words: waits, budget, year, planned, committed, spent, legislation, stage, report",
    "words: indicators, indicator, baseline, targets, last",
)


def _below(mark: str, words: str = "") -> str:
    """Return a line of its own for a mark that may be empty."""
    return "{% if " + mark + " %}\n" + words + "{{ " + mark + " }}{% endif %}"


# What belongs to a measure as tables: the words above each, its heads, and its cells.
_TABLES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "milestones": (
        "milestones",
        ("milestone", "due", "reached", "proof"),
        (
            "{{ row.title }}" + _below("row.waits", "{{ words.waits }}: "),
            *("{{ row.due }}", "{{ row.reached or '—' }}", "{{ row.proof }}"),
        ),
    ),
    "money": (
        "budget",
        ("year", "planned", "committed", "spent"),
        (
            "{{ row.year }} {{ row.currency }} · {{ row.source }}" + _below("row.as_of"),
            *("{{ row.planned or '—' }}", "{{ row.committed or '—' }}", "{{ row.spent or '—' }}"),
        ),
    ),
    "laws": (
        "legislation",
        ("legislation", "stage"),
        (
            "{{ row.kind }}: {{ row.title }} {{ row.number }}",
            "{{ row.stage }}" + _below("row.since") + _below("row.reported"),
        ),
    ),
    "indicators": (
        "indicators",
        ("indicator", "baseline", "targets", "last"),
        (
            "{{ row.code }} {{ row.name }}" + _below("row.unit"),
            *("{{ row.baseline or '—' }}", "{{ row.targets or '—' }}"),
            "{{ row.last }}" + _below("row.standing"),
        ),
    ),
}


class BadTemplate(ValueError):
    """A template that cannot be filled: what is wrong, in a few words of the engine's."""


@cache
def built_in() -> bytes:
    """Return the built-in template, as an administrator takes it to edit it."""
    document = Document()
    set_fonts(document)
    add = document.add_paragraph
    add("{{ state_name }}")
    document.add_heading("{{ title }}", level=0)
    add("{{ version }} · {{ state }}")
    for mark in ("act", "draft"):
        add("{%p if " + mark + " %}")
        add("").add_run("{{ " + mark + " }}").bold = mark == "draft"
        add("{%p endif %}")
    add("{%p for axis in axes %}")
    document.add_heading("{{ axis.code }} {{ axis.title }}", level=1)
    add("{%p for m in axis.measures %}")
    document.add_heading("{{ m.code }} {{ m.title }}", level=2)
    add("{%p if m.description %}")
    add("{{ m.description }}")
    add("{%p endif %}")
    _rows(document, "fact in m.basics", ("{{ fact.label }}", "{{ fact.value }}"))
    for name, (title, heads, cells) in _TABLES.items():
        add("{%p if m." + name + " %}")
        document.add_heading("{{ words." + title + " }}", level=3)
        marks = tuple("{{ words." + head + " }}" for head in heads)
        _rows(document, f"row in m.{name}", cells, marks)
        add("{%p endif %}")
    add("{%p if m.report %}")
    document.add_heading("{{ words.report }}", level=3)
    add("{{ m.report.institution }} · {{ m.report.date }} · {{ m.report.progress }}")
    add("{{ m.report.text }}")
    add("{%p endif %}")
    add("{%p if m.references %}")
    add("{{ words.answers }}: {{ m.references|join(' · ') }}")
    add("{%p endif %}")
    add("{%p endfor %}")
    add("{%p endfor %}")
    document.add_heading("{{ words.annex }}", level=1)
    heads = ("{{ words.recommendation }}", "{{ words.text }}", "{{ words.measures }}")
    _rows(document, "row in annex", ("{{ row.reference }}", "{{ row.text }}", "{{ row.measures }}"), heads)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _rows(document: Any, loop: str, cells: tuple[str, ...], heads: tuple[str, ...] = ()) -> None:
    table = document.add_table(0, len(cells))
    table.style = "Table Grid"
    for texts in (heads, ("{%tr for " + loop + " %}",), cells, ("{%tr endfor %}",)):
        if texts:
            row = table.add_row()
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text
    document.add_paragraph()


def filled(template: bytes, content: dict[str, Any]) -> bytes:
    """Return a document: the template filled with the content, turned to the right for Arabic.

    Raises:
        BadTemplate: it is no Word file, or a mark of it cannot be understood.
    """
    environment = ImmutableSandboxedEnvironment(autoescape=True)
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(content, jinja_env=environment, autoescape=True)
        if content["rtl"]:
            _turn(document.docx)
        data = io.BytesIO()
        document.save(data)
    except TemplateError as error:
        raise BadTemplate(f"{error.message or type(error).__name__}") from error
    except (
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        ArithmeticError,
        OSError,
        BadZipFile,
    ) as error:
        raise BadTemplate(f"{type(error).__name__}: {error}"[:200]) from error
    return data.getvalue()


def _turn(document: Any) -> None:
    """Let every paragraph, table and Arabic run be read from the right."""
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and style.font.size is None and style.name == "Normal":
            style.font.size = Pt(10)
    for table in document.tables:
        table._tbl.tblPr.append(element("w:bidiVisual"))
        for row in table.rows:
            for cell in row.cells:
                _turn_paragraphs(cell.paragraphs)
    _turn_paragraphs(document.paragraphs)


def _turn_paragraphs(paragraphs: Any) -> None:
    for paragraph in paragraphs:
        direct(paragraph, right_to_left=True)
        for run in paragraph.runs:
            if any("\u0590" <= letter <= "\u08ff" or letter >= "\ufb1d" for letter in run.text):
                run._r.get_or_add_rPr().append(element("w:rtl"))
