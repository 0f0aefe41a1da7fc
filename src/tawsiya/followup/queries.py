"""Read follow-up: always through `visibility`."""

from dataclasses import dataclass

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from tawsiya.accounts.models import Institution
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.followup.choices import OPEN, AssignmentState, ContributionState
from tawsiya.followup.models import Assessment, Assignment, Contribution, Evidence, Reference
from tawsiya.followup.reported import reported
from tawsiya.followup.visibility import (
    assessments_visible_to,
    assignments_visible_to,
    blanked_for,
    contributions_visible_to,
    evidence_visible_to,
    references_visible_to,
)
from tawsiya.recommendations.choices import AccessLevel
from tawsiya.recommendations.models import Access, Recommendation

SENT = (ContributionState.WITH_DELEGATION, ContributionState.VALIDATED)
RETURNED = (ContributionState.RETURNED_BY_VALIDATOR, ContributionState.RETURNED_BY_DELEGATION)


def involved_in(recommendation: Recommendation) -> frozenset[int]:
    """Return the ids of the lead and supporting institutions of an item."""
    return frozenset(
        Access.objects.filter(recommendation=recommendation).values_list("institution_id", flat=True)
    )


def accepted_on(recommendation: Recommendation) -> frozenset[int]:
    """Return the ids of the institutions that accepted the item, or its paragraph where it is a part."""
    return frozenset(
        Assignment.objects.filter(
            Q(recommendation=recommendation) | Q(recommendation__parts=recommendation),
            state=AssignmentState.ACCEPTED,
        ).values_list("institution_id", flat=True)
    )


def lead_of(recommendation: Recommendation) -> Institution | None:
    """Return the lead institution of an item, or of its paragraph where a part has none of its own.

    Only its name is for every institution to see (`recommendations.visibility.sight_of`).
    """
    ids = [pk for pk in (recommendation.pk, recommendation.parent_id) if pk is not None]
    rows = Access.objects.filter(recommendation_id__in=ids, level=AccessLevel.LEAD).select_related(
        "institution"
    )
    found = {row.recommendation_id: row.institution for row in rows}
    return found.get(recommendation.pk) or found.get(recommendation.parent_id or 0)


def assignments_for(reader: Reader) -> QuerySet[Assignment]:
    """Return the assignments a reader sees, each with `is_late` (see `_late`)."""
    return (
        Assignment.objects.filter(assignments_visible_to(reader))
        .annotate(is_late=_flag(_late(reader)))
        .select_related("institution", "proposed_institution", "passed_from", "recommendation__document")
    )


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def handed_in(reader: Reader) -> Q:
    """Return the filter of assignments for which the reader sees a contribution that was handed in."""
    return reported(contributions_visible_to(reader), Q(state__in=SENT))


def answered_share(reader: Reader) -> tuple[int, int]:
    """Return how many accepted assignments of the reader's institutions sent a contribution, of how many."""
    accepted = assignments_for(reader).filter(
        institution_id__in=reader.own_institutions, state=AssignmentState.ACCEPTED
    )
    return accepted.filter(handed_in(reader)).count(), accepted.count()


def _late(reader: Reader) -> Q:
    """Return the filter of open assignments past their deadline, with no contribution sent.

    Only contributions that the reader sees count: a change of the figure must not betray another.
    """
    return Q(state__in=OPEN, deadline__lt=timezone.localdate()) & ~handed_in(reader)


def late_assignments(reader: Reader) -> QuerySet[Assignment]:
    """Return the late ones of the assignments a reader sees."""
    return assignments_for(reader).filter(_late(reader))


def late_for(reader: Reader) -> QuerySet[Assignment]:
    """Return the late assignments of the reader's own institutions."""
    return late_assignments(reader).filter(institution_id__in=reader.own_institutions)


def to_reassign(reader: Reader) -> QuerySet[Assignment]:
    """Return what the delegation has to give to somebody else.

    Refused assignments after which nobody was asked, and those whose institution asks to reassign.
    """
    later = Assignment.objects.filter(
        recommendation=OuterRef("recommendation"), assigned_at__gt=OuterRef("answered_at")
    )
    refused = Q(state=AssignmentState.REFUSED) & ~Exists(later)
    return assignments_for(reader).filter(refused | Q(state=AssignmentState.REASSIGN))


def contributions_for(reader: Reader) -> QuerySet[Contribution]:
    """Return the contributions a reader sees, without the restricted parts that are not for that reader."""
    rows = Contribution.objects.filter(contributions_visible_to(reader)).select_related(
        "institution", "recommendation__document", "written_for"
    )
    return blanked_for(reader, rows)


def texts_under_way(assignment: Assignment, to: Institution | None = None) -> QuerySet[Contribution]:
    """Return what the institution of an assignment has begun to write under it, and not sent yet.

    What it writes on a lettered part under an assignment of its own is not under this one.

    Args:
        to: leave out the items on which this institution has a text of its own under way.
    """
    item, institution = assignment.recommendation_id, assignment.institution_id
    parts = Recommendation.objects.filter(parent=item)
    apart = Assignment.objects.filter(recommendation__in=parts, institution=institution, state__in=OPEN)
    rows = Contribution.objects.filter(
        Q(recommendation=item) | Q(recommendation__in=parts), institution=institution
    )
    if to is not None:
        theirs = Contribution.objects.filter(institution=to).exclude(state=ContributionState.VALIDATED)
        rows = rows.exclude(recommendation__in=theirs.values("recommendation"))
    return (
        rows.exclude(state__in=[ContributionState.WITH_DELEGATION, ContributionState.VALIDATED])
        .exclude(recommendation__in=apart.values("recommendation"))
        .order_by("pk")
    )


def evidence_for(reader: Reader) -> QuerySet[Evidence]:
    """Return the evidence files a reader sees."""
    return Evidence.objects.filter(evidence_visible_to(reader)).select_related("contribution")


def references_for(reader: Reader) -> QuerySet[Reference]:
    """Return the links and laws a reader sees."""
    return Reference.objects.filter(references_visible_to(reader)).select_related("contribution")


def assessments_for(reader: Reader) -> QuerySet[Assessment]:
    """Return the assessments a reader sees."""
    return Assessment.objects.filter(assessments_visible_to(reader))


@dataclass(frozen=True)
class Expected:
    """What waits for a reader: the lists behind the home page's figures."""

    to_answer: QuerySet[Assignment]
    to_write: QuerySet[Assignment]
    returned: QuerySet[Contribution]
    to_approve: QuerySet[Contribution]
    to_validate: QuerySet[Contribution]


def _institutions(reader: Reader, act: Act) -> set[int]:
    return {institution for grant in reader.grants_for(act) for institution in grant.covers}


def expected_of(reader: Reader) -> Expected:
    """Return what is expected of a reader now."""
    writing = _institutions(reader, Act.CONTRIBUTE)
    approving = _institutions(reader, Act.VALIDATE_FOR_INSTITUTION)
    validating = any(True for _ in reader.grants_for(Act.VALIDATE_FOR_DELEGATION))
    assignments, contributions = assignments_for(reader), contributions_for(reader)
    to_validate = contributions.filter(state=ContributionState.WITH_DELEGATION)
    return Expected(
        to_answer=assignments.filter(institution_id__in=writing, state=AssignmentState.PROPOSED),
        to_write=assignments.filter(
            ~reported(contributions_visible_to(reader)),
            institution_id__in=writing,
            state=AssignmentState.ACCEPTED,
        ).order_by("deadline", "pk"),
        returned=contributions.filter(institution_id__in=writing, state__in=RETURNED),
        to_approve=contributions.filter(
            institution_id__in=approving, state=ContributionState.WITH_VALIDATOR
        ).exclude(authors__user_id=reader.user_id or 0),
        to_validate=to_validate if validating else to_validate.none(),
    )
