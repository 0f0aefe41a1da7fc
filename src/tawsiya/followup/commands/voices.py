"""Write down what others say: submissions and their moderation, UN grades, questions of parliament.

What changes on the public pages goes through `portal.commands`, which writes the snapshot in the same act.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tawsiya.accounts.choices import Role
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.queries import people_with
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.followup.commands.announce import item_params
from tawsiya.followup.models import Grade, ParliamentQuestion, ParliamentQuestionItem, Submission
from tawsiya.followup.permissions import may_act_on_submission, may_moderate, may_submit
from tawsiya.followup.voices import grade_names
from tawsiya.followup.workflow import SUBMISSION, find
from tawsiya.notifications.commands import notify
from tawsiya.programme.choices import RefusalGround
from tawsiya.recommendations.choices import scale_for
from tawsiya.recommendations.models import Recommendation

AUTHORS = (Role.NHRI, Role.CIVIL_SOCIETY)


@dataclass(frozen=True)
class Said:
    """What a submission says. `status` is a `Status` value or empty."""

    text: str
    language: str
    status: str = ""
    link: str = ""


def submit(*, recommendation: Recommendation, said: Said, by: Reader) -> Submission:
    """Submit to the delegation how a recommendation is implemented, as seen from outside.

    Raises:
        PermissionRefused: `by` is neither of the national human rights institution nor of an organisation.
        RuleViolated: nothing is said, or the status does not fit the recommendation.
    """
    decision = may_submit(by)
    actor = acting(by, decision)
    _check(recommendation, said)
    assert decision.grant is not None
    institution_id = decision.grant.institution_id
    with audit.change(
        "submission.submitted",
        by=actor,
        item_id=recommendation.pk,
        institution_id=institution_id,
        state="submitted",
    ) as event:
        row = Submission.objects.create(
            recommendation=recommendation,
            institution_id=institution_id,
            written_by_id=actor.user_id,
            written_at=clock.now(),
            **vars(said),
        )
        event.subject, event.after = row, {"institution": row.institution.names}
        _tell_coordinators(row, actor)
    return row


def _check(recommendation: Recommendation, said: Said) -> None:
    if not said.text.strip():
        raise RuleViolated(_("Write what you see."))
    if said.status and said.status not in scale_for(recommendation.position):
        raise RuleViolated(_("This status does not fit the State's position on the recommendation."))
    if said.link and not said.link.startswith(("https://", "http://")):
        raise RuleViolated(_("A link begins with https:// or http://."))


def act_on_submission(
    *,
    submission: Submission,
    action: str,
    by: Reader,
    reason: str = "",
    ground: str = "",
    said: Said | None = None,
    seen_version: int | None = None,
) -> Submission:
    """Accept, refuse, take back, revise or withdraw a submission, as `followup.workflow` allows.

    Args:
        ground: of a refusal, a `RefusalGround`: there is no other.
        said: the new words of a revision.

    Raises:
        PermissionRefused: not the reader's to do, or not possible in its state.
        RuleViolated: a reason, a ground or the new words are missing.
        StaleData: it was changed since `seen_version`.
    """
    with transaction.atomic():
        row = _locked(submission)
        actor = acting(by, may_act_on_submission(by, row, action))
        if seen_version is not None and row.version != seen_version:
            raise StaleData(_("This submission changed meanwhile; read it again before you decide."))
        transition = find(SUBMISSION, row.state, action)
        assert transition is not None  # the permission has looked
        reason = reason.strip()
        if transition.needs_reason and not reason:
            raise RuleViolated(_("Give the reason."))
        if action == "refuse" and ground not in RefusalGround.values:
            raise RuleViolated(_("A submission is refused for insult or personal data only: say which."))
        with audit.change(
            f"submission.{transition.target if action != 'revise' else 'revised'}",
            by=actor,
            subject=row,
            item_id=row.recommendation_id,
            institution_id=row.institution_id,
            state=transition.target,
            reason=reason,
        ) as event:
            event.after = {"institution": row.institution.names}
            row.state, row.version = transition.target, row.version + 1
            row.reason, row.ground = reason, ground if action == "refuse" else ""
            if action in ("accept", "refuse"):
                row.decided_by_id, row.decided_at = actor.user_id, clock.now()
            if action == "revise":
                _revise(row, said)
            row.save()
            _tell(row, action, actor)
    return row


def _revise(row: Submission, said: Said | None) -> None:
    if said is None:
        raise RuleViolated(_("Write what you see."))
    _check(row.recommendation, said)
    for name, value in vars(said).items():
        setattr(row, name, value)
    row.written_at = clock.now()
    row.decided_by_id = row.decided_at = None


def _locked(submission: Submission) -> Submission:
    rows = Submission.objects.select_for_update(of=("self",))
    return rows.select_related("institution", "recommendation__document").get(pk=submission.pk)


def _tell(row: Submission, action: str, actor: Acting) -> None:
    if action == "revise":
        _tell_coordinators(row, actor)
    if action in ("accept", "refuse"):
        notify(
            f"submission.{row.state}",
            people_with(AUTHORS, institution_ids=[row.institution_id]),
            params=item_params(row.recommendation),
            url_name="followup:submission",
            url_args=[row.pk],
            but_not=actor.user_id,
        )


def _tell_coordinators(row: Submission, actor: Acting) -> None:
    notify(
        "submission.submitted",
        people_with([Role.COORDINATOR]),
        params=item_params(row.recommendation, row.institution),
        url_name="followup:submission",
        url_args=[row.pk],
        but_not=actor.user_id,
    )


@dataclass(frozen=True)
class Assessed:
    """A grade as a UN body gave it."""

    grade: str
    symbol: str
    assessed_on: date
    limb: str = ""
    reasons: str = ""
    language: str = "en"


def record_grade(*, recommendation: Recommendation, assessed: Assessed, by: Reader) -> Grade:
    """Record the grade that a UN body gave to the State's follow-up.

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: no grade of the body's scale, a day to come, or recorded already.
    """
    actor = acting(by, may_moderate(by))
    names = grade_names(recommendation.document.body.code, assessed.assessed_on)
    if not assessed.grade or not assessed.symbol.strip():
        raise RuleViolated(_("Give the grade and the symbol of the document that gives it."))
    if names and assessed.grade not in names:
        raise RuleViolated(_("“%(grade)s” is no grade of this body.") % {"grade": assessed.grade})
    if assessed.assessed_on > timezone.localdate(clock.now()):
        raise RuleViolated(_("The assessment cannot be dated in the future."))
    with audit.change("grade.recorded", by=actor, item_id=recommendation.pk, state="recorded") as event:
        same = Grade.objects.filter(
            recommendation=recommendation, limb=assessed.limb, symbol=assessed.symbol, taken_back_at=None
        )
        if same.exists():
            raise RuleViolated(_("A grade of this document is recorded already."))
        row = Grade.objects.create(
            recommendation=recommendation,
            recorded_by_id=actor.user_id,
            recorded_at=clock.now(),
            **vars(assessed),
        )
        event.subject, event.after = row, {"grade": row.grade, "symbol": row.symbol}
    return row


def take_grade_back(*, grade: Grade, reason: str, by: Reader) -> Grade:
    """Take back a grade that was recorded by mistake; it stays in the history.

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: no reason, or taken back already.
    """
    actor = acting(by, may_moderate(by))
    if not reason.strip():
        raise RuleViolated(_("Give the reason."))
    with transaction.atomic():
        row = Grade.objects.select_for_update().get(pk=grade.pk)
        if row.taken_back_at is not None:
            raise RuleViolated(_("This is not possible in the present state."))
        with audit.change(
            "grade.taken_back",
            by=actor,
            subject=row,
            item_id=row.recommendation_id,
            state="taken_back",
            reason=reason.strip(),
        ) as event:
            event.after = {"grade": row.grade, "symbol": row.symbol}
            row.taken_back_by_id, row.taken_back_at = actor.user_id, clock.now()
            row.save(update_fields=["taken_back_by", "taken_back_at"])
    return row


@dataclass(frozen=True)
class Asked:
    """A question of parliament, and its answer where it has one."""

    number: str
    asked_on: date
    deputy: str
    group: str
    text: str
    language: str
    answer: str = ""
    answered_on: date | None = None


def save_question(
    *, asked: Asked, items: Sequence[Recommendation], by: Reader, question: ParliamentQuestion | None = None
) -> ParliamentQuestion:
    """Record a question of parliament with the recommendations that it is about, or correct one.

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: it is about no recommendation, an answer lacks its date or comes before the question, or
            the number is recorded already.
    """
    actor = acting(by, may_moderate(by))
    _check_question(asked, items, question)
    code = "question.changed" if question else "question.recorded"
    with transaction.atomic(), audit.change(code, by=actor, state="recorded") as event:
        row = question or ParliamentQuestion(recorded_by_id=actor.user_id, recorded_at=clock.now())
        if question:
            row = ParliamentQuestion.objects.select_for_update().get(pk=question.pk)
            row.version += 1
        for name, value in vars(asked).items():
            setattr(row, name, value)
        row.save()
        ParliamentQuestionItem.objects.filter(question=row).exclude(recommendation__in=items).delete()
        for item in items:
            ParliamentQuestionItem.objects.get_or_create(question=row, recommendation=item)
        event.subject, event.after = row, {"number": row.number}
        if len(items) == 1:
            event.item_id = items[0].pk
    return row


def _check_question(
    asked: Asked, items: Sequence[Recommendation], question: ParliamentQuestion | None
) -> None:
    if not items:
        raise RuleViolated(_("Name at least one recommendation that the question is about."))
    if bool(asked.answer) != bool(asked.answered_on):
        raise RuleViolated(_("An answer has a text and a date."))
    if asked.answered_on and asked.answered_on < asked.asked_on:
        raise RuleViolated(_("An answer does not come before its question."))
    same = ParliamentQuestion.objects.filter(number=asked.number, asked_on=asked.asked_on)
    if (same.exclude(pk=question.pk) if question else same).exists():
        raise RuleViolated(_("This question is recorded already."))
