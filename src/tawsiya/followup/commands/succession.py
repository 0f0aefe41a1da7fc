"""Follow-up's part when an institution is replaced: what is open goes over to the successor, with a trace."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts import succession
from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.accounts.succession import Handed, Section
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.labels import text_of
from tawsiya.followup.choices import OPEN, AssignmentState, ContributionState, QuestionnaireState
from tawsiya.followup.commands.announce_requests import tell_institution_of
from tawsiya.followup.models import Assignment, Contribution, Question, Reply
from tawsiya.recommendations.models import Access

GOES_OVER = _("Goes over to the successor")
ENDS = _("Ends: the successor has a part in it already")
STAYS = _("Keeps its name: the successor has one of its own")
INSIDE_NOTE = _("Texts that the institution is still writing go over too; only it sees them.")


def _assignments(institution: Institution) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(institution=institution, state__in=OPEN)
    return rows.select_related("institution", "recommendation__document").order_by("pk")


def _replies(institution: Institution) -> QuerySet[Reply]:
    open_ones = Q(questionnaire__state__in=[QuestionnaireState.DRAFT, QuestionnaireState.SENT])
    rows = Reply.objects.filter(open_ones, institution=institution).exclude(state=ContributionState.VALIDATED)
    return rows.select_related("institution", "questionnaire").order_by("pk")


def _contributions(institution: Institution) -> QuerySet[Contribution]:
    """Return the texts under way; those on which the successor has one under way keep their name."""
    under_way = ~Q(state=ContributionState.VALIDATED)
    rows = Contribution.objects.filter(under_way, institution=institution)
    return rows.select_related("institution", "recommendation__document").order_by("pk")


def _items_of(successor: Institution) -> set[int]:
    rows = Assignment.objects.filter(institution=successor, state__in=OPEN)
    return set(rows.values_list("recommendation_id", flat=True))


def _asked(successor: Institution) -> set[int]:
    return set(Reply.objects.filter(institution=successor).values_list("questionnaire_id", flat=True))


def preview(institution: Institution, successor: Institution) -> Sequence[Section]:
    """Return what would be handed over; what is written inside is neither named nor counted."""
    items, asked = _items_of(successor), _asked(successor)
    assignments = [
        Handed(
            f"{row.recommendation.document.symbol} § {row.recommendation.label}",
            ENDS if row.recommendation_id in items else GOES_OVER,
            reverse("followup:item", args=[row.recommendation_id]),
        )
        for row in _assignments(institution)
    ]
    replies = [
        Handed(row.questionnaire.title, STAYS if row.questionnaire_id in asked else GOES_OVER)
        for row in _replies(institution)
        if row.questionnaire.state != QuestionnaireState.DRAFT
    ]
    return [
        Section(_("Assignments"), assignments),
        Section(_("Questionnaires"), replies, INSIDE_NOTE),
    ]


def carry_out(institution: Institution, successor: Institution, actor: Any) -> dict[str, int]:
    """Hand over assignments, texts under way and questionnaires; return how many of each went over."""
    return {
        "assignments": _hand_assignments(institution, successor, actor),
        "contributions": _hand_contributions(institution, successor, actor),
        "replies": _hand_replies(institution, successor, actor),
    }


def _hand_assignments(institution: Institution, successor: Institution, actor: Any) -> int:
    items, done = _items_of(successor), 0
    names = {"institution": successor.names, "from": institution.names}
    for row in _assignments(institution).select_for_update(of=("self",)):
        ends = row.recommendation_id in items
        with audit.change(
            "assignment.handed_over",
            by=actor,
            subject=row,
            item_id=row.recommendation_id,
            institution_id=successor.pk,
            state=AssignmentState.ENDED if ends else row.state,
        ) as event:
            event.after = dict(names)
            Access.objects.filter(recommendation=row.recommendation, institution=institution).delete()
            if ends:
                row.state, row.ended_at, row.ended_by_id = AssignmentState.ENDED, clock.now(), actor.user_id
                row.reason = row.reason or text_of(successor.names)
            else:
                row.institution, row.passed_from = successor, None
                Access.objects.update_or_create(
                    recommendation=row.recommendation,
                    institution=successor,
                    defaults={"level": row.level},
                )
            row.save()
        done += 1
    return done


def _hand_contributions(institution: Institution, successor: Institution, actor: Any) -> int:
    own = _contributions(successor).values_list("recommendation_id", flat=True)
    taken, done = set(own), 0
    for row in _contributions(institution).select_for_update(of=("self",)):
        if row.recommendation_id in taken:
            continue
        with audit.change(
            "contribution.handed_over",
            by=actor,
            subject=row,
            item_id=row.recommendation_id,
            institution_id=successor.pk,
            state=row.state,
        ) as event:
            event.after = {"institution": successor.names, "from": institution.names}
            row.institution = successor
            row.save()
        done += 1
    return done


def _hand_replies(institution: Institution, successor: Institution, actor: Any) -> int:
    asked, done = _asked(successor), 0
    for row in _replies(institution).select_for_update(of=("self",)):
        if row.questionnaire_id in asked:
            continue
        with audit.change(
            "reply.handed_over", by=actor, subject=row, institution_id=successor.pk, state=row.state
        ) as event:
            event.after = {"institution": successor.names, "title": row.questionnaire.title}
            row.institution = successor
            row.save()
            theirs = Question.objects.filter(
                questionnaire=row.questionnaire, only_for__contains=[institution.pk]
            )
            for question in theirs:
                left = {pk for pk in question.only_for if pk != institution.pk}
                question.only_for = sorted(left | {successor.pk})
                question.save()
        if row.questionnaire.state == QuestionnaireState.SENT:
            roles = (Role.FOCAL_POINT, Role.VALIDATOR)
            tell_institution_of("reply.handed_over", row, roles, but_not=actor.user_id)
        done += 1
    return done


PART = succession.Part(preview=preview, carry_out=carry_out)
