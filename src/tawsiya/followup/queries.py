"""Read follow-up: always through `visibility`."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.followup.choices import AssignmentState, ContributionState
from tawsiya.followup.models import Assessment, Assignment, Contribution, Evidence
from tawsiya.followup.visibility import (
    assessments_visible_to,
    assignments_visible_to,
    contributions_visible_to,
    evidence_visible_to,
)
from tawsiya.recommendations.models import Access, Recommendation

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


def assignments_for(reader: Reader) -> QuerySet[Assignment]:
    """Return the assignments a reader sees."""
    return Assignment.objects.filter(assignments_visible_to(reader)).select_related(
        "institution", "recommendation__document"
    )


def contributions_for(reader: Reader) -> QuerySet[Contribution]:
    """Return the contributions a reader sees."""
    return Contribution.objects.filter(contributions_visible_to(reader)).select_related(
        "institution", "recommendation__document"
    )


def evidence_for(reader: Reader) -> QuerySet[Evidence]:
    """Return the evidence files a reader sees."""
    return Evidence.objects.filter(evidence_visible_to(reader)).select_related("contribution")


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
        to_write=assignments.filter(institution_id__in=writing, state=AssignmentState.ACCEPTED)
        .annotate(
            written=Count(
                "recommendation__contributions",
                filter=Q(recommendation__contributions__institution_id__in=writing),
            )
        )
        .filter(written=0)
        .order_by("deadline", "pk"),
        returned=contributions.filter(institution_id__in=writing, state__in=RETURNED),
        to_approve=contributions.filter(
            institution_id__in=approving, state=ContributionState.WITH_VALIDATOR
        ).exclude(authors__user_id=reader.user_id),
        to_validate=to_validate if validating else to_validate.none(),
    )
