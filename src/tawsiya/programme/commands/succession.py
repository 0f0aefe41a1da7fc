"""The programme's part when an institution is replaced: plans, indicators and requests go over, with a trace.

What was adopted is an act of government and stays as it is (ADR 21): there the successor answers for the
measure (`accounts.queries.in_charge`), and the event says so.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts import succession
from tawsiya.accounts.models import Institution
from tawsiya.accounts.queries import in_charge
from tawsiya.accounts.succession import Handed, Section
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.labels import text_of
from tawsiya.programme.choices import ReportState, VersionState
from tawsiya.programme.indicator_choices import IndicatorState, RequestState
from tawsiya.programme.models import (
    Indicator,
    Measure,
    MeasureInstitution,
    MeasureReport,
    ValueRequest,
    Version,
)
from tawsiya.recommendations.choices import AccessLevel

UNDER_WRITING = (VersionState.DRAFT, VersionState.IN_CONSULTATION)
GOES_OVER = _("Goes over to the successor")
ANSWERS = _("The adopted text stays; the successor answers for it")
WITHDRAWN = _("Is withdrawn: the successor would ask itself")
INSIDE_NOTE = _("Reports that await the validator go over too; only the institution sees them.")


def _measures(institution: Institution) -> QuerySet[MeasureInstitution]:
    """Return the parts of an institution in measures that are planned or in force."""
    return (
        MeasureInstitution.objects.filter(
            institution=institution, measure__version__state__in=[*UNDER_WRITING, VersionState.ADOPTED]
        )
        .select_related("measure__version__programme", "institution")
        .order_by("pk")
    )


def _indicators(institution: Institution) -> QuerySet[Indicator]:
    followed = [IndicatorState.DRAFT, IndicatorState.IN_USE]
    return Indicator.objects.filter(institution=institution, state__in=followed).order_by("code")


def _requests(institution: Institution) -> QuerySet[ValueRequest]:
    either = Q(institution=institution) | Q(recipient=institution)
    rows = ValueRequest.objects.filter(either, state=RequestState.OPEN)
    return rows.select_related("indicator", "institution", "recipient").order_by("pk")


def _asks_itself(row: ValueRequest, institution: Institution, successor: Institution) -> bool:
    return {row.institution_id, row.recipient_id} == {institution.pk, successor.pk}


def preview(institution: Institution, successor: Institution) -> Sequence[Section]:
    """Return what would be handed over; reports written inside are neither named nor counted."""
    measures = [
        Handed(
            f"{text_of(row.measure.version.programme.names)} · {row.measure.code}",
            ANSWERS if row.measure.version.state == VersionState.ADOPTED else GOES_OVER,
            reverse("programme:measure", args=[row.measure_id]),
        )
        for row in _measures(institution)
    ]
    indicators = [
        Handed(str(row), GOES_OVER, reverse("programme:indicator", args=[row.pk]))
        for row in _indicators(institution)
    ]
    requests = [
        Handed(
            f"{row.indicator.code} · {', '.join(row.periods)}",
            WITHDRAWN if _asks_itself(row, institution, successor) else GOES_OVER,
            reverse("programme:indicator", args=[row.indicator_id]),
        )
        for row in _requests(institution)
    ]
    return [
        Section(_("Measures"), measures, INSIDE_NOTE),
        Section(_("Indicators"), indicators),
        Section(_("Requests for values"), requests),
    ]


def carry_out(institution: Institution, successor: Institution, actor: Any) -> dict[str, int]:
    """Hand over measures, reports under way, indicators and requests; return how many of each."""
    return {
        "measures": _hand_measures(institution, successor, actor),
        "reports": _hand_reports(institution, successor, actor),
        "indicators": _hand_indicators(institution, successor, actor),
        "requests": _hand_requests(institution, successor, actor),
    }


def _hand_measures(institution: Institution, successor: Institution, actor: Any) -> int:
    rows = list(_measures(institution))
    for row in rows:
        measure = row.measure
        adopted = measure.version.state == VersionState.ADOPTED
        with audit.change(
            "measure.answered_for" if adopted else "measure.handed_over",
            by=actor,
            subject=measure,
            institution_id=successor.pk,
            state=measure.version.state,
        ) as event:
            event.after = {
                "institution": successor.names,
                "from": institution.names,
                "code": measure.code,
                "measure": measure.titles,
            }
            if not adopted:
                _move(row, successor)
                Measure.objects.filter(pk=measure.pk).update(row_version=F("row_version") + 1)
    return len(rows)


def _move(row: MeasureInstitution, successor: Institution) -> None:
    """Give one part in a measure to the successor; where it has one already, the leading one is kept."""
    other = MeasureInstitution.objects.filter(measure_id=row.measure_id, institution=successor).first()
    if other is not None and row.level != AccessLevel.LEAD:
        row.delete()
        return
    if other is not None:
        other.delete()
    row.institution = successor
    row.save()


def follow_successors(version: Version) -> None:
    """Name in a draft who answers today for those who were replaced since it was adopted.

    Inside the act that began the draft.
    """
    gone: Iterable[MeasureInstitution] = MeasureInstitution.objects.filter(
        measure__version=version, institution__successor__isnull=False
    ).select_related("institution")
    for row in list(gone):
        _move(row, in_charge(row.institution))


def _hand_reports(institution: Institution, successor: Institution, actor: Any) -> int:
    rows = list(
        MeasureReport.objects.filter(institution=institution, state=ReportState.WITH_VALIDATOR)
        .select_related("measure")
        .order_by("pk")
    )
    for row in rows:
        with audit.change(
            "measure.report_handed_over",
            by=actor,
            subject=row,
            institution_id=successor.pk,
            state=row.state,
        ) as event:
            event.after = {
                "institution": successor.names,
                "from": institution.names,
                "measure": row.measure.titles,
            }
            row.institution = successor
            row.save()
    return len(rows)


def _hand_indicators(institution: Institution, successor: Institution, actor: Any) -> int:
    rows = list(_indicators(institution).select_for_update())
    for row in rows:
        with audit.change(
            "indicator.handed_over", by=actor, subject=row, institution_id=successor.pk, state=row.state
        ) as event:
            event.after = {
                "institution": successor.names,
                "from": institution.names,
                "code": row.code,
                "indicator": row.names,
            }
            row.institution, row.row_version = successor, row.row_version + 1
            row.save()
    return len(rows)


def _hand_requests(institution: Institution, successor: Institution, actor: Any) -> int:
    rows = list(_requests(institution).select_for_update(of=("self",)))
    for row in rows:
        itself = _asks_itself(row, institution, successor)
        with audit.change(
            "values.withdrawn" if itself else "values.handed_over",
            by=actor,
            subject=row,
            institution_id=row.institution_id if itself else successor.pk,
        ) as event:
            event.after = {
                "institution": successor.names,
                "from": institution.names,
                "code": row.indicator.code,
                "periods": ", ".join(row.periods),
            }
            if itself:
                row.state, row.reason = RequestState.WITHDRAWN, text_of(successor.names)
                row.closed_by_id, row.closed_at = actor.user_id, clock.now()
            elif row.institution_id == institution.pk:
                row.institution = successor
            else:
                row.recipient = successor
            event.state, event.reason = row.state, row.reason
            row.save()
    return len(rows)


PART = succession.Part(preview=preview, carry_out=carry_out)
