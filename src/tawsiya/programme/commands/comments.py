"""Comment on a measure in consultation, and answer comments."""

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.notifications.commands import notify
from tawsiya.programme.commands.programmes import locked
from tawsiya.programme.models import Comment, Measure
from tawsiya.programme.permissions import may_comment, may_plan
from tawsiya.programme.queries import consultation_of, parliaments


def comment_on(*, measure: Measure, text: str, language: str, by: Reader) -> Comment:
    """Comment on a measure, in the name of the institution by which the reader is consulted.

    Raises:
        PermissionRefused: no consultation is open, or it does not ask the reader.
        RuleViolated: nothing is said.
    """
    with transaction.atomic():
        version = locked(measure.version)
        consultation = consultation_of(version)
        decision = may_comment(by, consultation, parliaments())
        actor = acting(by, decision)
        assert decision.grant is not None and consultation is not None  # the permission has looked
        if not text.strip():
            raise RuleViolated(_("Write the comment."))
        institution_id = decision.grant.institution_id
        with audit.change(
            "measure.commented", by=actor, institution_id=institution_id, state="written"
        ) as event:
            comment = Comment.objects.create(
                consultation=consultation,
                measure=measure,
                institution_id=institution_id,
                text=text.strip(),
                language=language,
                written_by_id=actor.user_id,
                written_at=clock.now(),
            )
            event.subject, event.after = comment, {"measure": measure.titles}
    return comment


def answer_comment(*, comment: Comment, text: str, language: str, by: Reader) -> Comment:
    """Answer a comment once; its author is told, and whoever reads the measure reads both from then on.

    Raises:
        PermissionRefused: `by` is not of the delegation.
        RuleViolated: nothing is said, or the comment was answered before.
    """
    actor = acting(by, may_plan(by))
    if not text.strip():
        raise RuleViolated(_("Write the answer."))
    with transaction.atomic():
        comment = (
            Comment.objects.select_for_update(of=("self",))
            .select_related("measure__version__programme", "written_by")
            .get(pk=comment.pk)
        )
        if comment.answered_at is not None:
            raise RuleViolated(_("This comment was answered already."))
        with audit.change(
            "comment.answered",
            by=actor,
            subject=comment,
            institution_id=comment.institution_id,
            state="answered",
        ) as event:
            comment.answer, comment.answer_language = text.strip(), language
            comment.answered_by_id, comment.answered_at = actor.user_id, clock.now()
            comment.save()
            event.after = {"measure": comment.measure.titles}
        notify(
            "comment.answered",
            [comment.written_by],
            params={"programme": comment.measure.version.programme.names, "code": comment.measure.code},
            url_name="programme:measure",
            url_args=[comment.measure_id],
            but_not=actor.user_id,
        )
    return comment
