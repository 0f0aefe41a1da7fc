"""Publish a version of the rule of assessment: inside, and as the snapshot that the public reads."""

from datetime import date

from django.db import transaction

from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit import commands as audit
from tawsiya.followup.commands import rules
from tawsiya.followup.models import AssessmentRule
from tawsiya.portal.models import RuleSnapshot


def publish_rule(
    *, rule: AssessmentRule, note: str, language: str, in_force_from: date, seen_version: int, by: Reader
) -> AssessmentRule:
    """Publish a draft of the rule; the public reads it, with its history, from then on.

    Args:
        note: what changes and why, in `language`.

    Raises:
        PermissionRefused, RuleViolated, StaleData: as `followup.commands.rules.publish_rule`.
    """
    actor = require(by, Act.PUBLISH)
    with transaction.atomic():
        rule = rules.publish_rule(
            rule=rule,
            note=note,
            language=language,
            in_force_from=in_force_from,
            seen_version=seen_version,
            by=by,
        )
        assert rule.published_at is not None
        with audit.change("publication.rule", by=actor, state="published") as event:
            event.subject = RuleSnapshot.objects.create(
                number=rule.number,
                in_force_from=in_force_from,
                published_at=rule.published_at,
                note=rule.note,
                language=rule.language,
                content=rule.content,
            )
            event.after = {"number": rule.number}
    return rule
