"""What a person leaves behind: what is owed, what was said and to whom, with what evidence.

Written for the successor in the same institutions: everything passes through two filters, what the reader
may see and what a focal point of those institutions may see, so that the file can be handed on as it is.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Deputy, Institution, Membership, User
from tawsiya.accounts.queries import memberships_for, memberships_on, people_for, reach
from tawsiya.accounts.reader import Grant, Reader
from tawsiya.accounts.roles import INSTITUTION_ROLES
from tawsiya.audit.models import Event
from tawsiya.audit.queries import with_people
from tawsiya.audit.visibility import visible_to
from tawsiya.core import clock
from tawsiya.followup.choices import OPEN, AssignmentState, ContributionState, QuestionnaireState
from tawsiya.followup.models import (
    Assignment,
    Contribution,
    ContributionAuthor,
    Evidence,
    Reference,
    Reply,
)
from tawsiya.followup.queries import assignments_for, contributions_for, evidence_for, references_for
from tawsiya.followup.queries_of_requests import replies_for
from tawsiya.followup.reported import reported
from tawsiya.followup.visibility import (
    assignments_visible_to,
    contributions_visible_to,
    evidence_visible_to,
    references_visible_to,
)
from tawsiya.reports.handover_given import Figure, Talk, figures_of, talks_of

# How many of the latest exchanges are told; the history of each recommendation holds them all.
EXCHANGES = 60
SUBJECTS = ("followup.assignment", "followup.contribution")
UNFINISHED = (
    ContributionState.DRAFT,
    ContributionState.WITH_VALIDATOR,
    ContributionState.RETURNED_BY_VALIDATOR,
    ContributionState.RETURNED_BY_DELEGATION,
)


@dataclass(frozen=True)
class Said:
    """A contribution that the person wrote or wrote in, with the evidence that the successor may open."""

    row: Contribution
    files: tuple[Evidence, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class Handover:
    """What the page and the file tell.

    institutions: where the person holds or held a role of an institution, as far as the reader sees.
    to_answer, to_write: open assignments without an answer, and accepted ones without any contribution.
    replies: questionnaires that the institution has not answered yet.
    unfinished: contributions that wait for the institution, whoever began them.
    waiting: contributions of the institution that wait for the delegation.
    said: what the person wrote, the latest first.
    talks: conversations on what is still assigned, and whether each waits for an answer.
    figures: what the person gave in figures.
    exchanges: what passed between the institution, its validator and the delegation on all this.
    colleagues: who else holds a role in these institutions today.
    deputies: who replaces the person, or is replaced by the person.
    """

    person: User
    institutions: tuple[Institution, ...]
    to_answer: tuple[Assignment, ...]
    to_write: tuple[Assignment, ...]
    replies: tuple[Reply, ...]
    unfinished: tuple[Contribution, ...]
    waiting: tuple[Contribution, ...]
    said: tuple[Said, ...]
    talks: tuple[Talk, ...]
    figures: tuple[Figure, ...]
    exchanges: tuple[Event, ...]
    colleagues: tuple[Membership, ...]
    deputies: tuple[Deputy, ...]

    @property
    def owed(self) -> int:
        """How many things wait for the successor."""
        return len(self.to_answer) + len(self.to_write) + len(self.replies) + len(self.unfinished)


def successor_in(institution_ids: Iterable[int]) -> Reader:
    """Return the reader that a new focal point of some institutions will be."""
    covers = reach(institution_ids)
    return Reader(
        user_id=None,
        name="",
        language="en",
        grants=tuple(Grant(Role.FOCAL_POINT, pk, covered) for pk, covered in sorted(covers.items())),
    )


def handover_of(reader: Reader, person: User) -> Handover:
    """Return what a person leaves, as far as both the reader and the successor may see it."""
    held = memberships_for(reader).filter(user=person, role__in=INSTITUTION_ROLES)
    institutions = Institution.objects.filter(pk__in=held.order_by().values("institution_id")).order_by("key")
    successor = successor_in(row.pk for row in institutions)
    own = successor.own_institutions
    assignments = (
        assignments_for(reader)
        .filter(assignments_visible_to(successor), institution_id__in=own, state__in=OPEN)
        .filter(recommendation__withdrawn_at=None)
    )
    contributions = contributions_for(reader).filter(
        contributions_visible_to(successor), institution_id__in=own
    )
    unwritten = ~reported(contributions_visible_to(reader))
    authored = ContributionAuthor.objects.filter(user=person).values("contribution_id")
    rows = _with_items(contributions.filter(pk__in=authored)).order_by("-changed_at", "-pk")
    said = _with_evidence(reader, successor, rows)
    return Handover(
        person=person,
        institutions=tuple(institutions),
        to_answer=tuple(_due(assignments.filter(state=AssignmentState.PROPOSED))),
        to_write=tuple(_due(assignments.filter(unwritten, state=AssignmentState.ACCEPTED))),
        replies=tuple(_owed_replies(reader, own)),
        unfinished=tuple(
            _with_items(contributions.filter(state__in=UNFINISHED)).order_by("changed_at", "pk")
        ),
        waiting=tuple(
            _with_items(contributions.filter(state=ContributionState.WITH_DELEGATION)).order_by("changed_at")
        ),
        said=said,
        talks=talks_of(reader, successor),
        figures=figures_of(reader, successor, person, (one.row for one in said)),
        exchanges=tuple(_exchanges(reader, successor, person, authored)[:EXCHANGES]),
        colleagues=tuple(_colleagues(reader, person, own)),
        deputies=tuple(_deputies(reader, person)),
    )


def _owed_replies(reader: Reader, own: Iterable[int]) -> QuerySet[Any, Any]:
    """Return the replies of some institutions that have not arrived, as far as the reader may know."""
    rows: QuerySet[Any, Any] = replies_for(reader)
    sent = rows.filter(institution_id__in=list(own), questionnaire__state=QuestionnaireState.SENT)
    return sent.filter(arrived_at=None).order_by("deadline", "pk")


def _with_items(rows: QuerySet[Contribution]) -> QuerySet[Contribution]:
    return rows.select_related("institution", "recommendation__document").prefetch_related(
        "recommendation__texts"
    )


def _due(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return rows.order_by("deadline", "pk").prefetch_related("recommendation__texts")


def _with_evidence(reader: Reader, successor: Reader, rows: QuerySet[Contribution]) -> tuple[Said, ...]:
    files: dict[int, list[Evidence]] = defaultdict(list)
    references: dict[int, list[Reference]] = defaultdict(list)
    ids = rows.order_by().values("pk")
    for file in evidence_for(reader).filter(evidence_visible_to(successor), contribution__in=ids):
        files[file.contribution_id].append(file)
    for cited in references_for(reader).filter(references_visible_to(successor), contribution__in=ids):
        references[cited.contribution_id].append(cited)
    return tuple(Said(row, tuple(files[row.pk]), tuple(references[row.pk])) for row in rows)


def _exchanges(
    reader: Reader, successor: Reader, person: User, authored: QuerySet[ContributionAuthor, Any]
) -> QuerySet[Event]:
    """Return the person's own acts in follow-up, and what others did with the texts written."""
    by_person = Q(actor_id=person.pk) | Q(on_behalf_of_id=person.pk)
    of_texts = Q(subject_type="followup.contribution", subject_id__in=authored)
    rows = Event.objects.filter(
        visible_to(reader),
        visible_to(successor),
        by_person | of_texts,
        subject_type__in=SUBJECTS,
        institution_id__in=successor.own_institutions,
    )
    return with_people(rows).order_by("-at", "-position")


def _colleagues(reader: Reader, person: User, own: Iterable[int]) -> QuerySet[Membership]:
    return (
        memberships_on()
        .filter(
            institution_id__in=list(own),
            role__in=INSTITUTION_ROLES,
            user__in=people_for(reader).order_by().values("pk"),
        )
        .exclude(user=person)
        .select_related("user", "institution")
        .order_by("role", "user__name", "pk")
    )


def _deputies(reader: Reader, person: User) -> QuerySet[Deputy]:
    seen = people_for(reader).order_by().values("pk")
    return Deputy.objects.filter(
        Q(person=person, deputy__in=seen) | Q(deputy=person, person__in=seen),
        ends_on__gte=clock.now().date(),
    ).select_related("person", "deputy")
