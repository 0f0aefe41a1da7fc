"""The part of the world that is about assessing: versions of the rule, and what others say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tawsiya.followup.commands.rules import begin_rule, change_rule, discard_rule
from tawsiya.portal.commands import publish_rule

if TYPE_CHECKING:
    from tests.access.matrix import Row
    from tests.access.world import World


def _content(word: str) -> dict[str, Any]:
    evidence = {"is": "evidence", "at_least": 1, "kind": "any"}
    claim = {"is": "proposed_status", "by": "some", "among": ["in_progress"]}
    labels = {"en": f"Begun {word}"}
    return {
        "common": [{"status": "in_progress", "labels": labels, "when": {"any": [evidence, claim]}}],
        "noted": [{"status": "no_action", "labels": labels, "when": {"all": [claim]}}],
        "parts": [
            {
                "status": "in_progress",
                "labels": labels,
                "when": {"all": [{"is": "contributions", "at_least": 1}]},
            }
        ],
    }


def make_rules(world: World) -> None:
    """A version in force, one discarded, and a draft."""
    by = world.reader("coordinator")

    def draft(word: str) -> Any:
        rule = begin_rule(by=by)
        return change_rule(rule=rule, content=_content(word), seen_version=rule.row_version, by=by)

    world.others["rule-published"] = publish_rule(
        rule=(rule := draft("qruleinforce")),
        note="Because qrulenote",
        language="en",
        in_force_from=timezone.localdate(),
        seen_version=rule.row_version,
        by=by,
    )
    discarded = discard_rule(rule=draft("qrulegivenup"), reason="Because qrulediscarded", by=by)
    world.others["rule-discarded"] = discarded
    world.others["rule-draft"] = draft("qruledraft")


def arguments_of_rule(world: World, row: Row) -> tuple[Any, ...] | None:
    """Return what stands in the addresses of rules; None for other rows."""
    if not row.view.startswith(("followup:rule", "portal:publish-rule")) or row.object == "-":
        return None
    pk = world.others[row.object].pk
    inner = {
        "followup:rule-branch": "common",
        "followup:rule-place": "common.0.when.0",
        "followup:rule-add": "common.0.when",
        "followup:rule-remove": "common.0.when.0",
        "followup:rule-move": "noted.0",
    }
    return (pk, inner[row.view]) if row.view in inner else (pk,)


def payload_of_rule(world: World, row: Row) -> Mapping[str, Any] | None:
    """Return what a person would send to the pages of rules; None for other rows."""
    if not row.view.startswith(("followup:rule", "portal:publish-rule")):
        return None
    seen = {"seen_version": world.others["rule-draft"].row_version}
    sent: dict[str, dict[str, Any]] = {
        "followup:rule-discard": {"reason": "For a reason"},
        "followup:rule-branch": {"status": "implemented", "label_en": "Done"},
        "followup:rule-place": {"at_least": "2", "kind": "public"},
        "portal:publish-rule": {
            "note": "Because",
            "language": "en",
            "in_force_from": timezone.localdate().isoformat(),
        },
    }
    return sent.get(row.view, {}) | seen
