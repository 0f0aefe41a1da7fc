"""Two versions of a programme beside each other: measure by measure, field by field, word by word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tawsiya.core.errors import Message
from tawsiya.core.formats import localise_date, localise_number
from tawsiya.core.labels import text_of
from tawsiya.programme.models import Measure
from tawsiya.programme.queries import lead_of, supporting

Kind = Literal["added", "removed", "changed"]
Op = Literal["same", "added", "removed"]
_PIECES = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """Words that both texts have, or only the newer (added) or the older one (removed)."""

    op: Op
    text: str


@dataclass(frozen=True)
class Field:
    """A field that differs: its name, what it said and says, and the words between."""

    label: Message
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """The difference word by word."""
        return words(self.before, self.after)


@dataclass(frozen=True)
class Change:
    """A measure that one version has and the other has not, or that says something else."""

    kind: Kind
    measure: Measure  # of the newer version where it is in both
    fields: tuple[Field, ...]


def words(before: str, after: str) -> list[Piece]:
    """Return the difference of two texts, word by word, in reading order."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    found: list[Piece] = []
    for op, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(Piece("same", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            found.append(Piece("removed", "".join(old[i1:i2])))
        if j2 > j1:
            found.append(Piece("added", "".join(new[j1:j2])))
    return found


def compare(before: Iterable[Measure], after: Iterable[Measure]) -> list[Change]:
    """Return what differs between two versions, by the number of the measures (of `with_everything`)."""
    old, new = ({measure.key: measure for measure in measures} for measures in (before, after))
    changes = [Change("removed", measure, ()) for key, measure in old.items() if key not in new]
    for key, measure in new.items():
        if key not in old:
            changes.append(Change("added", measure, ()))
        elif fields := _differing(old[key], measure):
            changes.append(Change("changed", measure, fields))
    return sorted(changes, key=lambda change: (change.measure.sort_key, change.kind))


def _differing(before: Measure, after: Measure) -> tuple[Field, ...]:
    old, new = said(before), said(after)
    return tuple(Field(label, old[label], text) for label, text in new.items() if text != old[label])


def said(measure: Measure) -> dict[str, str]:
    """Return all that a measure says, by the name of the field, in the reader's language."""
    lead, colon = lead_of(measure), pgettext("between a label and its value", ": ")
    named = {
        pgettext("of a list", "Number"): measure.code,
        _("Axis or objective"): f"{measure.node.code} {text_of(measure.node.names)}",
    }
    for title, label in ((_("Title"), measure.titles), (_("Description"), measure.descriptions)):
        named |= {f"{title} ({name})": label.get(code, "") for code, name in settings.LANGUAGES}
    return named | {
        _("Lead institution"): text_of(lead.names) if lead else "",
        _("Supporting institutions"): _lines(sorted(text_of(row.names) for row in supporting(measure))),
        _("Start date"): localise_date(measure.starts_on) if measure.starts_on else "",
        _("End date"): localise_date(measure.ends_on) if measure.ends_on else "",
        _("Place"): _lines([str(measure.get_reach_display()), *measure.places]),
        _("SDG targets"): ", ".join(measure.targets),
        _("Risks"): measure.risks,
        _("Recommendations"): _lines(sorted(str(row.recommendation) for row in measure.answers.all())),
        _("Waits for"): ", ".join(row.waits_for.code for row in measure.waits.all()),
        _("Milestones"): _lines(
            f"{text_of(row.titles)}{colon}{localise_date(row.due_on)}" for row in measure.milestones.all()
        ),
        _("Budget"): _lines(
            f"{row.year} {row.get_kind_display()}{colon}"
            f"{localise_number(row.amount)} {row.currency} ({row.source})"
            for row in measure.budget.all()
        ),
        _("Legislation"): _lines(
            f"{row.get_kind_display()}{colon}{text_of(row.titles)} {row.number} ({row.get_stage_display()})"
            for row in measure.legislation.all()
        ),
    }


def _lines(values: Iterable[str]) -> str:
    return "\n".join(values)
