"""Correct what was read before it is applied: edit, split, join, confirm; and take that back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.intake.choices import Fix, What
from tawsiya.intake.commands.preview import BATCH, locked_run, read_again, replan
from tawsiya.intake.corrections import EDITABLE, cut, output_keys
from tawsiya.intake.incoming import MAX_PARAGRAPH
from tawsiya.intake.models import Correction, ImportRow, ImportRun
from tawsiya.intake.permissions import may_import, person_id
from tawsiya.intake.queries import doubtful_rows
from tawsiya.recommendations.choices import Kind, Position


@dataclass(frozen=True)
class Fields:
    """The corrected fields of a row; States as codes, and as written where no code is known."""

    paragraph: str
    kind: str
    text: str
    subparagraph: str = ""
    position: str = ""
    states: Sequence[str] = ()
    states_as_written: Sequence[str] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the fields as they are kept, under the names of a reader's record."""
        return {
            "paragraph": self.paragraph.strip() or None,
            "subparagraph": self.subparagraph.strip() or None,
            "kind": self.kind,
            "text": self.text.strip(),
            "recommending_states": list(self.states),
            "recommending_states_unrecognised": list(self.states_as_written),
            "position": self.position or None,
        }


def edit_row(row: ImportRow, *, fields: Fields, by: Reader) -> None:
    """Correct the fields of a row. What it already says is not recorded as a correction.

    Raises:
        PermissionRefused: `by` may not import.
        RuleViolated: a value that cannot stand, nothing that changes, or an import that was decided.
    """
    data = _checked(fields)
    changed = {name: value for name, value in data.items() if value != row.record.get(name)}
    if not changed:
        raise RuleViolated(_("Nothing was changed."))
    _correct(row.run, Fix.EDIT, [row], data=changed, by=by)


def split_row(row: ImportRow, *, begins: str, first: Fields, second: Fields, by: Reader) -> None:
    """Make two records of one, the second beginning with the given words of its text.

    The texts of `first` and `second` are what the cut leaves: no word is lost or added.

    Raises:
        PermissionRefused: `by` may not import.
        RuleViolated: the words do not stand in the text exactly once, or at its beginning; a value
            that cannot stand; or an import that was decided.
    """
    parts = cut(str(row.record.get("text") or ""), begins)
    if parts is None:
        raise RuleViolated(_("These words must stand in the text exactly once, and not at its beginning."))
    both = [_checked(fields) | {"text": text} for fields, text in zip((first, second), parts, strict=True)]
    _correct(row.run, Fix.SPLIT, [row], data={"parts": both}, by=by)


def merge_row(row: ImportRow, *, by: Reader) -> None:
    """Join a row with the next one of the file: the place of the first, the words and States of both.

    Raises:
        PermissionRefused: `by` may not import.
        RuleViolated: nothing of the same document follows, or an import that was decided.
    """
    following = (
        ImportRow.objects.filter(run=row.run, what=What.RECOMMENDATION, order=row.order + 1)
        .exclude(key="")
        .first()
    )
    if following is None or following.record.get("symbol") != row.record.get("symbol"):
        raise RuleViolated(_("No row of the same document follows."))
    _correct(row.run, Fix.MERGE, [row, following], data={}, by=by)


def confirm_rows(run: ImportRun, *, doubt: str = "", row: ImportRow | None = None, by: Reader) -> int:
    """Say that doubtful rows are right as they were read: one row, or all that are doubtful for a code.

    Returns the number of rows confirmed.

    Raises:
        PermissionRefused: `by` may not import.
        RuleViolated: no such row is doubtful, or the import was decided already.
    """
    actor = acting(by, may_import(by))
    with transaction.atomic():
        run = locked_run(run)
        rows = ImportRow.objects.filter(doubtful_rows(), run=run).order_by("order")
        rows = rows.filter(pk=row.pk) if row is not None else rows.filter(doubts__contains=[doubt])
        listed = list(rows)
        if not listed:
            raise RuleViolated(_("No such row is doubtful."))
        with audit.change("import.rows_confirmed", by=actor, subject=run, state=run.state) as event:
            _confirm(run, listed, [doubt] if row is None else None, actor)
            event.after = {"count": len(listed), "names": [one.name for one in listed[:BATCH]]}
            event.after |= {"doubt": doubt} if doubt else {}
    return len(listed)


def _confirm(run: ImportRun, rows: Sequence[ImportRow], doubts: list[str] | None, actor: Acting) -> None:
    """Record one confirmation for each row, and say so in the rows as planning anew would."""
    made = Correction.objects.bulk_create(
        (
            Correction(
                run=run,
                kind=Fix.CONFIRM,
                keys=[row.key],
                doubts=row.doubts if doubts is None else doubts,
                before={"name": row.name},
                made_by_id=person_id(actor),
                made_at=clock.now(),
            )
            for row in rows
        ),
        batch_size=BATCH,
    )
    settled = dict(Correction.objects.filter(run=run).values_list("pk", "doubts"))
    for row, correction in zip(rows, made, strict=True):
        row.fixes = [*row.fixes, correction.pk]
        row.settled = set(row.doubts) <= {doubt for pk in row.fixes for doubt in settled[pk]}
    ImportRow.objects.bulk_update(rows, ["fixes", "settled"], batch_size=BATCH)


def undo_correction(correction: Correction, *, by: Reader) -> None:
    """Take a correction back: the row is again what was read.

    Raises:
        PermissionRefused: `by` may not import.
        RuleViolated: a later correction builds upon it, or the import was decided already.
    """
    actor = acting(by, may_import(by))
    result = read_again(correction.run)
    with transaction.atomic():
        run = locked_run(correction.run)
        later = Correction.objects.filter(run=run, keys__overlap=list(output_keys(correction.pk)))
        if later.exists():
            raise RuleViolated(_("A later correction builds upon this one; undo that one first."))
        fresh = Correction.objects.filter(pk=correction.pk).first()
        if fresh is None:
            raise RuleViolated(_("This correction was undone already."))
        with audit.change("import.correction_undone", by=actor, subject=run, state=run.state) as event:
            event.before = {"kind": fresh.kind, "data": fresh.data, "before": fresh.before}
            event.after = {"name": fresh.before.get("name", "")}
            fresh.delete()
        replan(run, result, actor, code="import.previewed")


def _correct(
    run: ImportRun, kind: Fix, rows: Sequence[ImportRow], *, data: Mapping[str, Any], by: Reader
) -> None:
    """Record a correction with what was read before, and plan anew."""
    actor = acting(by, may_import(by))
    if not all(row.key for row in rows):
        raise RuleViolated(_("Only rows that were read in the file can be corrected."))
    result = read_again(run)
    with transaction.atomic():
        run = locked_run(run)
        names = [row.name for row in rows]
        # Held now: another person may have corrected one of them meanwhile.
        if ImportRow.objects.filter(run=run, key__in=[row.key for row in rows]).count() != len(rows):
            raise RuleViolated(_("This row was corrected meanwhile; look at it again."))
        with audit.change("import.row_corrected", by=actor, subject=run, state=run.state) as event:
            Correction.objects.create(
                run=run,
                kind=kind,
                keys=[row.key for row in rows],
                data=dict(data),
                before={
                    "name": ", ".join(names),
                    "records": [{name: row.record.get(name) for name in EDITABLE} for row in rows],
                },
                doubts=sorted({doubt for row in rows for doubt in row.doubts}),
                made_by_id=person_id(actor),
                made_at=clock.now(),
            )
            event.before = {"records": [{name: row.record.get(name) for name in EDITABLE} for row in rows]}
            event.after = {"name": ", ".join(names), "kind": kind.value, "data": dict(data)}
        replan(run, result, actor, code="import.previewed")


def _checked(fields: Fields) -> dict[str, Any]:
    data = fields.as_data()
    if not data["paragraph"] or len(data["paragraph"]) > MAX_PARAGRAPH:
        raise RuleViolated(
            _("Give the number of the paragraph, of %(max)s characters at most.") % {"max": MAX_PARAGRAPH}
        )
    if len(data["subparagraph"] or "") > MAX_PARAGRAPH:
        raise RuleViolated(_("The lettered part is too long."))
    if fields.kind not in Kind.values or fields.position not in ("", *Position.values):
        raise RuleViolated(_("This value is not known."))
    if not data["text"]:
        raise RuleViolated(_("Write the text."))
    return data
