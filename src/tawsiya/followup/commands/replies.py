"""Answer a questionnaire, and take the answers from author to validator to delegation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.choices import Role
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.followup.choices import ContributionState, QuestionKind
from tawsiya.followup.commands.announce_requests import tell_coordinators_of, tell_institution_of
from tawsiya.followup.measures_asked import answered_by_reports
from tawsiya.followup.models import Answer, Question, Reply, ReplyAuthor
from tawsiya.followup.permissions_of_requests import may_act_on_reply
from tawsiya.followup.queries_of_requests import questions_put_to
from tawsiya.followup.workflow import REPLY, find

# Who is told when a reply arrives in a state.
TOLD: dict[str, tuple[Role, ...]] = {
    ContributionState.WITH_VALIDATOR: (Role.VALIDATOR,),
    ContributionState.RETURNED_BY_VALIDATOR: (Role.FOCAL_POINT,),
    ContributionState.RETURNED_BY_DELEGATION: (Role.FOCAL_POINT, Role.VALIDATOR),
    ContributionState.VALIDATED: (Role.FOCAL_POINT, Role.VALIDATOR),
}


@dataclass(frozen=True)
class Given:
    """What was answered to a question: one of text (or the option chosen), figure or day, and a note."""

    text: str = ""
    figure: Decimal | None = None
    day: date | None = None
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return not self.text.strip() and self.figure is None and self.day is None and not self.note.strip()


def save_answers(*, reply: Reply, given: Mapping[int, Given], seen_version: int, by: Reader) -> Reply:
    """Write answers into a reply, by question; a question that is not named keeps its answer.

    Raises:
        PermissionRefused: not this reader's, or not in a state that can be edited.
        StaleData: somebody saved since `seen_version`; nothing is overwritten.
        RuleViolated: a question that is not put to the institution, or an answer of another kind.
    """
    with transaction.atomic():
        reply, actor = _open(reply, "edit", by)
        if reply.version != seen_version:
            raise StaleData(_("Somebody else saved these answers meanwhile; compare before you save."))
        questions = {question.pk: question for question in questions_put_to(reply)}
        if set(given) - set(questions):
            raise RuleViolated(_("This question is not put to your institution."))
        for pk, answer in given.items():
            _check_answer(questions[pk], answer)
        changed = _changed(reply, given)
        if not changed:
            return reply
        with _event("reply.edited", reply, reply.state, actor) as event:
            for pk, answer in changed.items():
                _write(reply, pk, answer)
            reply.version += 1
            reply.changed_at = clock.now()
            reply.save()
            for user_id in {actor.user_id, actor.on_behalf_of_id or actor.user_id}:
                ReplyAuthor.objects.get_or_create(reply=reply, user_id=user_id)
            event.after = _names(reply) | {"questions": [str(questions[pk]) for pk in changed]}
    return reply


def act_on_reply(
    *, reply: Reply, action: str, by: Reader, reason: str = "", seen_version: int | None = None
) -> Reply:
    """Submit, approve, return, validate or send back a reply, as `followup.workflow` allows.

    Args:
        seen_version: the version the person decides on; not checked where omitted.

    Raises:
        PermissionRefused: not this reader's to decide, an author's own, or not possible in its state.
        RuleViolated: a question is not answered yet, or the reason is missing.
        StaleData: the reply changed since `seen_version`.
    """
    with transaction.atomic():
        reply, actor = _open(reply, action, by)
        if seen_version is not None and reply.version != seen_version:
            raise StaleData(_("These answers changed meanwhile; read them again before you decide."))
        transition = find(REPLY, reply.state, action)
        if transition is None:  # the permission has refused before
            raise LookupError(action)
        reason = reason.strip()
        if transition.needs_reason and not reason:
            raise RuleViolated(_("Give the reason."))
        if action == "submit":
            _check_complete(reply)
        if action == "approve":
            _check_reports_approved(reply)
        with _event(f"reply.{transition.target}", reply, transition.target, actor) as event:
            event.reason = reason
            event.after = _names(reply)
            reply.state = transition.target
            reply.return_reason = reason if transition.needs_reason else ""
            if transition.target == ContributionState.WITH_DELEGATION:
                reply.sent_at = clock.now()
            reply.version += 1
            reply.changed_at = clock.now()
            reply.save()
        code = f"reply.{transition.target}"
        if transition.target == ContributionState.WITH_DELEGATION:
            tell_coordinators_of(code, reply, but_not=actor.user_id)
        else:
            tell_institution_of(code, reply, TOLD[transition.target], but_not=actor.user_id)
    return reply


def _open(reply: Reply, action: str, by: Reader) -> tuple[Reply, Acting]:
    """Lock the row and decide; inside a transaction."""
    locked = (
        Reply.objects.select_for_update(of=("self",))
        .select_related("institution", "questionnaire")
        .get(pk=reply.pk)
    )
    authors = frozenset(ReplyAuthor.objects.filter(reply=locked).values_list("user_id", flat=True))
    return locked, acting(by, may_act_on_reply(by, locked, action, authors))


def _event(code: str, reply: Reply, state: str, actor: Acting):  # type: ignore[no-untyped-def]  # as change
    return audit.change(code, by=actor, subject=reply, institution_id=reply.institution_id, state=state)


def _names(reply: Reply) -> dict[str, object]:
    return {"institution": reply.institution.names, "title": reply.questionnaire.title}


def _check_answer(question: Question, answer: Given) -> None:
    wanted = {
        QuestionKind.FIGURE: not answer.text and answer.day is None,
        QuestionKind.DATE: not answer.text and answer.figure is None,
        QuestionKind.CHOICE: answer.figure is None
        and answer.day is None
        and answer.text in ("", *question.options),
        QuestionKind.TEXT: answer.figure is None and answer.day is None,
    }
    if not wanted[QuestionKind(question.kind)]:
        raise RuleViolated(_("The answer to question %(number)s is of another kind.") % {"number": question})


def _changed(reply: Reply, given: Mapping[int, Given]) -> dict[int, Given]:
    before = {
        row.question_id: Given(row.text, row.figure, row.day, row.note)
        for row in Answer.objects.filter(reply=reply)
    }
    return {pk: answer for pk, answer in given.items() if answer != before.get(pk, Given())}


def _write(reply: Reply, question_id: int, answer: Given) -> None:
    if answer.is_empty:
        Answer.objects.filter(reply=reply, question_id=question_id).delete()
        return
    Answer.objects.update_or_create(
        reply=reply,
        question_id=question_id,
        defaults={
            "text": answer.text.strip(),
            "figure": answer.figure,
            "day": answer.day,
            "note": answer.note.strip(),
        },
    )


def _check_complete(reply: Reply) -> None:
    """Every question has its answer; where there is none to give, the note says why."""
    answered = set(Answer.objects.filter(reply=reply).values_list("question_id", flat=True))
    answered |= answered_by_reports([reply]).get(reply.pk, frozenset())
    open_ones = [str(question) for question in questions_put_to(reply) if question.pk not in answered]
    if open_ones:
        raise RuleViolated(
            _("Not answered yet: %(numbers)s. Where there is nothing to say, say so in the note.")
            % {"numbers": ", ".join(open_ones)}
        )


def _check_reports_approved(reply: Reply) -> None:
    """The reports that answer for themselves are approved first: the delegation reads no other."""
    written = set(Answer.objects.filter(reply=reply).values_list("question_id", flat=True))
    reported = answered_by_reports([reply]).get(reply.pk, frozenset()) - written
    waiting = reported - answered_by_reports([reply], approved=True).get(reply.pk, frozenset())
    if waiting:
        numbers = [str(question) for question in questions_put_to(reply) if question.pk in waiting]
        raise RuleViolated(
            _("Approve the reports on these measures first: %(numbers)s.") % {"numbers": ", ".join(numbers)}
        )
