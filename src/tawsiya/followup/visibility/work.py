"""Who sees what of follow-up: the table of DOMAIN §9 as data, as filters, and as predicates.

The predicate for one object and the filter for many say the same; a property test holds them
together.
"""

from collections.abc import Iterable

from django.db.models import Q

from tawsiya.accounts.reader import Reader
from tawsiya.audit.visibility import EVERYTHING, NOTHING
from tawsiya.followup.choices import ContributionState, EvidenceMark
from tawsiya.followup.models import Assignment, Contribution, Evidence, Reference
from tawsiya.followup.visibility.relations import Relation, in_audience, involved_items, relations_of
from tawsiya.recommendations.models import Access

_INSIDE = frozenset({Relation.OWN})
_SENT = frozenset({Relation.OWN, Relation.DELEGATION})

CONTRIBUTION_AUDIENCE: dict[str, frozenset[Relation]] = {
    ContributionState.DRAFT: _INSIDE,
    ContributionState.WITH_VALIDATOR: _INSIDE,
    ContributionState.RETURNED_BY_VALIDATOR: _INSIDE,
    ContributionState.WITH_DELEGATION: _SENT,
    ContributionState.RETURNED_BY_DELEGATION: _SENT,
    ContributionState.VALIDATED: frozenset(Relation),
}

# A restricted file stays with the institution and the delegation, whatever becomes of the text.
EVIDENCE_AUDIENCE: dict[str, frozenset[Relation]] = {
    EvidenceMark.PUBLIC: frozenset(Relation),
    EvidenceMark.INTERNAL: frozenset(Relation),
    EvidenceMark.RESTRICTED: _SENT,
}


def contributions_visible_to(reader: Reader) -> Q:
    """Return the filter of the contributions a reader may see."""
    return in_audience(
        reader,
        CONTRIBUTION_AUDIENCE,
        "state",
        own=Q(institution_id__in=reader.own_institutions),
        involved=involved_items(reader),
    )


def can_view_contribution(reader: Reader, contribution: Contribution, involved: Iterable[int]) -> bool:
    """Decide for one contribution; `involved` are the ids of the item's lead and supporting institutions."""
    relations = relations_of(reader, contribution.institution_id, involved)
    return bool(relations & CONTRIBUTION_AUDIENCE[contribution.state])


def evidence_visible_to(reader: Reader) -> Q:
    """Return the filter of the files a reader may see: as the contribution, and by the file's own mark."""
    own = Q(contribution__institution_id__in=reader.own_institutions)
    items = Access.objects.filter(institution_id__in=reader.own_institutions)
    involved = Q(contribution__recommendation_id__in=items.values("recommendation_id"))
    by_contribution = in_audience(reader, CONTRIBUTION_AUDIENCE, "contribution__state", own, involved)
    by_mark = in_audience(reader, EVIDENCE_AUDIENCE, "mark", own, involved)
    return by_contribution & by_mark & Q(removed_at__isnull=True)


def references_visible_to(reader: Reader) -> Q:
    """Return the filter of the links and laws a reader may see: the same as for files."""
    return evidence_visible_to(reader)


def can_view_evidence(reader: Reader, evidence: Evidence | Reference, involved: Iterable[int]) -> bool:
    """Decide for one file, link or law; agrees with `evidence_visible_to`."""
    involved = frozenset(involved)
    relations = relations_of(reader, evidence.contribution.institution_id, involved)
    return (
        evidence.removed_at is None
        and bool(relations & CONTRIBUTION_AUDIENCE[evidence.contribution.state])
        and bool(relations & EVIDENCE_AUDIENCE[evidence.mark])
    )


def assignments_visible_to(reader: Reader) -> Q:
    """Return the filter of the assignments a reader sees in full.

    Other institutions see only the lead's name, through `recommendations.visibility.sight_of`.
    """
    if reader.is_delegation or reader.is_observer:
        return EVERYTHING
    if not reader.own_institutions:
        return NOTHING
    return Q(institution_id__in=reader.own_institutions) | involved_items(reader)


def can_view_assignment(reader: Reader, assignment: Assignment, involved: Iterable[int]) -> bool:
    """Decide for one assignment; agrees with `assignments_visible_to`."""
    return (
        reader.is_delegation
        or reader.is_observer
        or bool(reader.own_institutions & {assignment.institution_id, *involved})
    )


def assessments_visible_to(reader: Reader) -> Q:
    """Return the filter of assessments; NHRI, organisations and public see published ones, on the portal."""
    inside = reader.is_delegation or reader.is_observer or bool(reader.own_institutions)
    return EVERYTHING if inside else NOTHING


# Events: by the state the subject had then, so that a return inside an institution stays inside.


def contribution_events(reader: Reader) -> Q:
    """Return the filter of contribution events (`audit.Event`) a reader may see.

    An event counts by the state it led to, and only where the contribution can be seen today.
    """
    visible_now = Contribution.objects.filter(contributions_visible_to(reader)).values("pk")
    own = Q(institution_id__in=reader.own_institutions)
    items = Access.objects.filter(institution_id__in=reader.own_institutions)
    involved = Q(item_id__in=items.values("recommendation_id"))
    return in_audience(reader, CONTRIBUTION_AUDIENCE, "state", own, involved) & Q(subject_id__in=visible_now)


def assignment_events(reader: Reader) -> Q:
    """Return the filter of assignment events a reader may see."""
    visible = Assignment.objects.filter(assignments_visible_to(reader)).values("pk")
    return Q(subject_id__in=visible)


def assessment_events(reader: Reader) -> Q:
    """Return the filter of assessment events a reader may see."""
    return assessments_visible_to(reader)
