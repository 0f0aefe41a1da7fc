"""Read what others say of recommendations: UN grades, submissions, questions of parliament."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import Message
from tawsiya.core.labels import text_of
from tawsiya.followup.choices import SubmissionState
from tawsiya.followup.models import Grade, ParliamentQuestion, Submission
from tawsiya.followup.visibility import records_visible_to, submissions_visible_to
from tawsiya.mechanisms.reference.loaders import follow_up_rules
from tawsiya.recommendations.models import Recommendation

KINDS: dict[str, Message] = {
    "grade": _("UN follow-up grade"),
    "submission": _("Submission"),
    "question": _("Question of parliament"),
}


def submissions_for(reader: Reader) -> QuerySet[Submission]:
    """Return the submissions a reader sees, the newest first."""
    return (
        Submission.objects.filter(submissions_visible_to(reader))
        .select_related("institution", "recommendation__document")
        .order_by("-written_at", "-pk")
    )


def grades_for(reader: Reader) -> QuerySet[Grade]:
    """Return the UN grades a reader sees, the newest first; those taken back are history."""
    return (
        Grade.objects.filter(records_visible_to(reader), taken_back_at=None)
        .select_related("recommendation__document__body")
        .order_by("-assessed_on", "-pk")
    )


def questions_for(reader: Reader) -> QuerySet[ParliamentQuestion]:
    """Return the questions of parliament a reader sees, the newest first."""
    return (
        ParliamentQuestion.objects.filter(records_visible_to(reader))
        .prefetch_related("items__recommendation__document")
        .order_by("-asked_on", "-pk")
    )


def to_moderate(reader: Reader) -> int:
    """Return how many submissions wait for the reader's decision."""
    if not any(True for _grant in reader.grants_for(Act.MODERATE)):
        return 0
    return Submission.objects.filter(state=SubmissionState.SUBMITTED).count()


def grade_names(body: str, assessed_on: date) -> dict[str, dict[str, str]]:
    """Return the grades of a body's scale that may have held on a day, by code, with their names.

    Empty where the scale is not known: the grade is then recorded as the body writes it. Where two scales
    share a code, the later one names it.
    """
    day = assessed_on.isoformat()
    found: dict[str, dict[str, str]] = {}
    for rule in sorted(follow_up_rules(), key=lambda rule: rule.sequence):
        begun = not rule.valid_from or rule.valid_from <= day
        ended = bool(rule.valid_to) and str(rule.valid_to) < day
        if rule.body == body and begun and not ended:
            for grade in rule.grades:
                found[grade.code] = dict(grade.names or {}) or found.get(grade.code, {})
    return found


@dataclass(frozen=True)
class Voices:
    """What others say of one recommendation, as far as its reader sees it."""

    grades: Sequence[Grade]
    submissions: Sequence[Submission]
    questions: Sequence[ParliamentQuestion]

    def __bool__(self) -> bool:
        return bool(self.grades or self.submissions or self.questions)


def voices_on(reader: Reader, item: Recommendation) -> Voices:
    """Return what others say of a recommendation; what is said of its paragraph is said of a part."""
    ids = [pk for pk in (item.pk, item.parent_id) if pk is not None]
    grades = list(grades_for(reader).filter(recommendation_id__in=ids))
    for row in grades:
        row.names = grade_names(row.recommendation.document.body.code, row.assessed_on).get(row.grade, {})  # type: ignore[attr-defined]  # for the page
    questions = questions_for(reader).filter(items__recommendation_id__in=ids).distinct()
    submissions = submissions_for(reader).filter(recommendation=item)
    return Voices(grades, list(submissions), list(questions))


@dataclass(frozen=True)
class Said:
    """One thing that somebody else said, as a list shows it."""

    kind: str
    pk: int
    who: str
    says: str
    items: Sequence[Recommendation]
    on: date
    state: str
    url: str

    @property
    def state_words(self) -> str:
        """The state of a submission in words that agree with it; "" of anything else."""
        return str(SubmissionState(self.state).label) if self.state else ""


def said(reader: Reader, kind: str = "", state: str = "") -> list[Said]:
    """Return all that others said and the reader sees, the newest first.

    Args:
        kind: of `KINDS`; all where empty.
        state: of `SubmissionState`; grades and questions have none, and are left out where one is asked for.
    """
    rows: list[Said] = []
    if kind in ("", "submission"):
        submissions = submissions_for(reader)
        rows += map(_of_submission, submissions.filter(state=state) if state else submissions)
    if kind in ("", "grade") and not state:
        rows += map(_of_grade, grades_for(reader))
    if kind in ("", "question") and not state:
        rows += map(_of_question, questions_for(reader))
    return sorted(rows, key=lambda row: (row.on, row.kind, row.pk), reverse=True)


def _of_submission(row: Submission) -> Said:
    return Said(
        "submission",
        row.pk,
        text_of(row.institution.names),
        row.get_status_display() if row.status else "",
        [row.recommendation],
        timezone.localdate(row.written_at),
        row.state,
        reverse("followup:submission", args=[row.pk]),
    )


def _of_grade(row: Grade) -> Said:
    says = f"{row.grade} {row.limb}".strip()
    body = row.recommendation.document.body
    where = f"{reverse('followup:item', args=[row.recommendation_id])}#voices"
    return Said("grade", row.pk, text_of(body.names), says, [row.recommendation], row.assessed_on, "", where)


def _of_question(row: ParliamentQuestion) -> Said:
    items = [link.recommendation for link in row.items.all()]
    where = reverse("followup:question", args=[row.pk])
    return Said("question", row.pk, row.deputy, row.number, items, row.asked_on, "", where)


def references(items: Iterable[Recommendation]) -> list[dict[str, Any]]:
    """Return recommendations as links."""
    return [{"label": str(item), "url": reverse("followup:item", args=[item.pk])} for item in items]
