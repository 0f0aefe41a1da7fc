"""National work of a former tracker, brought over once: dated when it was done, told to nobody as new.

Each act is an event of its own in the history, which says that it was brought over and from which file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tawsiya.accounts.models import Institution
from tawsiya.accounts.reader import Acting
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.followup.choices import AssignmentState, ContributionState, EvidenceMark
from tawsiya.followup.commands.assignments import Letter
from tawsiya.followup.models import Assessment, Assignment, Contribution, ContributionAuthor
from tawsiya.recommendations.choices import AccessLevel, Status
from tawsiya.recommendations.models import Access, Recommendation

NOON = time(12)


@dataclass(frozen=True)
class Brought:
    """What is brought over on one recommendation; empty values bring nothing.

    `origin` names the file and the row, `import_id` the import, by which all of it can be taken back.
    `writer` is whose measures `measures` are.
    """

    origin: str
    import_id: int
    lead: Institution | None = None
    support: tuple[Institution, ...] = ()
    deadline: date | None = None
    letter: Letter = field(default_factory=Letter)
    status: Status | None = None
    status_on: date | None = None
    writer: Institution | None = None
    measures: str = ""
    language: str = ""

    @property
    def told(self) -> dict[str, Any]:
        """Where it came from, as each act says it."""
        return {"file": self.origin, "import": self.import_id}


def bring_over(item: Recommendation, given: Brought, *, by: Acting) -> None:
    """Write the work of one recommendation. Runs inside its caller's transaction.

    The caller has checked that none of it is here already: this overwrites nothing.
    """
    with _on(given.letter.dated or given.status_on):
        if given.lead is not None:
            _assign(item, given.lead, AccessLevel.LEAD, given, by)
        for institution in given.support:
            _assign(item, institution, AccessLevel.SUPPORT, given, by)
    with _on(given.status_on or given.letter.dated):
        if given.writer is not None and given.measures:
            _contribute(item, given.writer, given, by)
        if given.status is not None:
            _assess(item, given.status, given, by)


@contextmanager
def _on(day: date | None) -> Iterator[None]:
    """Date the acts of the body at noon of a day, at the present where no day is known."""
    if day is None:
        yield
        return
    moment = timezone.make_aware(datetime.combine(day, NOON))
    with clock.at(min(moment, timezone.now())):
        yield


def _assign(
    item: Recommendation, institution: Institution, level: AccessLevel, given: Brought, by: Acting
) -> None:
    now = clock.now()
    with audit.change(
        "assignment.brought_over",
        by=by,
        item_id=item.pk,
        institution_id=institution.pk,
        state=AssignmentState.ACCEPTED.value,
    ) as event:
        event.subject = Assignment.objects.create(
            recommendation=item,
            institution=institution,
            level=level,
            state=AssignmentState.ACCEPTED,
            deadline=given.deadline,
            letter_reference=given.letter.reference,
            letter_date=given.letter.dated,
            assigned_by_id=by.user_id,
            assigned_at=now,
            answered_by_id=by.user_id,
            answered_at=now,
        )
        Access.objects.update_or_create(
            recommendation=item, institution=institution, defaults={"level": level}
        )
        event.after = {
            "institution": institution.names,
            "level": level.value,
            "deadline": given.deadline.isoformat() if given.deadline else None,
            "letter": given.letter.reference,
            **given.told,
        }


def _contribute(item: Recommendation, institution: Institution, given: Brought, by: Acting) -> None:
    now = clock.now()
    with audit.change(
        "contribution.brought_over",
        by=by,
        item_id=item.pk,
        institution_id=institution.pk,
        state=ContributionState.VALIDATED.value,
    ) as event:
        contribution = Contribution.objects.create(
            recommendation=item,
            institution=institution,
            state=ContributionState.VALIDATED,
            language=given.language or _language(),
            measures_taken=given.measures,
            # The former tracker knew no marks: whoever publishes decides, as before.
            measures_taken_mark=EvidenceMark.PUBLIC,
            created_by_id=by.user_id,
            created_at=now,
            changed_at=now,
        )
        ContributionAuthor.objects.create(contribution=contribution, user_id=by.user_id)
        event.subject = contribution
        event.after = {"institution": institution.names, **given.told}


def _assess(item: Recommendation, status: Status, given: Brought, by: Acting) -> None:
    justification = _("Brought over from the former tracker: %(origin)s") % {"origin": given.origin}
    with audit.change("assessment.brought_over", by=by, item_id=item.pk, state="confirmed") as event:
        event.subject = Assessment.objects.create(
            recommendation=item,
            status=status,
            justification=justification,
            language=_language(),
            decided_by_id=by.user_id,
            decided_at=clock.now(),
        )
        event.reason = justification
        event.before, event.after = {"status": item.status}, {"status": status.value, **given.told}
        item.status = status
        item.version += 1
        item.save(update_fields=["status", "version"])


def _language() -> str:
    return (get_language() or "en").split("-")[0]
