"""Comment on a measure in consultation, decide what the public wrote, and answer comments."""

import re
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.notifications.commands import notify
from tawsiya.programme.choices import Audience, CommentState, RefusalGround
from tawsiya.programme.commands.programmes import locked
from tawsiya.programme.models import Comment, CommentContact, Consultation, Measure
from tawsiya.programme.permissions import may_comment, may_moderate_comment, may_plan
from tawsiya.programme.queries import consultation_of, parliaments

LONGEST = 4_000
"""Characters of a comment of the public: two pages, as much as anybody answers with care."""
_LINK_OR_MARKUP = re.compile(r"https?:|www\.|<\s*[a-z/!]", re.IGNORECASE)


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


@dataclass(frozen=True)
class PublicWords:
    """What somebody wrote on the public pages; `author` may be empty, and `email`, which is never shown."""

    text: str
    language: str
    author: str = ""
    email: str = ""


def comment_from_the_public(*, consultation_id: int, code: str, said: PublicWords) -> Comment:
    """Keep what somebody who is not signed in says of a measure, until a coordinator has looked at it.

    Args:
        consultation_id: the consultation by which the draft is read.
        code: the number of the measure in its version.

    Raises:
        RuleViolated: no consultation of the public is open or it has no such measure; nothing is said, too
            much, or a link or markup stands in it.
    """
    text, author = said.text.strip(), said.author.strip()
    if not text:
        raise RuleViolated(_("Write the comment."))
    if len(text) > LONGEST:
        raise RuleViolated(_("A comment has %(number)s characters at most.") % {"number": LONGEST})
    if _LINK_OR_MARKUP.search(text) or _LINK_OR_MARKUP.search(author):
        raise RuleViolated(_("Write words only: links and markup are not taken."))
    with transaction.atomic():
        consultation, measure = _asked(consultation_id, code)
        with audit.change("measure.commented_by_public", by=audit.SYSTEM, state="received") as event:
            comment = Comment.objects.create(
                consultation=consultation,
                measure=measure,
                author=author,
                text=text,
                language=said.language,
                written_at=clock.now(),
                state=CommentState.RECEIVED,
            )
            if said.email:
                CommentContact.objects.create(comment=comment, email=said.email)
            # The text may hold what has to be refused: the history has none of it.
            event.subject, event.after = comment, {"measure": measure.titles}
    return comment


def _asked(consultation_id: int, code: str) -> tuple[Consultation, Measure]:
    """Return an open consultation of the public, locked, and a measure of its version."""
    now = clock.now()
    consultation = (
        Consultation.objects.select_for_update()
        .filter(
            pk=consultation_id,
            ended_at__isnull=True,
            opens_at__lte=now,
            closes_at__gte=now,
            audiences__contains=[Audience.PUBLIC],
        )
        .first()
    )
    rows = Measure.objects.filter(version__consultations=consultation, code=code)
    measure = rows.first() if consultation else None
    if consultation is None or measure is None:
        raise RuleViolated(_("This consultation is closed."))
    return consultation, measure


def decide_on_comment(
    *, comment: Comment, accept: bool, by: Reader, ground: str = "", reason: str = ""
) -> Comment:
    """Accept what the public wrote, or refuse it for insult or personal data; decided once.

    Raises:
        PermissionRefused: `by` is no coordinator, or it is decided already.
        RuleViolated: a ground or a reason is missing.
    """
    with transaction.atomic():
        comment = Comment.objects.select_for_update(of=("self",)).select_related("measure").get(pk=comment.pk)
        actor = acting(by, may_moderate_comment(by, comment))
        reason = reason.strip()
        if not accept and ground not in RefusalGround.values:
            raise RuleViolated(_("A comment is refused for insult or personal data only: say which."))
        if not accept and not reason:
            raise RuleViolated(_("Give the reason."))
        state = CommentState.ACCEPTED if accept else CommentState.REFUSED
        with audit.change(
            f"comment.{state.value}",
            by=actor,
            subject=comment,
            state=state.value,
            reason="" if accept else reason,
        ) as event:
            comment.state = state
            comment.decided_by_id, comment.decided_at = actor.user_id, clock.now()
            if not accept:
                comment.ground, comment.reason = ground, reason
                CommentContact.objects.filter(comment=comment).delete()
            comment.save()
            event.after = {"measure": comment.measure.titles}
    return comment


def forget_contacts(consultation: Consultation) -> None:
    """Forget where authors of answered comments are reached; inside the act that publishes the answers."""
    CommentContact.objects.filter(
        comment__consultation=consultation, comment__answered_at__isnull=False
    ).delete()


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
        if comment.state != CommentState.ACCEPTED:
            raise RuleViolated(_("A comment of the public is answered once a coordinator accepted it."))
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
            [comment.written_by] if comment.written_by else [],
            params={"programme": comment.measure.version.programme.names, "code": comment.measure.code},
            url_name="programme:measure",
            url_args=[comment.measure_id],
            but_not=actor.user_id,
        )
    return comment
