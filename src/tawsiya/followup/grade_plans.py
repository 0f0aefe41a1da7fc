"""What recording a file of UN grades would do: each row new, recorded already, or refused with its reason."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.core import clock
from tawsiya.core.errors import Message, RuleViolated
from tawsiya.followup.commands.voices import Assessed
from tawsiya.followup.grade_files import MAX_ROWS, Grid, Line, Refused, code_of, read
from tawsiya.followup.voices import grade_names, grades_for
from tawsiya.mechanisms.models import Document
from tawsiya.programme.forms import named_item
from tawsiya.recommendations.models import Recommendation

PROBLEMS: dict[str, Message] = {
    "empty": _("This cell is needed and empty."),
    "too_long": _("This is too long."),
    "date": _("Write the date as 2026-12-31."),
    "language": _("This is no language of the system."),
    "document": _("There is no document of this symbol."),
    "paragraph": _("The document has no such recommendation."),
    "grade": _("This is no grade of the body on that day."),
    "future": _("The assessment cannot be dated in the future."),
    "twice": _("It is given twice."),
    "other": _("Another grade of this document is recorded; take that back first."),
}


@dataclass(frozen=True)
class Planned:
    """A row that can be recorded: `new`, or `unchanged` where it is recorded already."""

    line: Line
    item: Recommendation
    assessed: Assessed
    names: Mapping[str, str]
    outcome: str


@dataclass
class Plan:
    """What recording would do. `refused` cells are left out, the rest is kept."""

    rows: list[Planned] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows are new, and how many unchanged."""
        return Counter(row.outcome for row in self.rows)

    def new(self) -> list[tuple[Recommendation, Assessed]]:
        """Return what is to be recorded."""
        return [(row.item, row.assessed) for row in self.rows if row.outcome == "new"]


def plan(reader: Reader, sheets: Sequence[Grid]) -> Plan:
    """Return what recording would do; nothing is written.

    Raises:
        RuleViolated: no sheet names the columns needed, or there are too many rows.
    """
    found = read(sheets, [code for code, _name in settings.LANGUAGES])
    if found.missing:
        raise RuleViolated(
            str(_("Columns are missing: %(names)s")) % {"names": ", ".join(found.missing)},
        )
    if found.too_many or not (found.lines or found.refused):
        raise RuleViolated(str(_("A file has between 1 and %(number)s rows.")) % {"number": MAX_ROWS})
    made = Plan(refused=list(found.refused))
    seen: set[tuple[int, str, str]] = set()
    recorded = _recorded(reader, found.lines)
    for line in found.lines:
        planned = _planned(reader, line, recorded)
        if isinstance(planned, Planned):
            key = (planned.item.pk, line.limb, line.assessment)
            if key in seen:
                planned = line.refused("twice", "grade")
            seen.add(key)
        if isinstance(planned, Planned):
            made.rows.append(planned)
        else:
            made.refused.append(planned)
    made.refused.sort(key=lambda one: (one.sheet, one.row, len(one.column), one.column))
    return made


def _planned(reader: Reader, line: Line, recorded: Mapping[tuple[int, str, str], str]) -> Planned | Refused:
    item = named_item(reader, f"{line.symbol} § {line.paragraph}")
    if item is None:
        known = Document.objects.filter(symbol__iexact=line.symbol).exists()
        return line.refused(*(("paragraph", "paragraph") if known else ("document", "symbol")))
    if line.assessed_on > timezone.localdate(clock.now()):
        return line.refused("future", "date")
    scale = grade_names(item.document.body.code, line.assessed_on)
    # A body whose scale is not known is recorded as it writes.
    grade = code_of(line.grade, scale) if scale else line.grade
    if not grade:
        return line.refused("grade", "grade")
    old = recorded.get((item.pk, line.limb, line.assessment))
    if old is not None and old != grade:
        return line.refused("other", "grade")
    assessed = Assessed(grade, line.assessment, line.assessed_on, line.limb, line.reasons, line.language)
    return Planned(line, item, assessed, scale.get(grade, {}), "unchanged" if old else "new")


def _recorded(reader: Reader, lines: Sequence[Line]) -> dict[tuple[int, str, str], str]:
    """Return the grades that stand already, of the documents that the lines name."""
    rows = grades_for(reader).filter(symbol__in={line.assessment for line in lines})
    return {
        (pk, limb, symbol): grade
        for pk, limb, symbol, grade in rows.values_list("recommendation_id", "limb", "symbol", "grade")
    }
