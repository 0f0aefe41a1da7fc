"""Who sees what of follow-up: the table of DOMAIN §9 as data, as filters, and as predicates."""

from tawsiya.followup.visibility.relations import Relation
from tawsiya.followup.visibility.rules import (
    can_view_rule,
    rule_events,
    rules_visible_to,
    sees_proposals,
)
from tawsiya.followup.visibility.voices import (
    can_view_submission,
    record_events,
    records_visible_to,
    submission_events,
    submissions_visible_to,
    submitting_homes,
)
from tawsiya.followup.visibility.work import (
    CONTRIBUTION_AUDIENCE,
    EVIDENCE_AUDIENCE,
    assessment_events,
    assessments_visible_to,
    assignment_events,
    assignments_visible_to,
    can_view_assignment,
    can_view_contribution,
    can_view_evidence,
    contribution_events,
    contributions_visible_to,
    evidence_visible_to,
)

__all__ = [
    "CONTRIBUTION_AUDIENCE",
    "EVIDENCE_AUDIENCE",
    "Relation",
    "assessment_events",
    "assessments_visible_to",
    "assignment_events",
    "assignments_visible_to",
    "can_view_assignment",
    "can_view_contribution",
    "can_view_evidence",
    "can_view_rule",
    "can_view_submission",
    "contribution_events",
    "contributions_visible_to",
    "evidence_visible_to",
    "record_events",
    "records_visible_to",
    "rule_events",
    "rules_visible_to",
    "sees_proposals",
    "submission_events",
    "submissions_visible_to",
    "submitting_homes",
]
