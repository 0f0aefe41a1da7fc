"""Show a consultation of the public on the public pages as it stands: its draft, then what was answered."""

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.portal.consultations import compose_answers, compose_draft
from tawsiya.portal.models import ConsultationSnapshot
from tawsiya.portal.queries import latest_of_consultation
from tawsiya.programme.choices import Audience
from tawsiya.programme.commands.comments import forget_contacts
from tawsiya.programme.models import Consultation


def follow_consultation(consultation: Consultation, by: Reader) -> None:
    """Publish the draft of a consultation that opens to the public, or what was answered when it ends.

    Called in the act that opens or ends it (`programme.public`).

    Raises:
        PermissionRefused: `by` is no coordinator.
    """
    actor = require(by, Act.PUBLISH)
    over = consultation.ended_at is not None
    content = compose_answers(consultation) if over else compose_draft(consultation, by)
    _write(consultation, content, actor)


def publish_answers(*, consultation: Consultation, by: Reader) -> ConsultationSnapshot:
    """Publish what was answered since a consultation of the public ended.

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: it was not open to the public, is not over, or nothing differs from what is public.
    """
    actor = require(by, Act.PUBLISH)
    with transaction.atomic():
        consultation = (
            Consultation.objects.select_for_update(of=("self",))
            .select_related("version__programme")
            .get(pk=consultation.pk)
        )
        if Audience.PUBLIC not in consultation.audiences or consultation.ended_at is None:
            raise RuleViolated(_("Answers are published once the consultation of the public is closed."))
        content = compose_answers(consultation)
        current = latest_of_consultation(consultation.pk)
        if current and current.is_over and current.content == content:
            raise RuleViolated(_("Nothing has changed since the last publication."))
        return _write(consultation, content, actor)


def _write(consultation: Consultation, content: dict[str, object], actor: Acting) -> ConsultationSnapshot:
    current = latest_of_consultation(consultation.pk)
    ended = consultation.ended_at
    with audit.change(
        "consultation.shown" if ended is None else "consultation.answers_published",
        by=actor,
        subject=consultation.version,
        state=consultation.version.state,
    ):
        snapshot = ConsultationSnapshot.objects.create(
            consultation_id=consultation.pk,
            publication=current.publication + 1 if current else 1,
            published_at=clock.now(),
            opens_at=consultation.opens_at,
            # Closed early, it ended then; closed later, at its time.
            closes_at=min(consultation.closes_at, ended) if ended else consultation.closes_at,
            is_over=ended is not None,
            content=content,
        )
        if ended is not None:
            forget_contacts(consultation)
    return snapshot
