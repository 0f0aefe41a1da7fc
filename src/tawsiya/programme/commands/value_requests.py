"""Ask institutions for values, remind them, and close what is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting, may
from tawsiya.accounts.queries import above, people_with
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.notifications.commands import notify
from tawsiya.programme.commands.indicators import locked_indicator
from tawsiya.programme.indicator_choices import IndicatorState, RequestState
from tawsiya.programme.indicator_periods import read_period
from tawsiya.programme.indicator_permissions import may_ask, may_close
from tawsiya.programme.indicator_queries import open_requests, unanswered
from tawsiya.programme.models import Indicator, ValueRequest

SOON = timedelta(days=7)
AGAIN = timedelta(days=14)
_INSIDE = (Role.FOCAL_POINT, Role.VALIDATOR)


@dataclass(frozen=True)
class Asked:
    """What is asked; `recipient` is who needs the values, None for the delegation."""

    institution: Institution
    periods: Sequence[str]
    due_on: date
    dimensions: Sequence[str] = ()
    recipient: Institution | None = None
    note: str = ""


def ask_for_values(*, indicator: Indicator, asked: Asked, by: Reader) -> ValueRequest:
    """Ask an institution for values by a day; its people are told.

    Raises:
        PermissionRefused: `by` is neither of the delegation nor of the responsible institution.
        RuleViolated: no or bad periods, a day gone by, a dimension the indicator does not have, an
            institution that would ask itself, or an open request for the same.
    """
    with transaction.atomic():
        row = locked_indicator(indicator)
        actor = acting(by, may_ask(by, row))
        recipient = asked.recipient
        if not may(by, Act.PLAN):
            recipient = row.institution  # an institution asks for itself only
        periods = _checked(row, asked, recipient)
        with audit.change(
            "values.asked", by=actor, institution_id=asked.institution.pk, state=RequestState.OPEN
        ) as event:
            request = ValueRequest.objects.create(
                indicator=row,
                institution=asked.institution,
                recipient=recipient,
                periods=periods,
                dimensions=list(asked.dimensions),
                due_on=asked.due_on,
                note=asked.note.strip(),
                asked_by_id=actor.user_id,
                asked_at=clock.now(),
            )
            event.subject, event.after = request, _words(request)
        _tell_asked("values.asked", request, but_not=actor.user_id)
    return request


def _checked(row: Indicator, asked: Asked, recipient: Institution | None) -> list[str]:
    periods = [read_period(text) for text in asked.periods]
    if not periods or "" in periods:
        raise RuleViolated(_("Give periods such as 2024, 2024-S1, 2024-Q3 or 2024-05."))
    if asked.due_on < timezone.localdate(clock.now()):
        raise RuleViolated(_("The deadline has gone by already."))
    if row.state == IndicatorState.DRAFT and asked.institution.pk != row.institution_id:
        raise RuleViolated(_("Others are asked once the indicator is in use."))
    if set(asked.dimensions) - set(row.dimensions):
        raise RuleViolated(_("This indicator is not told apart that way."))
    if recipient is not None and recipient.pk == asked.institution.pk:
        raise RuleViolated(_("An institution does not ask itself."))
    same = open_requests(row).filter(institution=asked.institution, periods__overlap=periods)
    if same.exists():
        raise RuleViolated(_("A request to this institution for one of these periods is open already."))
    return sorted(set(periods))


def close_request(*, request: ValueRequest, state: str, by: Reader, reason: str) -> ValueRequest:
    """Decline a request (who was asked) or withdraw it (who asks), and say why.

    Raises:
        PermissionRefused: it is not theirs to close, or it is closed.
        RuleViolated: no reason is given.
    """
    with transaction.atomic():
        request = (
            ValueRequest.objects.select_for_update(of=("self",))
            .select_related("indicator", "institution", "recipient")
            .get(pk=request.pk)
        )
        actor = acting(by, may_close(by, request, state))
        if not reason.strip():
            raise RuleViolated(_("Give the reason."))
        declined = state == RequestState.DECLINED
        _close(request, state, actor, "values.declined" if declined else "values.withdrawn", reason)
        if declined:
            _tell_asking("values.declined", request, but_not=actor.user_id)
        else:
            _tell_asked("values.withdrawn", request, but_not=actor.user_id)
    return request


def close_answered(*, indicator: Indicator, by: Acting) -> int:
    """Close the open requests to which values now answer, and tell who asked. Returns how many.

    Called by what records values, in its transaction.
    """
    closed = 0
    rows = open_requests(indicator).select_related("indicator", "institution", "recipient")
    for request in rows.select_for_update(of=("self",)):
        if not unanswered(request):
            _close(request, RequestState.ANSWERED, by, "values.answered", "")
            _tell_asking("values.answered", request, but_not=by.user_id)
            closed += 1
    return closed


def _close(request: ValueRequest, state: str, by: Acting, code: str, reason: str) -> None:
    with audit.change(
        code,
        by=by,
        subject=request,
        institution_id=request.institution_id,
        state=state,
        reason=reason.strip(),
    ) as event:
        request.state, request.reason = state, reason.strip()
        request.closed_by_id, request.closed_at = by.user_id, clock.now()
        request.save()
        event.after = _words(request)


def remind(today: date | None = None) -> int:
    """Remind institutions once a week before the deadline, after it, and every other week from then on.

    Returns how many requests were reminded of.
    """
    day = today or timezone.localdate(clock.now())
    soon = Q(due_on__gte=day, due_on__lte=day + SOON, reminded_on__isnull=True)
    late = Q(due_on__lt=day) & (
        Q(reminded_on__isnull=True) | Q(reminded_on__lte=F("due_on")) | Q(reminded_on__lte=day - AGAIN)
    )
    with transaction.atomic():
        rows = list(
            ValueRequest.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("indicator", "institution", "recipient")
            .filter(soon | late, state=RequestState.OPEN)
        )
        for request in rows:
            with audit.change(
                "values.reminded",
                by=audit.SYSTEM,
                subject=request,
                institution_id=request.institution_id,
                state=request.state,
            ) as event:
                request.reminded_on = day
                request.save(update_fields=["reminded_on"])
                event.after = _words(request)
            _tell_asked("values.late" if request.due_on < day else "values.due", request, but_not=None)
    return len(rows)


def _words(request: ValueRequest) -> dict[str, Any]:
    return {
        "code": request.indicator.code,
        "institution": request.institution.names,
        "periods": ", ".join(request.periods),
        "due_on": request.due_on.isoformat(),
    }


def _tell_asked(code: str, request: ValueRequest, *, but_not: int | None) -> None:
    notify(
        code,
        people_with(_INSIDE, institution_ids=above(request.institution_id)),
        params=_words(request),
        url_name="programme:indicator",
        url_args=[request.indicator_id],
        but_not=but_not,
    )


def _tell_asking(code: str, request: ValueRequest, *, but_not: int | None) -> None:
    people = (
        people_with(_INSIDE, institution_ids=above(request.recipient_id))
        if request.recipient_id
        else people_with((Role.COORDINATOR,))
    )
    notify(
        code,
        people,
        params=_words(request),
        url_name="programme:indicator",
        url_args=[request.indicator_id],
        but_not=but_not,
    )
