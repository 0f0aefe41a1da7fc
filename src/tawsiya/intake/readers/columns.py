"""Which column of a matrix holds what, by the words of its header or by its content."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tawsiya.intake.readers.docx import Cell, Row
from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.labels import is_position, paragraph_number, persons_marker
from tawsiya.intake.readers.names import read_names

RECOMMENDATION = "recommendation"
STATES = "states"
POSITION = "position"
THEMES = "themes"
PERSONS = "persons"
SDGS = "sdgs"
COMMENT = "comment"
SOURCE = "source"
NUMBER = "number"

_WORDS: dict[str, str] = {
    RECOMMENDATION: "recommendation recommendations recommandation recommandations recomendacion"
    " recomendaciones التوصيه التوصيات توصيه توصيات рекомендация рекомендации",
    STATES: "recommending state states country countries delegation delegations etat etats pays"
    " estado estados pais paises الدوله الدول دوله государство государства",
    POSITION: "position positions response responses decision decisions reponse reponses posicion"
    " respuesta respuestas موقف الموقف المواقف رد الرد позиция",
    THEMES: "theme themes thematic issue issues subject subjects right rights area areas topic"
    " topics thesaurus thematique thematiques droit droits domaine domaines sujet sujets tema"
    " temas derecho derechos materia الموضوع المواضيع الموضوعات الحق الحقوق حقوق المجال тема темы",
    PERSONS: "affected persons person groups group personnes personne groupes personas persona"
    " grupos الاشخاص الفئات المجموعات الاشخاص лица",
    SDGS: "sdg sdgs goal goals target targets odd objectif objectifs cible cibles ods objetivo"
    " objetivos meta metas هدف اهداف الاهداف غايات مقاصد цур",
    COMMENT: "assessment comment comments implementation status evaluation remarks commentaire"
    " commentaires appreciation observations comentario comentarios aplicacion evaluacion"
    " تقييم التقييم تعليق تعليقات التعليقات ملاحظات الملاحظات комментарии",
    SOURCE: "source sources fuente المصدر مصدر",
    NUMBER: "no number paragraph para paragraphe numero num رقم الرقم الفقره",
}
_PHRASES = (
    (SDGS, "sustainable development"),
    (SDGS, "developpement durable"),
    (SDGS, "desarrollo sostenible"),
    (SDGS, "التنميه المستدامه"),
    (COMMENT, "mise en œuvre"),
    (COMMENT, "mise en oeuvre"),
)
_BY_WORD = {word: role for role, words in _WORDS.items() for word in words.split()}
_FUZZY = 0.84
_FUZZY_FROM = 5
_MAX_HEADER = 160
_MAX_STATES = 2_000
_MAX_WORDS = 14
_SDG_ITEM = re.compile(r"^[-–•\s]*(?:SDG\s*)?(?:[1-9]|1[0-7])(?:\.[0-9a-f]{1,2})?\s*[-–:.]\s*\D")


@dataclass(frozen=True, slots=True)
class Columns:
    """Grid span by role, in the layout of the header row; ``count`` is its number of cells."""

    spans: dict[str, tuple[int, int]]
    order: dict[str, int]
    count: int
    ignored: tuple[str, ...] = field(default=())

    def cell(self, row: Row, role: str) -> Cell | None:
        """The cell of ``row`` that stands under the header of ``role``."""
        if role not in self.spans:
            return None
        if len(row.cells) == self.count:
            return row.cells[self.order[role]]
        start, end = self.spans[role]
        best, best_overlap = None, 0
        for cell in row.cells:
            overlap = min(end, cell.column + cell.span) - max(start, cell.column)
            if overlap > best_overlap:
                best, best_overlap = cell, overlap
        return best

    @property
    def roles(self) -> frozenset[str]:
        """The roles that were recognised."""
        return frozenset(self.spans)


@lru_cache(maxsize=512)
def role_of(header: str) -> str | None:
    """The role that a header's words name; the first telling word decides.

    "Position of the State under review" speaks of the position, not of States; "Recommendation
    and recommending State" of the recommendation; "State author of the recommendation" of States.
    """
    folded = fold(header)
    if not folded or len(header) > _MAX_HEADER:
        return None
    for role, phrase in _PHRASES:
        if fold(phrase) in folded:
            return role
    words = folded.split()[:_MAX_WORDS]
    roles = [role for role in map(_role_of_word, words) if role]
    if not roles:
        return None
    first = roles[0]
    if first in (STATES, NUMBER) and POSITION in roles:
        return POSITION
    if roles[:2] == [RECOMMENDATION, NUMBER]:
        return NUMBER
    return first


def _role_of_word(word: str) -> str | None:
    exact = _BY_WORD.get(word)
    if exact or len(word) < _FUZZY_FROM:
        return exact
    near = difflib.get_close_matches(word, _BY_WORD, n=1, cutoff=_FUZZY)
    return _BY_WORD[near[0]] if near else None


def from_header(row: Row) -> Columns | None:
    """The columns if ``row`` is a header row: short cells, the recommendation and one more role."""
    if len(row.cells) < 2 or any(len(c.text) > _MAX_HEADER for c in row.cells):
        return None
    if any(paragraph_number(c.text)[0] for c in row.cells):
        return None
    spans: dict[str, tuple[int, int]] = {}
    order: dict[str, int] = {}
    ignored: list[str] = []
    for index, cell in enumerate(row.cells):
        role = role_of(cell.text)
        if role is None or role in spans:
            if cell.text:
                ignored.append(cell.text)
            continue
        spans[role] = (cell.column, cell.column + cell.span)
        order[role] = index
    if RECOMMENDATION not in spans or len(spans) < 2 or _is_data(row):
        return None
    return Columns(spans, order, len(row.cells), tuple(ignored))


def _is_data(row: Row) -> bool:
    """A row whose other cells already hold a position is no header, whatever its words."""
    return any(is_position(cell.text) for cell in row.cells)


def from_content(rows: Sequence[Row]) -> Columns | None:
    """The columns of a table without header row, from what its cells hold; None if unclear."""
    widths = [len(row.cells) for row in rows if len(row.cells) > 1]
    if not widths:
        return None
    count = max(set(widths), key=widths.count)
    body = [row for row in rows if len(row.cells) == count]
    found: dict[str, int] = {}
    for index in range(count):
        texts = [row.cells[index].text for row in body if row.cells[index].text]
        role = _role_of_content(texts)
        if role and role not in found:
            found[role] = index
    if RECOMMENDATION not in found:
        return None
    free = [i for i in range(count) if i not in found.values() and i > found[RECOMMENDATION]]
    if THEMES not in found and POSITION in found and free:
        found[THEMES] = free[0]
    cells = body[0].cells
    spans = {role: (cells[i].column, cells[i].column + cells[i].span) for role, i in found.items()}
    return Columns(spans, found, count)


def _role_of_content(texts: list[str]) -> str | None:
    if not texts:
        return None

    def share(hits: int) -> bool:
        return hits * 2 > len(texts)

    if share(sum(bool(paragraph_number(t)[0]) and len(t) > 12 for t in texts)):
        return RECOMMENDATION
    if share(sum(is_position(t) for t in texts)):
        return POSITION
    if share(sum(bool(_SDG_ITEM.match(t)) for t in texts)):
        return SDGS
    if share(sum(_only_states(t) for t in texts)):
        return STATES
    if share(sum(any(persons_marker(line) is not None for line in t.split("\n")) for t in texts)):
        return THEMES
    return None


def _only_states(text: str) -> bool:
    names = read_names(text[:_MAX_STATES].split("\n"))
    return bool(names.states) and not names.unrecognised
