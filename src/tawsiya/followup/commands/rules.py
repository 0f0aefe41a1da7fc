"""Begin, change, publish and discard versions of the rule of assessment.

Whoever publishes goes through `portal.commands`, which writes the public snapshot in the same act.
"""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.followup.choices import RuleState
from tawsiya.followup.models import AssessmentRule
from tawsiya.followup.permissions import may_act_on_rule, may_begin_rule
from tawsiya.followup.rule.example import example
from tawsiya.followup.rule.tree import Content, check


def begin_rule(*, by: Reader) -> AssessmentRule:
    """Begin the next version as a copy of the last published one, the first from the example.

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: a draft is there already.
    """
    actor = acting(by, may_begin_rule(by))
    with audit.change("rule.begun", by=actor, state=RuleState.DRAFT) as event:
        rules = AssessmentRule.objects.select_for_update()
        if any(row.state == RuleState.DRAFT for row in rules):
            raise RuleViolated(_("A draft of the rule is being written already."))
        last = AssessmentRule.objects.filter(state=RuleState.PUBLISHED).order_by("-number").first()
        highest = AssessmentRule.objects.aggregate(highest=Max("number"))["highest"] or 0
        rule = AssessmentRule.objects.create(
            number=highest + 1,
            content=last.content if last else example(),
            created_by_id=actor.user_id,
            created_at=clock.now(),
        )
        event.subject, event.after = rule, {"number": rule.number}
    return rule


def change_rule(*, rule: AssessmentRule, content: Content, seen_version: int, by: Reader) -> AssessmentRule:
    """Write another content into a draft; groups may still be empty.

    Raises:
        PermissionRefused: `by` is no coordinator, or it is no draft.
        RuleViolated: the content is no rule; says why.
        StaleData: somebody changed the draft since `seen_version`.
    """
    with transaction.atomic():
        rule = _locked(rule)
        actor = acting(by, may_act_on_rule(by, rule, "edit"))
        if rule.row_version != seen_version:
            raise StaleData(_("Somebody changed the rule meanwhile; look at it again before you change it."))
        check(content, whole=False)
        if content == rule.content:
            return rule
        with audit.change("rule.changed", by=actor, subject=rule, state=rule.state) as event:
            event.after = {"number": rule.number}
            rule.content = content
            rule.row_version += 1
            rule.save(update_fields=["content", "row_version"])
    return rule


def publish_rule(
    *, rule: AssessmentRule, note: str, language: str, in_force_from: date, seen_version: int, by: Reader
) -> AssessmentRule:
    """Publish a draft: from a day on it holds, and it no longer changes.

    Args:
        note: what changes and why; the public reads it.

    Raises:
        PermissionRefused: `by` is no coordinator, or it is no draft.
        RuleViolated: no note, a day in the past or before that of a published version, or an unfinished rule.
        StaleData: somebody changed the draft since `seen_version`.
    """
    with transaction.atomic():
        rule = _locked(rule)
        actor = acting(by, may_act_on_rule(by, rule, "publish"))
        if rule.row_version != seen_version:
            raise StaleData(_("Somebody changed the rule meanwhile; look at it again before you publish it."))
        if not note.strip():
            raise RuleViolated(_("Say what changes and why: the public reads it."))
        check(rule.content, whole=True)
        _check_day(in_force_from)
        with audit.change("rule.published", by=actor, subject=rule, state=RuleState.PUBLISHED) as event:
            event.reason = note.strip()
            event.after = {"number": rule.number, "in_force_from": in_force_from.isoformat()}
            rule.state, rule.note, rule.language = RuleState.PUBLISHED, note.strip(), language
            rule.in_force_from, rule.published_at = in_force_from, clock.now()
            rule.published_by_id = actor.user_id
            rule.row_version += 1
            rule.save()
    return rule


def _check_day(day: date) -> None:
    if day < timezone.localdate(clock.now()):
        raise RuleViolated(_("A rule does not hold for the past: choose today or a later day."))
    latest = AssessmentRule.objects.filter(state=RuleState.PUBLISHED).aggregate(day=Max("in_force_from"))[
        "day"
    ]
    if latest is not None and day < latest:
        raise RuleViolated(_("A version published before takes force later than this day."))


def discard_rule(*, rule: AssessmentRule, reason: str, by: Reader) -> AssessmentRule:
    """Give a draft up; it stays in the history.

    Raises:
        PermissionRefused: `by` is no coordinator, or it is no draft.
        RuleViolated: no reason.
    """
    with transaction.atomic():
        rule = _locked(rule)
        actor = acting(by, may_act_on_rule(by, rule, "discard"))
        if not reason.strip():
            raise RuleViolated(_("Give the reason."))
        with audit.change(
            "rule.discarded", by=actor, subject=rule, state=RuleState.DISCARDED, reason=reason.strip()
        ) as event:
            event.after = {"number": rule.number}
            rule.state = RuleState.DISCARDED
            rule.row_version += 1
            rule.save(update_fields=["state", "row_version"])
    return rule


def _locked(rule: AssessmentRule) -> AssessmentRule:
    return AssessmentRule.objects.select_for_update().get(pk=rule.pk)
