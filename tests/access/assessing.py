"""The part of the world that is about assessing: versions of the rule, and what others say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tawsiya.followup.commands.rules import begin_rule, change_rule, discard_rule
from tawsiya.followup.commands.voices import Asked, Assessed, Said, act_on_submission, submit
from tawsiya.portal.commands import accept_submission, publish_rule, record_grade, save_question

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


_LATER = ("submitted", "accepted", "refused")


def make_voices(world: World) -> None:
    """A submission in each state, a UN grade and a question of parliament, all on the item `bare`."""
    by, author, item = world.reader("coordinator"), world.reader("nhri"), world.items["bare"]
    for state in _LATER:
        said = Said(f"We see qvoice{state}", "en", "in_progress")
        world.others[f"submission-{state}"] = submit(recommendation=item, said=said, by=author)
    world.others["submission-accepted"] = accept_submission(
        submission=world.others["submission-accepted"], seen_version=1, by=by
    )
    world.others["submission-refused"] = act_on_submission(
        submission=world.others["submission-refused"],
        action="refuse",
        ground="insult",
        reason="Because qvoicereason",
        by=by,
    )
    public = submit(
        recommendation=world.items["published"], said=Said("We see qvoicepublic", "en"), by=author
    )
    accept_submission(submission=public, seen_version=1, by=by)
    world.others["grade"] = record_grade(
        recommendation=world.items["published"],
        assessed=Assessed("C", "CCPR/C/1", date(2026, 1, 5), reasons="Because qgradereason"),
        by=by,
    )
    asked = Asked("QP-1", date(2026, 1, 6), "Deputy qdeputy", "", "When qparliament", "en")
    world.others["question"] = save_question(asked=asked, items=[world.items["published"]], by=by)


def payload_of_voice(world: World, row: Row) -> Mapping[str, Any] | None:
    """Return what a person would send to the pages of other voices; None for other rows."""
    said = {"text": "We see something", "language": "en", "status": ""}
    asked = {
        "number": "QP-9",
        "asked_on": "2026-02-01",
        "deputy": "Deputy",
        "text": "When",
        "language": "en",
        "items": str(world.items["bare"]),
    }
    sent: dict[str, dict[str, Any]] = {
        "followup:submit": said,
        "followup:submission-revise": said | {"seen_version": 2},
        "followup:submission-refuse": {"ground": "insult", "reason": "For a reason", "seen_version": 1},
        "followup:submission-take-back": {},
        "portal:submission-accept": {"seen_version": 1},
        "portal:submission-withdraw": {"reason": "For a reason"},
        "portal:grade": {
            "grade": "C",
            "symbol": "CCPR/C/2",
            "assessed_on": "2026-02-01",
            "language": "en",
        },
        "portal:grade-take-back": {"reason": "For a reason"},
        "portal:question-add": asked,
        "portal:question-edit": asked,
    }
    return sent.get(row.view)
