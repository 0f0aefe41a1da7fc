"""What the front page of concluding observations says: body, symbol, State, dates, session, title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tawsiya.intake.readers.dates import find_dates, first_date
from tawsiya.intake.readers.folding import fold, one_line, western_digits
from tawsiya.intake.readers.headings import PLAIN, level_of
from tawsiya.intake.readers.observations_kinds import is_opening_heading
from tawsiya.intake.readers.ordinals import ordinal_in
from tawsiya.intake.readers.records import DocumentInfo, ReaderWarning, Review
from tawsiya.intake.readers.upr_report_numbers import label_of
from tawsiya.intake.readers.upr_report_source import Source
from tawsiya.mechanisms import states, symbols
from tawsiya.mechanisms.symbols import Kind, Symbol

OBSERVATIONS = "concluding_observations"
VISIT = "visit_report"
"""The type of the Subcommittee's reports on its visits to places of detention."""

_TITLE = re.compile(
    r"concluding (?:observations?|comments?)|observations? finales|conclusions du comite|"
    r"observaciones finales|"
    r"الملاحظات الختاميه|ملاحظات ختاميه|التعليقات الختاميه|conclusions and recommendations of the committee|"
    r"conclusions et recommandations du comite"
)
_VISIT_OF_SUBCOMMITTEE = re.compile(
    r"subcommittee on prevention|sous comite pour la prevention|اللجنه الفرعيه لمنع"
)
_OF_OTHER_KIND = re.compile(
    r"follow up to (?:the )?concluding|information received|replies of|list of issues|liste de points|"
    r"comments by|reponses? d|renseignements recus|suite donnee aux|"
    r"قايمه المسايل|قايمه القضايا|ردود|معلومات وارده|متابعه الملاحظات"
)
_OTHER_KINDS = frozenset(
    {
        Kind.STATE_REPORT,
        Kind.LIST_OF_ISSUES,
        Kind.LIST_OF_ISSUES_PRIOR,
        Kind.REPLIES,
        Kind.FOLLOW_UP_REPORT,
        Kind.CORE_DOCUMENT,
        Kind.DECISION,
    }
)
_SESSION = re.compile(
    r"\bits (?P<en>(?:\w+ ){1,6}?)session|\bsa (?P<fr>(?:\w+ ){1,6}?)session|دورتها (?P<ar>(?:\w+ ?){1,4})"
)
_ADOPTED = re.compile(r"\badopted|\badopte|اعتمد")
_MAX_FRONT = 60
_BODIES = (
    ("CERD", r"elimination of racial|elimination de la discrimination raciale|القضاء علي التمييز العنصري"),
    ("CEDAW", r"discrimination against women|discrimination a l egard des femmes|التمييز ضد المراه"),
    ("CESCR", r"economic social and cultural|economiques sociaux et culturels|الاقتصاديه والاجتماعيه"),
    ("CRPD", r"persons with disabilities|personnes handicapees|ذوي الاعاقه"),
    ("CMW", r"migrant workers|travailleurs migrants|العمال المهاجرين"),
    ("CED", r"enforced disappearances|disparitions forcees|الاختفاء القسري"),
    ("CRC", r"rights of the child|droits de l enfant|حقوق الطفل"),
    ("SPT", r"subcommittee on prevention|sous comite pour la prevention|اللجنه الفرعيه لمنع"),
    ("CAT", r"committee against torture|comite contre la torture|لجنه مناهضه التعذيب"),
    ("CCPR", r"human rights committee|comite des droits de l homme|اللجنه المعنيه بحقوق الانسان"),
)


@dataclass(frozen=True, slots=True)
class ObservationsFront:
    """What the document says about itself."""

    body: str | None
    symbol: str | None
    info: DocumentInfo
    warnings: tuple[ReaderWarning, ...]


def read_observations_front(source: Source) -> ObservationsFront | None:
    """None for a document that is no concluding observations of a treaty body."""
    lines = _before_text(source.front)
    symbol = _symbol(source, lines)
    if symbol is None and _names_another(lines):
        return None
    folded = fold(" ".join(lines))
    of_subcommittee = symbol is not None and symbol.body == "SPT"
    is_visit = of_subcommittee and _VISIT_OF_SUBCOMMITTEE.search(folded) is not None
    title, at = _title(source, _VISIT_OF_SUBCOMMITTEE if is_visit else _TITLE)
    if symbol is not None and symbol.kind in _OTHER_KINDS:
        return None
    known = symbol is not None and symbol.kind == Kind.CONCLUDING_OBSERVATIONS
    if title is None and not known and not is_visit:
        return None
    if title is not None and not known and (_OF_OTHER_KIND.search(fold(title)) or at > _MAX_FRONT):
        return None
    body = symbol.body if symbol is not None else None
    body = body or next((code for code, words in _BODIES if re.search(words, folded)), None)
    if body is None:
        return None
    return _front(source, lines, symbol, title, body, VISIT if is_visit else OBSERVATIONS)


def _front(
    source: Source, lines: Sequence[str], symbol: Symbol | None, title: str | None, body: str, kind: str
) -> ObservationsFront:
    warnings: list[ReaderWarning] = []
    state = symbol.state if symbol is not None else None
    state = state or _state([*lines, title or ""])
    if state is None:
        warnings.append(ReaderWarning("state_under_review_unknown"))
    if symbol is None:
        warnings.append(ReaderWarning("no_symbol"))
    session, last_day = _session_of([*source.references[:12], *source.front])
    adopted = None if source.damaged else _adopted(source) or last_day
    info = DocumentInfo(title, first_date(lines), Review(session=session, state=state), kind, adopted)
    return ObservationsFront(body, symbol.text if symbol else None, info, tuple(warnings))


def _before_text(front: Sequence[str]) -> list[str]:
    """The lines of the first page above paragraph 1."""
    for index, line in enumerate(front):
        if _is_first(one_line(line)):
            return list(front[:index])
    return list(front[:_MAX_FRONT])


def _symbol(source: Source, lines: Sequence[str]) -> Symbol | None:
    """The document's own symbol: the commonest in the headers of its pages, else on its front page.

    None where that is no symbol of a treaty body.
    """
    headers: Counter[str] = Counter()
    for text in source.references:
        if len(text) < _MAX_FRONT:
            headers.update(s.text for s in symbols.find_all(text.replace(" /", "/")))
    common = [symbols.parse(text) for text, count in headers.most_common(1) if count > 1]
    found = common or _on_front(lines)
    found = [symbol for symbol in found if symbol.body != "UPR"]
    known = [symbol for symbol in found if symbol.kind == Kind.CONCLUDING_OBSERVATIONS]
    first = (known or found)[:1]
    return first[0] if first and first[0].body is not None else None


def _on_front(lines: Sequence[str]) -> list[Symbol]:
    return [s for line in lines if len(line) < _MAX_FRONT for s in symbols.find_all(line)]


def _names_another(lines: Sequence[str]) -> bool:
    """Whether the front page bears the symbol of another series."""
    return bool(_on_front(lines))


def _title(source: Source, words: re.Pattern[str]) -> tuple[str | None, int]:
    """The title, over its lines, and the place of its first line among the parts."""
    for index, part in enumerate(source.parts[:_MAX_FRONT]):
        if _is_first(part.text):
            return None, index
        if words.search(fold(part.text)):
            pieces = [part.text]
            for following in source.parts[index + 1 : index + 4]:
                if not _continues_title(following.text):
                    break
                pieces.append(following.text)
            return re.sub(r"\s*[*∗]+", "", one_line(" ".join(pieces))), index
    return None, 0


def _continues_title(text: str) -> bool:
    if label_of(text)[0] is not None or len(text) > 90:
        return False
    return level_of(text) == PLAIN and not is_opening_heading(text)


def _state(lines: Iterable[str]) -> str | None:
    """The State named by a line, or at the end of one ("… periodic report of Tamourt")."""
    for line in lines:
        plain = one_line(re.sub(r"[*∗]+", "", line))
        for name in (plain, re.split(r"\b(?:of the|of|de la|de l['’]|du|des|de)\s?", plain)[-1]):
            if 3 < len(name) <= 80 and name[:1].isalpha() and (code := states.recognise(name)) is not None:
                return code
    return None


def _session_of(texts: Iterable[str]) -> tuple[int | None, date | None]:
    """Number and last day of the session at which the observations were adopted."""
    for text in texts:
        folded = fold(text)
        if not _ADOPTED.search(folded):
            continue
        match = _SESSION.search(folded)
        if match is None:
            continue
        days = [day for _place, day in find_dates(western_digits(text))]
        number = ordinal_in(match["en"] or match["fr"] or match["ar"] or "")
        if number is not None or days:
            return number, days[-1] if days else None
    return None, None


def _adopted(source: Source) -> date | None:
    """The day of the meeting at which the observations were adopted, as the first paragraph says."""
    first = next((i for i, part in enumerate(source.parts) if _is_first(part.text)), None)
    if first is None:
        return None
    opening = " ".join(part.text for part in source.parts[first : first + 3])
    for sentence in re.split(r"(?<=[.؛])\s(?=[A-ZÀ-Ý\u0621-\u064a])", opening):
        if _ADOPTED.search(fold(sentence)) is not None:
            days = [day for _place, day in find_dates(sentence)]
            if days:
                return days[-1]
    return None


def _is_first(text: str) -> bool:
    label, _rest = label_of(text)
    return label is not None and label.figures == (1,)
