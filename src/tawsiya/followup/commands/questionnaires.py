"""Prepare, send, close and discard questionnaires."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.queries import assignable_institutions
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.followup.choices import QuestionKind, QuestionnaireKind, QuestionnaireState
from tawsiya.followup.commands.announce_requests import tell_institution_of
from tawsiya.followup.models import Question, Questionnaire, Reply
from tawsiya.followup.pace import Pace
from tawsiya.followup.permissions_of_requests import may_act_on_questionnaire, may_ask
from tawsiya.followup.queries_of_requests import OWED, items_of_review, questions_put_to, today
from tawsiya.followup.questions import read_questions
from tawsiya.followup.workflow import QUESTIONNAIRE, find
from tawsiya.mechanisms.models import Review
from tawsiya.recommendations.models import Access, Recommendation

MOST_QUESTIONS = 1000


@dataclass(frozen=True)
class QuestionnaireFacts:
    """What a coordinator says of a questionnaire. `pace`: in days, see `followup.pace`."""

    kind: QuestionnaireKind
    title: str
    language: str
    deadline: date
    pace: Pace
    introduction: str = ""
    review: Review | None = None


@dataclass(frozen=True)
class QuestionFacts:
    """A question as written. `only_for`: ids of institutions, empty for all."""

    text: str
    number: str = ""
    kind: QuestionKind = QuestionKind.TEXT
    options: Sequence[str] = ()
    only_for: Sequence[int] = ()
    recommendation: Recommendation | None = field(default=None)
    measure_key: UUID | None = None


def prepare_questionnaire(
    *, facts: QuestionnaireFacts, institutions: Sequence[Institution], by: Reader
) -> Questionnaire:
    """Begin a questionnaire; one on the items of a review has its questions at once.

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: a questionnaire on items without a review, or an institution that cannot be asked.
    """
    actor = acting(by, may_ask(by))
    _check(facts, institutions)
    with audit.change("questionnaire.prepared", by=actor, state=QuestionnaireState.DRAFT) as event:
        questionnaire = Questionnaire(created_by_id=actor.user_id, created_at=clock.now())
        _write(questionnaire, facts)
        _write_replies(questionnaire, institutions)
        if facts.kind == QuestionnaireKind.REVIEW:
            _ask_about_items(questionnaire)
        event.subject = questionnaire
        event.after = {"title": facts.title, "deadline": facts.deadline.isoformat()}
    return questionnaire


def change_questionnaire(
    *,
    questionnaire: Questionnaire,
    facts: QuestionnaireFacts,
    institutions: Sequence[Institution],
    by: Reader,
) -> Questionnaire:
    """Change a questionnaire in preparation. The questions on the items of a review are asked anew.

    Raises:
        PermissionRefused: not a coordinator's, or sent already.
        RuleViolated: as `prepare_questionnaire`.
    """
    with transaction.atomic():
        questionnaire, actor = open_questionnaire(questionnaire.pk, "edit", by)
        _check(facts, institutions)
        with event_on("questionnaire.changed", questionnaire, actor) as event:
            _write(questionnaire, facts)
            _write_replies(questionnaire, institutions)
            if facts.kind == QuestionnaireKind.REVIEW:
                _ask_about_items(questionnaire)
            event.after = {"title": facts.title, "deadline": facts.deadline.isoformat()}
    return questionnaire


def set_questions(*, questionnaire: Questionnaire, questions: Sequence[QuestionFacts], by: Reader) -> None:
    """Give a questionnaire in preparation its questions, in their order, in place of those it had.

    Raises:
        PermissionRefused: not a coordinator's, or sent already.
        RuleViolated: a question without words, a choice without options, or too many of them.
    """
    with transaction.atomic():
        questionnaire, actor = open_questionnaire(questionnaire.pk, "edit", by)
        for number, question in enumerate(questions, 1):
            _check_question(question, question.number or str(number))
        if len(questions) > MOST_QUESTIONS:
            raise too_many()
        with event_on("questionnaire.questions", questionnaire, actor) as event:
            Question.objects.filter(questionnaire=questionnaire).delete()
            add_questions(questionnaire, questions)
            event.after = {"count": len(questions), "title": questionnaire.title}


def paste_questions(*, questionnaire: Questionnaire, pasted: str, by: Reader) -> int:
    """Add the questions of a pasted text (`questions.read_questions`) after those there are; return how many.

    Raises:
        PermissionRefused: not a coordinator's, or sent already.
        RuleViolated: no question was found in it.
    """
    with transaction.atomic():
        questionnaire, actor = open_questionnaire(questionnaire.pk, "edit", by)
        found = read_questions(pasted)
        if not found:
            raise RuleViolated(_("No question was found in the text."))
        if len(found) + questionnaire.questions.count() > MOST_QUESTIONS:
            raise too_many()
        with event_on("questionnaire.questions", questionnaire, actor) as event:
            add_questions(
                questionnaire, [QuestionFacts(text=asked.text, number=asked.number) for asked in found]
            )
            event.after = {"count": questionnaire.questions.count(), "title": questionnaire.title}
    return len(found)


@dataclass(frozen=True)
class Taken:
    """Where questions come from: the file, how many it holds, how many of those taken were edited."""

    file_name: str
    read: int
    edited: int


def take_questions(
    *, questionnaire: Questionnaire, questions: Sequence[QuestionFacts], source: Taken, seen: int, by: Reader
) -> int:
    """Add the questions that a person chose in the preview of a file, after those there are; return how many.

    Args:
        seen: how many questions there were when the preview was shown.

    Raises:
        PermissionRefused: not a coordinator's, or sent already.
        RuleViolated: none was chosen, one has no words, or there would be too many.
        StaleData: the questions changed since the preview; a second click takes nothing twice.
    """
    with transaction.atomic():
        questionnaire, actor = open_questionnaire(questionnaire.pk, "edit", by)
        if not questions:
            raise RuleViolated(_("Choose at least one question."))
        if not all(question.text.strip() for question in questions):
            raise RuleViolated(_("A question needs its words; leave it out, or write them."))
        there = questionnaire.questions.count()
        if there != seen:
            raise StaleData(_("The questions of this questionnaire changed since the preview; look again."))
        if len(questions) + there > MOST_QUESTIONS:
            raise too_many()
        with event_on("questionnaire.questions_taken", questionnaire, actor) as event:
            add_questions(questionnaire, questions)
            event.after = {
                "title": questionnaire.title,
                "file": source.file_name,
                "count": len(questions),
                "edited": source.edited,
                "left_out": source.read - len(questions),
            }
    return len(questions)


def act_on_questionnaire(*, questionnaire: Questionnaire, action: str, by: Reader) -> Questionnaire:
    """Send, close or discard a questionnaire, and tell the institutions.

    Raises:
        PermissionRefused: not a coordinator's, or not possible in its state.
        RuleViolated: it is sent without questions, without institutions, to one without a question, or with
            a deadline that is not ahead.
    """
    with transaction.atomic():
        questionnaire, actor = open_questionnaire(questionnaire.pk, action, by)
        transition = find(QUESTIONNAIRE, questionnaire.state, action)
        if transition is None:  # the permission has refused before
            raise LookupError(action)
        replies = list(questionnaire.replies.select_related("institution", "questionnaire"))
        if action == "send":
            _check_ready(questionnaire, replies)
        with event_on(f"questionnaire.{transition.target}", questionnaire, actor) as event:
            questionnaire.state = event.state = transition.target
            if action == "send":
                questionnaire.sent_by_id, questionnaire.sent_at = actor.user_id, clock.now()
            elif action == "close":
                questionnaire.closed_by_id, questionnaire.closed_at = actor.user_id, clock.now()
            questionnaire.save()
            event.after = {"title": questionnaire.title, "count": len(replies)}
        told = [reply for reply in replies if action == "send" or reply.state in OWED]
        if action in ("send", "close"):
            for reply in told:
                _tell(f"questionnaire.{transition.target}", reply, actor)
    return questionnaire


def _tell(code: str, reply: Reply, actor: Acting) -> None:
    roles = (Role.FOCAL_POINT, Role.VALIDATOR)
    key = f"{code}:{reply.questionnaire_id}:{reply.pk}"
    tell_institution_of(code, reply, roles, but_not=actor.user_id, key=key)


def open_questionnaire(pk: int, action: str, by: Reader) -> tuple[Questionnaire, Acting]:
    """Lock the row and decide; inside a transaction. Raises PermissionRefused."""
    locked = Questionnaire.objects.select_for_update(of=("self",)).get(pk=pk)
    return locked, acting(by, may_act_on_questionnaire(by, locked, action))


def event_on(code: str, questionnaire: Questionnaire, actor: Acting):  # type: ignore[no-untyped-def]  # as change
    """Open the act on a questionnaire; as `audit.change`."""
    return audit.change(code, by=actor, subject=questionnaire, state=questionnaire.state)


def too_many() -> RuleViolated:
    """Return the refusal of more questions than one questionnaire has."""
    return RuleViolated(_("A questionnaire has %(most)s questions at most.") % {"most": MOST_QUESTIONS})


def _check(facts: QuestionnaireFacts, institutions: Sequence[Institution]) -> None:
    if not facts.title.strip():
        raise RuleViolated(_("Give the questionnaire a title."))
    if facts.kind == QuestionnaireKind.REVIEW and facts.review is None:
        raise RuleViolated(_("Choose the review whose items are asked about."))
    check_pace(facts.pace)
    possible = set(assignable_institutions().values_list("pk", flat=True))
    for institution in institutions:
        if institution.pk not in possible:
            raise RuleViolated(
                _("%(institution)s cannot be sent a questionnaire.") % {"institution": institution}
            )


def check_pace(pace: Pace) -> None:
    """Check that a reminder climbs in order. Raises RuleViolated where the head would come first."""
    if pace.head_after < pace.validator_after:
        raise RuleViolated(_("The head of the institution is told after its validator, not before."))


def _check_question(question: QuestionFacts, name: str) -> None:
    if not question.text.strip() and question.recommendation is None:
        raise RuleViolated(_("Question %(number)s has no words.") % {"number": name})
    if question.kind == QuestionKind.CHOICE and len(set(question.options)) < 2:
        raise RuleViolated(_("Question %(number)s needs two options to choose from.") % {"number": name})


def _check_ready(questionnaire: Questionnaire, replies: Sequence[Reply]) -> None:
    if not replies:
        raise RuleViolated(_("Choose at least one institution."))
    if not questionnaire.questions.exists():
        raise RuleViolated(_("Write at least one question."))
    if questionnaire.deadline <= today():
        raise RuleViolated(_("The deadline must be ahead."))
    for reply in replies:
        if not questions_put_to(reply).exists():
            raise RuleViolated(
                _("No question is put to %(institution)s.") % {"institution": reply.institution}
            )


def _write(questionnaire: Questionnaire, facts: QuestionnaireFacts) -> None:
    questionnaire.kind, questionnaire.title = facts.kind, facts.title.strip()
    questionnaire.introduction, questionnaire.language = facts.introduction.strip(), facts.language
    questionnaire.review, questionnaire.deadline = facts.review, facts.deadline
    questionnaire.remind_before = sorted(set(facts.pace.before), reverse=True)
    questionnaire.remind_every = facts.pace.every
    questionnaire.validator_after = facts.pace.validator_after
    questionnaire.head_after = facts.pace.head_after
    questionnaire.save()


def _write_replies(questionnaire: Questionnaire, institutions: Sequence[Institution]) -> None:
    now, wanted = clock.now(), {institution.pk for institution in institutions}
    Reply.objects.filter(questionnaire=questionnaire).exclude(institution_id__in=wanted).delete()
    kept = set(questionnaire.replies.values_list("institution_id", flat=True))
    questionnaire.replies.update(deadline=questionnaire.deadline)
    for pk in sorted(wanted - kept):
        Reply.objects.create(
            questionnaire=questionnaire,
            institution_id=pk,
            deadline=questionnaire.deadline,
            created_at=now,
            changed_at=now,
        )
    # A question put to nobody any more is put to all again; one on a measure is its lead's alone, and goes.
    for question in Question.objects.filter(questionnaire=questionnaire).exclude(only_for=[]):
        left = [pk for pk in question.only_for if pk in wanted]
        if question.measure_key and not left:
            question.delete()
        elif left != question.only_for:
            question.only_for = left
            question.save()


def _ask_about_items(questionnaire: Questionnaire) -> None:
    """Ask each institution about the items of the review on which it leads or supports."""
    if questionnaire.review_id is None:
        return
    asked = set(questionnaire.replies.values_list("institution_id", flat=True))
    items = list(items_of_review(questionnaire.review_id))
    involved: dict[int, set[int]] = {}
    access = Access.objects.filter(institution_id__in=asked)
    # A paragraph's parts are often given apart: whoever has one is asked about the paragraph.
    for item, parent, institution in access.values_list(
        "recommendation_id", "recommendation__parent_id", "institution_id"
    ):
        involved.setdefault(parent or item, set()).add(institution)
    Question.objects.filter(questionnaire=questionnaire).delete()
    add_questions(
        questionnaire,
        [
            QuestionFacts(text="", number=item.label, recommendation=item, only_for=sorted(involved[item.pk]))
            for item in items
            if item.pk in involved
        ],
    )


def add_questions(questionnaire: Questionnaire, questions: Sequence[QuestionFacts]) -> None:
    """Write questions after those there are; inside an act."""
    last = questionnaire.questions.aggregate(last=Max("order"))["last"] or 0
    for order, question in enumerate(questions, last + 1):
        choice = question.kind == QuestionKind.CHOICE
        Question.objects.create(
            questionnaire=questionnaire,
            order=order,
            number=question.number.strip(),
            text=question.text.strip(),
            kind=question.kind,
            options=list(dict.fromkeys(question.options)) if choice else [],
            recommendation=question.recommendation,
            measure_key=question.measure_key,
            only_for=sorted(set(question.only_for)),
        )
