"""Record what was observed. Nothing is overwritten: a correction stands after what it corrects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Acting, Grant, Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.programme.commands.indicators import locked_indicator, mark_break
from tawsiya.programme.commands.value_requests import close_answered
from tawsiya.programme.indicator_choices import Measured, Origin, ValueState
from tawsiya.programme.indicator_codes import cell_of, code_of, words_of
from tawsiya.programme.indicator_periods import read_period, year_of
from tawsiya.programme.indicator_permissions import may_record
from tawsiya.programme.indicator_queries import asked_now, values_that_count
from tawsiya.programme.indicator_reading import UNSAID, Reading
from tawsiya.programme.models import Indicator, IndicatorValue

_TOLD = 60  # of a file, the history names so many values and counts the rest


@dataclass(frozen=True)
class Recorded:
    """What became of the values given."""

    new: int = 0
    corrected: int = 0
    unchanged: int = 0

    def __add__(self, other: "Recorded") -> "Recorded":
        return Recorded(
            self.new + other.new, self.corrected + other.corrected, self.unchanged + other.unchanged
        )


def record_values(
    *, indicator: Indicator, readings: Sequence[Reading], by: Reader, origin: Origin, reason: str = ""
) -> Recorded:
    """Record values of an indicator; what says the same as before is left alone.

    Args:
        reason: of the corrections that give none of their own.

    Raises:
        PermissionRefused: `by` records no values of it.
        RuleViolated: a period, breakdown or value that the indicator does not allow, one to come, the same
            cell twice, one that is missing or does not apply without a reason, or a correction without.
    """
    with transaction.atomic():
        row = locked_indicator(indicator)
        decision = may_record(by, row, asked_now([row.pk]).get(row.pk, ()))
        actor = acting(by, decision)
        assert decision.grant is not None  # acting has looked
        _refuse_twice(readings)
        now = {(one.period, one.cell): one for one in values_that_count([row.pk])}
        wanted = [_value(row, reading, now, reason) for reading in readings]
        changed = [value for value in wanted if value is not None]
        if changed:
            _write(row, changed, actor, _home(row, decision.grant), origin)
        _mark_breaks(row, readings, by)
        close_answered(indicator=row, by=actor)
    corrected = sum(value.corrects_id is not None for value in changed)
    return Recorded(len(changed) - corrected, corrected, len(readings) - len(changed))


def record_file(
    *, values: Mapping[Indicator, Sequence[Reading]], by: Reader, origin: Origin, reason: str = ""
) -> Recorded:
    """Record the values of a file, all or nothing; each indicator has an act of its own in the history.

    Raises:
        PermissionRefused: `by` records no values of one of them.
        RuleViolated: as `record_values`.
    """
    done = Recorded()
    with transaction.atomic():
        for indicator, readings in values.items():
            done += record_values(indicator=indicator, readings=readings, by=by, origin=origin, reason=reason)
    return done


def _home(indicator: Indicator, grant: Grant) -> int:
    """Return in whose name values are recorded: the responsible institution where the grant reaches it."""
    return indicator.institution_id if indicator.institution_id in grant.covers else grant.institution_id


def _refuse_twice(readings: Sequence[Reading]) -> None:
    seen = set[tuple[str, str]]()
    for reading in readings:
        key = (reading.period, cell_of(reading.breakdown))
        if key in seen:
            raise RuleViolated(_("%(cell)s is given twice.") % {"cell": _said(reading)})
        seen.add(key)


def _said(reading: Reading) -> str:
    return f"{reading.period} · {words_of(reading.breakdown)}"


def refusal_of(indicator: Indicator, reading: Reading) -> str:
    """Return why an indicator does not allow a value; "" where it does, be it a correction or not."""
    if read_period(reading.period) != reading.period or not reading.period:
        return _("Give a period that has begun, such as 2024, 2024-S1, 2024-Q3 or 2024-05.")
    if year_of(reading.period) > clock.now().year:
        return _("Nothing can be observed in a period to come.")
    for name, code in reading.breakdown.items():
        if name not in indicator.dimensions:
            return _("This indicator is not told apart that way.")
        if code_of(name, code) != code:
            return _("This is no code of the dimension: %(code)s") % {"code": code}
    if reading.state == ValueState.KNOWN:
        if reading.value is None:
            return _("Give a value, or say why there is none.")
        if abs(reading.value) >= 10**14 or reading.value != round(reading.value, 4):
            return _("A value has fourteen digits and four decimals at most.")
        if indicator.measured == Measured.YES_NO and reading.value not in (0, 1):
            return _("A value of this indicator is 1 for yes or 0 for no.")
        return ""
    if not reading.reason.strip():
        return _("Say why there is no value.")
    return ""


def is_same(old: IndicatorValue, reading: Reading) -> bool:
    """Tell whether a value on record says what a reading says; sources given later are a change too."""
    return (
        old.state == reading.state
        and old.value == reading.value
        and old.missing == (reading.missing if reading.state == ValueState.MISSING else "")
        and old.quality == (reading.quality if reading.state == ValueState.KNOWN else "")
        and (not reading.source.strip() or old.source == reading.source.strip())
    )


def _value(
    row: Indicator, reading: Reading, now: Mapping[tuple[str, str], IndicatorValue], reason: str
) -> IndicatorValue | None:
    """Return the row to add; None where it says nothing new."""
    if refusal := refusal_of(row, reading):
        raise RuleViolated(f"{_said(reading)}: {refusal}")
    cell = cell_of(reading.breakdown)
    old = now.get((reading.period, cell))
    if old is not None and is_same(old, reading):
        return None
    why = reading.reason.strip() or (reason.strip() if old else "")
    if old is not None and not why:
        raise RuleViolated(_("%(cell)s: say why the value is corrected.") % {"cell": _said(reading)})
    return IndicatorValue(
        indicator=row,
        period=reading.period,
        breakdown=dict(reading.breakdown),
        cell=cell,
        state=reading.state,
        value=reading.value if reading.state == ValueState.KNOWN else None,
        missing=reading.missing if reading.state == ValueState.MISSING else "",
        quality=reading.quality if reading.state == ValueState.KNOWN else "",
        source=reading.source.strip(),
        reason=why,
        corrects=old,
    )


def _write(
    row: Indicator, values: Sequence[IndicatorValue], actor: Acting, home: int, origin: Origin
) -> None:
    corrections = [value for value in values if value.corrects is not None]
    code = "indicator.values_corrected" if corrections else "indicator.values_recorded"
    with audit.change(
        code,
        by=actor,
        subject=row,
        institution_id=row.institution_id,
        state=row.state,
        reason=corrections[0].reason if corrections else "",
    ) as event:
        for value in values:
            value.institution_id, value.origin = home, origin
            value.recorded_by_id, value.recorded_at = actor.user_id, clock.now()
        IndicatorValue.objects.bulk_create(values, batch_size=500)
        event.before = {"values": [str(value.corrects) for value in corrections[:_TOLD]]}
        event.after = {
            "indicator": row.names,
            "code": row.code,
            "count": len(values),
            "values": [str(value) for value in values[:_TOLD]],
        }


def _mark_breaks(row: Indicator, readings: Sequence[Reading], by: Reader) -> None:
    marked = set(row.breaks.filter(withdrawn_at__isnull=True).values_list("period", flat=True))
    wanted: dict[str, str] = {}
    for reading in readings:
        if reading.break_note and reading.period not in marked:
            wanted.setdefault(reading.period, reading.break_note.strip())
    for period, words in sorted(wanted.items()):
        unsaid = words in ("", UNSAID)
        mark_break(
            indicator=row,
            period=period,
            explanation=_("Marked as a break in the file that brought the values.") if unsaid else words,
            language=(get_language() or "en").split("-")[0],
            by=by,
        )
