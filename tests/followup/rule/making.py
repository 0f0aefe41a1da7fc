"""What tests of the rule start from, made through the commands."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tawsiya.core import clock
from tawsiya.followup.commands.rules import begin_rule, change_rule
from tawsiya.followup.models import AssessmentRule
from tawsiya.followup.rule.tree import Content
from tawsiya.portal.commands import publish_rule
from tests import factories


def claimed(*statuses: str) -> Content:
    """Return a rule that believes what institutions propose, for these statuses in this order."""
    branches = [
        {
            "status": status,
            "labels": {"en": f"Said to be {status}", "fr": f"Déclarée {status}", "ar": f"صُرح بأنها {status}"},
            "when": {"all": [{"is": "proposed_status", "by": "some", "among": [status]}]},
        }
        for status in statuses
    ]
    noted = [
        {
            "status": "under_study",
            "labels": {"en": "Studied"},
            "when": {"all": [{"is": "proposed_status", "by": "some", "among": ["under_study"]}]},
        }
    ]
    parts = [
        {
            "status": status,
            "labels": {"en": f"Every part {status}"},
            "when": {"all": [{"is": "parts_status", "by": "every", "among": [status]}]},
        }
        for status in statuses
    ]
    return {"common": branches, "noted": noted, "parts": parts}


def draft(content: Content | None = None) -> AssessmentRule:
    """Begin the next version, with another content where one is given."""
    rule = begin_rule(by=factories.coordinator())
    if content is None:
        return rule
    return change_rule(rule=rule, content=content, seen_version=rule.row_version, by=factories.coordinator())


def published(content: Content | None = None, *, in_force_from: date | None = None) -> AssessmentRule:
    """Begin and publish a version, in force from today on unless told otherwise."""
    rule = draft(content)
    return publish(rule, in_force_from=in_force_from)


def publish(rule: AssessmentRule, *, in_force_from: date | None = None, **more: Any) -> AssessmentRule:
    """Publish a draft."""
    facts: dict[str, Any] = {"note": "What is proven counts.", "language": "en"} | more
    return publish_rule(
        rule=rule,
        in_force_from=in_force_from or timezone.localdate(clock.now()),
        seen_version=rule.row_version,
        by=factories.coordinator(),
        **facts,
    )


def tomorrow() -> date:
    """Return the day after today."""
    return timezone.localdate(clock.now()) + timedelta(days=1)
