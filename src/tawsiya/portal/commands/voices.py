"""What others say, on the public pages: written as a snapshot in the act by which it becomes public."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.followup.commands import voices
from tawsiya.followup.models import Grade, ParliamentQuestion, Submission
from tawsiya.followup.voices import grade_names
from tawsiya.portal.models import PublicationAct, VoiceSnapshot
from tawsiya.recommendations.models import Recommendation


def accept_submission(*, submission: Submission, seen_version: int, by: Reader) -> Submission:
    """Accept a submission: everybody inside and the public read it.

    Raises:
        PermissionRefused, StaleData: as `followup.commands.voices.act_on_submission`.
    """
    actor = require(by, Act.PUBLISH)
    with transaction.atomic():
        row = voices.act_on_submission(
            submission=submission, action="accept", by=by, seen_version=seen_version
        )
        _write("submission", row.pk, row.recommendation_id, _of_submission(row), actor)
    return row


def withdraw_submission(*, submission: Submission, reason: str, by: Reader) -> Submission:
    """Withdraw an accepted submission, as its author; the public no longer reads it.

    Raises:
        PermissionRefused, RuleViolated: as `followup.commands.voices.act_on_submission`.
    """
    with transaction.atomic():
        row = voices.act_on_submission(submission=submission, action="withdraw", by=by, reason=reason)
        _withdraw("submission", row.pk, row.recommendation_id, by)
    return row


def record_grade(*, recommendation: Recommendation, assessed: voices.Assessed, by: Reader) -> Grade:
    """Record a UN grade; the public reads it beside the State's status.

    Raises:
        PermissionRefused, RuleViolated: as `followup.commands.voices.record_grade`.
    """
    actor = require(by, Act.PUBLISH)
    with transaction.atomic():
        row = voices.record_grade(recommendation=recommendation, assessed=assessed, by=by)
        _write("grade", row.pk, row.recommendation_id, _of_grade(row), actor)
    return row


def record_grades(*, grades: Sequence[tuple[Recommendation, voices.Assessed]], by: Reader) -> list[Grade]:
    """Record the grades of a file, all of them or none.

    Raises:
        PermissionRefused, RuleViolated: as `record_grade`.
    """
    with transaction.atomic():
        return [record_grade(recommendation=item, assessed=assessed, by=by) for item, assessed in grades]


def take_grade_back(*, grade: Grade, reason: str, by: Reader) -> Grade:
    """Take back a grade recorded by mistake, from the public pages too.

    Raises:
        PermissionRefused, RuleViolated: as `followup.commands.voices.take_grade_back`.
    """
    with transaction.atomic():
        row = voices.take_grade_back(grade=grade, reason=reason, by=by)
        _withdraw("grade", row.pk, row.recommendation_id, by)
    return row


def save_question(
    *,
    asked: voices.Asked,
    items: list[Recommendation],
    by: Reader,
    question: ParliamentQuestion | None = None,
) -> ParliamentQuestion:
    """Record or correct a question of parliament; the public reads it on the recommendations it is about.

    Raises:
        PermissionRefused, RuleViolated: as `followup.commands.voices.save_question`.
    """
    actor = require(by, Act.PUBLISH)
    with transaction.atomic():
        before = {link.recommendation_id for link in question.items.all()} if question else set()
        row = voices.save_question(asked=asked, items=items, by=by, question=question)
        for link in row.items.all():
            # One voice for each recommendation: the link's id is the source's.
            _write("question", link.pk, link.recommendation_id, _of_question(row), actor)
        for pk in before - {item.pk for item in items}:
            _withdraw_questions(row, pk, by)
    return row


def _withdraw_questions(question: ParliamentQuestion, recommendation_id: int, by: Reader) -> None:
    rows = VoiceSnapshot.objects.filter(
        recommendation_id=recommendation_id, kind="question", content__id=question.pk
    )
    for source in set(rows.values_list("source_id", flat=True)):
        _withdraw("question", source, recommendation_id, by)


def _next(kind: str, source_id: int) -> int:
    last = VoiceSnapshot.objects.filter(kind=kind, source_id=source_id).order_by("-version").first()
    return last.version + 1 if last else 1


def _write(kind: str, source_id: int, item_id: int, content: dict[str, Any], actor: Acting) -> None:
    with audit.change("publication.voice", by=actor, item_id=item_id, state="published") as event:
        event.subject = VoiceSnapshot.objects.create(
            recommendation_id=item_id,
            kind=kind,
            source_id=source_id,
            version=_next(kind, source_id),
            act=PublicationAct.PUBLISH,
            published_at=clock.now(),
            content=content,
        )
        event.after = {"kind": kind}


def _withdraw(kind: str, source_id: int, item_id: int, by: Reader) -> None:
    version = _next(kind, source_id)
    if version == 1:
        return
    assert by.user_id is not None  # the command before has looked
    actor = Acting(by.user_id, by.name)
    with audit.change("publication.voice_withdrawn", by=actor, item_id=item_id, state="withdrawn") as event:
        event.subject = VoiceSnapshot.objects.create(
            recommendation_id=item_id,
            kind=kind,
            source_id=source_id,
            version=version,
            act=PublicationAct.WITHDRAW,
            published_at=clock.now(),
        )
        event.after = {"kind": kind}


def _of_submission(row: Submission) -> dict[str, Any]:
    return {
        "institution": row.institution.names,
        "institution_kind": row.institution.kind,
        "status": row.status,
        "text": row.text,
        "language": row.language,
        "link": row.link,
        "written_on": row.written_at.date().isoformat(),
    }


def _of_grade(row: Grade) -> dict[str, Any]:
    body = row.recommendation.document.body
    return {
        "body": body.names,
        "grade": row.grade,
        "names": grade_names(body.code, row.assessed_on).get(row.grade, {}),
        "limb": row.limb,
        "symbol": row.symbol,
        "assessed_on": row.assessed_on.isoformat(),
        "reasons": row.reasons,
        "language": row.language,
    }


def _of_question(row: ParliamentQuestion) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.number,
        "asked_on": row.asked_on.isoformat(),
        "deputy": row.deputy,
        "group": row.group,
        "text": row.text,
        "language": row.language,
        "answer": row.answer,
        "answered_on": row.answered_on.isoformat() if row.answered_on else None,
    }
