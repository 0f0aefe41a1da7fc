"""Who sees what of follow-up: the table of DOMAIN §9 as data, as filters, and as predicates."""

from tawsiya.followup.visibility.messages import (
    MESSAGE_AUDIENCE,
    can_view_circle,
    can_view_message,
    message_events,
    messages_visible_to,
)
from tawsiya.followup.visibility.parts import PARTS, blanked_for, restricted_seen_by, sees_restricted
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
    references_visible_to,
)

__all__ = [
    "CONTRIBUTION_AUDIENCE",
    "EVIDENCE_AUDIENCE",
    "MESSAGE_AUDIENCE",
    "PARTS",
    "Relation",
    "assessment_events",
    "assessments_visible_to",
    "assignment_events",
    "assignments_visible_to",
    "blanked_for",
    "can_view_assignment",
    "can_view_circle",
    "can_view_contribution",
    "can_view_evidence",
    "can_view_message",
    "can_view_rule",
    "can_view_submission",
    "contribution_events",
    "contributions_visible_to",
    "evidence_visible_to",
    "message_events",
    "messages_visible_to",
    "record_events",
    "records_visible_to",
    "references_visible_to",
    "restricted_seen_by",
    "rule_events",
    "rules_visible_to",
    "sees_proposals",
    "sees_restricted",
    "submission_events",
    "submissions_visible_to",
    "submitting_homes",
]
