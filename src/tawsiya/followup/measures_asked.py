"""Measures of programmes as items of questionnaires: which there are, what was reported since one was sent.

An institution reports on a measure once, on the measure's own form: that report is its answer.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from tawsiya.accounts.reader import Reader
from tawsiya.followup.models import Answer, Question, Reply
from tawsiya.programme.choices import ReportState, VersionState
from tawsiya.programme.measure_filters import with_traits
from tawsiya.programme.models import Measure, MeasureReport
from tawsiya.programme.queries import measures_for, reports_for
from tawsiya.recommendations.choices import AccessLevel


def measures_to_ask_about(reader: Reader) -> QuerySet[Measure]:
    """Return the measures in force that an institution leads, with what they are filtered by."""
    in_force = measures_for(reader).filter(version__state=VersionState.ADOPTED)
    led = Measure.objects.filter(institutions__level=AccessLevel.LEAD).values("pk")
    return with_traits(in_force.filter(pk__in=led)).order_by("version__programme__key", "sort_key")


@dataclass(frozen=True)
class MeasureAsked:
    """A measure that a question is about, as its version in force has it, and the report that answers it."""

    measure: Measure
    report: MeasureReport | None


def measures_asked(reader: Reader, reply: Reply, questions: Iterable[Question]) -> Mapping[int, MeasureAsked]:
    """Return the measures that questions of a reply are about, by question, as the reader sees them."""
    keys = {row.pk: row.measure_key for row in questions if row.measure_key}
    if not keys:
        return {}
    measures = {
        row.key: row
        for row in measures_for(reader).filter(key__in=keys.values(), version__state=VersionState.ADOPTED)
    }
    seen = reports_for(reader).filter(pk__in=_since([reply], keys.values()).values("pk"))
    reports = {row.measure.key: row for row in seen.order_by("written_at", "pk")}
    return {pk: MeasureAsked(measures[key], reports.get(key)) for pk, key in keys.items() if key in measures}


def _since(replies: Sequence[Reply], keys: Collection[UUID]) -> QuerySet[MeasureReport]:
    """Return what the institutions of some replies reported since the first of their questionnaires went.

    A report counts by its approval: one that still waited for it then is of now.
    """
    sent = [reply.questionnaire.sent_at for reply in replies if reply.questionnaire.sent_at]
    if not sent:
        return MeasureReport.objects.none()
    return MeasureReport.objects.filter(
        institution__in={reply.institution_id for reply in replies},
        measure__key__in=keys,
    ).exclude(Q(state=ReportState.RETURNED) | Q(decided_at__lt=min(sent)))


def answered_by_reports(replies: Sequence[Reply], *, approved: bool = False) -> Mapping[int, frozenset[int]]:
    """Return for each reply the questions that reports on their measures answer, whoever asks.

    Args:
        replies: with their questionnaires; for readers who may read the answers.
        approved: count only reports that the institution's validator approved.
    """
    rows = Question.objects.filter(
        questionnaire__in={reply.questionnaire_id for reply in replies}, measure_key__isnull=False
    )
    asked: dict[int, dict[UUID, int]] = {}
    for row in rows:
        if row.measure_key:
            asked.setdefault(row.questionnaire_id, {})[row.measure_key] = row.pk
    if not asked:
        return {}
    reports = _since(replies, {key for keys in asked.values() for key in keys})
    if approved:
        reports = reports.filter(state=ReportState.APPROVED)
    told = list(reports.values_list("institution_id", "measure__key", "decided_at"))
    return {
        reply.pk: frozenset(
            asked[reply.questionnaire_id][key]
            for institution, key, at in told
            if institution == reply.institution_id
            and key in asked.get(reply.questionnaire_id, {})
            and reply.questionnaire.sent_at is not None
            and (at is None or at >= reply.questionnaire.sent_at)
        )
        for reply in replies
    }


def answered_by_reports_alone(replies: Sequence[Reply]) -> Mapping[int, int]:
    """Return for each reply how many questions a report answers of those that have no other answer."""
    found = answered_by_reports(replies)
    if not found:
        return {}
    written = set(
        Answer.objects.filter(reply__in=replies, question__measure_key__isnull=False).values_list(
            "reply_id", "question_id"
        )
    )
    return {
        reply: sum((reply, question) not in written for question in questions)
        for reply, questions in found.items()
    }
