"""Who sees the rule of assessment, and what it proposes (DOMAIN §9, row "assessment: proposed")."""

from django.db.models import Q

from tawsiya.accounts.reader import Reader
from tawsiya.audit.visibility import EVERYTHING, NOTHING
from tawsiya.followup.choices import RuleState
from tawsiya.followup.models import AssessmentRule


def rules_visible_to(reader: Reader) -> Q:
    """Return the filter of the versions of the rule a reader sees: the delegation all, others published ones.

    The public reads published ones on the portal, from their snapshots.
    """
    if reader.is_delegation:
        return EVERYTHING
    return NOTHING if reader.is_public else Q(state=RuleState.PUBLISHED)


def can_view_rule(reader: Reader, rule: AssessmentRule) -> bool:
    """Decide for one version; agrees with `rules_visible_to`."""
    return reader.is_delegation or (not reader.is_public and rule.state == RuleState.PUBLISHED)


def sees_proposals(reader: Reader) -> bool:
    """Tell whether a reader sees what the rule proposes: the delegation alone."""
    return reader.is_delegation


def rule_events(reader: Reader) -> Q:
    """Return the filter of the events on rules a reader sees; outside the delegation, of publications."""
    if reader.is_delegation:
        return EVERYTHING
    return NOTHING if reader.is_public else Q(state=RuleState.PUBLISHED)
