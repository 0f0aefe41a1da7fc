"""The page of one recommendation: what was issued, who has it, what was done, what is awaited."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import may
from tawsiya.accounts.queries import assignable_institutions
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.audit.queries import history_of
from tawsiya.followup.forms.fields import named
from tawsiya.followup.models import Assessment, Assignment, Contribution
from tawsiya.followup.permissions import (
    may_act_on_assignment,
    may_moderate,
    may_set_status,
    may_submit,
)
from tawsiya.followup.queries import (
    assessments_for,
    assignments_for,
    contributions_for,
    evidence_for,
    lead_of,
    references_for,
    texts_under_way,
)
from tawsiya.followup.queries_of_messages import threads_on
from tawsiya.followup.rule.proposals import proposal_for
from tawsiya.followup.rule.showing import shown_derivation
from tawsiya.followup.timeline import kinds_in, of_kind, timeline
from tawsiya.followup.turns import turns_of
from tawsiya.followup.views.common import address_of
from tawsiya.followup.views.writing import writers_for
from tawsiya.followup.visibility import sees_proposals
from tawsiya.followup.voices import voices_on
from tawsiya.programme.indicator_permissions import may_define
from tawsiya.programme.indicator_queries import following
from tawsiya.programme.queries import measures_answering
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import item_for, places_of
from tawsiya.recommendations.reading import reading_text
from tawsiya.recommendations.visibility import Sight, sight_of

# How much of the history stands on the page before "Show all".
HISTORY = 15
ANSWERS = ("accept", "refuse", "ask_reassign", "pass_on", "take_back", "reassign", "keep", "end")


@dataclass(frozen=True)
class _Seen:
    """The follow-up of an item that its reader sees."""

    assignments: Sequence[Assignment]
    contributions: Sequence[Contribution]
    assessments: Sequence[Assessment]


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one recommendation with its follow-up, as far as the reader sees it."""
    reader = reader_of(request)
    item = item_for(reader, pk)
    seen = _seen(reader, item)
    sight = sight_of(reader)
    assignment_rows = _assignment_rows(reader, item, seen.assignments)
    context = {
        "item": item,
        "reference": f"{item.document.symbol} §\u00a0{item.label}",
        "sight": sight,
        "status_code": (item.status or "no_status") if sight.status else "",
        "parts": _parts(item, sight),
        "assignments": assignment_rows,
        "other_institutions": _others(assignment_rows),
        "shows_assignments": bool(seen.assignments) or sight.everyone_involved,
        "suggests_institution": _unassigned(item, seen) and bool(may(reader, Act.ASSIGN)),
        "lead": lead_of(item) if sight.lead and not seen.assignments else None,
        "contributions": _contribution_rows(reader, item, seen.contributions),
        "assessment": seen.assessments[0] if seen.assessments else None,
        "former_assessments": seen.assessments[1:],
        **assessed_by_rule(reader, item, seen.assessments),
        "voices": voices_on(reader, item),
        "submits": bool(may_submit(reader)) and item.withdrawn_at is None,
        "records": bool(may_moderate(reader)),
        "turns": _turns(reader, item, seen),
        "actions": _actions(reader, item),
        "groups": _groups(reader, item),
        "threads": threads_on(reader, item),
        "measures": measures_answering(reader, item),
        "standings": following(reader, item),
        "may_define": bool(may_define(reader)),
        "writers": [] if item.withdrawn_at else _writers(reader, item, seen.contributions),
        **_history(request, item, reader),
    }
    return render(request, "followup/item.html", context)


def assessed_by_rule(
    reader: Reader, item: Recommendation, assessments: Sequence[Assessment]
) -> dict[str, Any]:
    """Return what the rule proposes for an item, now and when it was assessed: the delegation's alone."""
    if not sees_proposals(reader):
        return {"sees_proposals": False}
    for row in assessments:
        row.shown_derivation = shown_derivation(row.derivation) if row.derivation else None  # type: ignore[attr-defined]  # for the page
    found = proposal_for(reader, item)
    proposal = found and {
        "status": found.derivation.status,
        "rule": found.rule,
        "derivation": shown_derivation(found.derivation.as_json()),
        "same": bool(found.derivation.status) and found.derivation.status == item.status,
    }
    return {"sees_proposals": True, "proposal": proposal, "decides": bool(may_set_status(reader))}


def _unassigned(item: Recommendation, seen: _Seen) -> bool:
    return item.withdrawn_at is None and not seen.assignments


def _seen(reader: Reader, item: Recommendation) -> _Seen:
    own = assignments_for(reader).filter(recommendation=item).order_by("level", "assigned_at", "pk")
    assignments = list(own)
    if not assignments and item.parent_id:
        # A part without an assignment of its own follows its paragraph's.
        assignments = list(
            assignments_for(reader).filter(recommendation_id=item.parent_id).order_by("level", "pk")
        )
    contributions = (
        contributions_for(reader)
        .filter(recommendation_id__in=[item.pk, *(part.pk for part in item.parts.all())])
        .prefetch_related("authors")
        .order_by("recommendation__sort_key", "-changed_at")
    )
    assessments = assessments_for(reader).filter(recommendation=item).select_related("decided_by")
    return _Seen(assignments, list(contributions), list(assessments))


def _parts(item: Recommendation, sight: Sight) -> list[dict[str, Any]]:
    return [
        {
            "label": part.label,
            "text": reading_text(part),
            "status": part.status if sight.status else "",
            "url": reverse("followup:item", args=[part.pk]),
            "withdrawn": part.withdrawn_at,
        }
        for part in item.parts.all()
    ]


def _assignment_rows(
    reader: Reader, item: Recommendation, assignments: Sequence[Assignment]
) -> list[dict[str, Any]]:
    parts = Institution.objects.filter(
        parent__in=[row.institution_id for row in assignments], exists_to__isnull=True
    )
    below: dict[int, list[Institution]] = {}
    for part in parts:
        below.setdefault(part.parent_id or 0, []).append(part)
    return [
        {
            "row": row,
            "refuse_id": f"refuse-{row.pk}",
            "end_id": f"end-{row.pk}",
            "ask_id": f"ask-{row.pk}",
            "pass_id": f"pass-{row.pk}",
            "reassign_id": f"reassign-{row.pk}",
            "keep_id": f"keep-{row.pk}",
            "directorates": below.get(row.institution_id, []),
            "has_begun": row.institution_id in below
            and bool(may_act_on_assignment(reader, row, "pass_on"))
            and texts_under_way(row).exists(),
            "from_paragraph": row.recommendation_id != item.pk,
            "may": frozenset(
                action
                for action in ANSWERS
                if may_act_on_assignment(reader, row, action)
                and (action != "pass_on" or row.institution_id in below)
            ),
        }
        for row in assignments
    ]


def _others(rows: Sequence[dict[str, Any]]) -> list[tuple[int, str]]:
    """Return the institutions that could take over, where the reader may ask for or decide on one."""
    if not any(row["may"] & {"ask_reassign", "reassign"} for row in rows):
        return []
    possible = assignable_institutions().select_related("parent")
    return sorted(named(possible), key=lambda choice: choice[1])


def _contribution_rows(
    reader: Reader, item: Recommendation, contributions: Sequence[Contribution]
) -> list[dict[str, Any]]:
    files: dict[int, list[Any]] = {}
    references: dict[int, list[Any]] = {}
    ids = [row.pk for row in contributions]
    for file in evidence_for(reader).filter(contribution__in=ids):
        files.setdefault(file.contribution_id, []).append(file)
    for reference in references_for(reader).filter(contribution__in=ids):
        references.setdefault(reference.contribution_id, []).append(reference)
    return [
        {
            "row": row,
            "files": files.get(row.pk, []),
            "references": references.get(row.pk, []),
            "part": row.recommendation.label if row.recommendation_id != item.pk else "",
        }
        for row in contributions
    ]


def _turns(reader: Reader, item: Recommendation, seen: _Seen) -> list[Any]:
    if item.withdrawn_at is not None:
        return []
    turns = turns_of(reader, item.pk, seen.assignments, seen.contributions, seen.assessments)
    return sorted(turns, key=lambda turn: not turn.mine)


def _writers(
    reader: Reader, item: Recommendation, contributions: Sequence[Contribution]
) -> list[Institution]:
    """Return the institutions for which the reader can begin one: none is under way already."""
    under_way = {
        row.institution_id
        for row in contributions
        if row.recommendation_id == item.pk and row.state != "validated"
    }
    return [institution for institution in writers_for(reader, item) if institution.pk not in under_way]


def _actions(reader: Reader, item: Recommendation) -> list[dict[str, str]]:
    """Return the links to what the reader may do with the item, of the rooms that are built."""
    offered = []
    if item.withdrawn_at is None:
        offered = [
            (Act.ASSIGN, f"{reverse('followup:assign')}?ids={item.pk}", _("Assign"), "person-plus"),
            (Act.SET_STATUS, reverse("followup:status", args=[item.pk]), _("Set the status"), "flag"),
            (Act.PLAN, f"{reverse('programme:plan')}?ids={item.pk}", _("Plan a measure"), "journal-check"),
        ]
    offered += [
        (Act.TAG, address_of("recommendations:tags", item.pk), _("Tags"), "tags"),
        (Act.PUBLISH, address_of("portal:publish", item.pk), _("Publish"), "globe2"),
    ]
    return [
        {"url": url, "label": label, "icon": icon}
        for act, url, label, icon in offered
        if url and may(reader, act)
    ]


def _groups(reader: Reader, item: Recommendation) -> list[dict[str, Any]]:
    """Return the groups of an item that the reader sees, with its place in each."""
    return [
        {"place": place, "url": address_of("groups:show", place.group_id)}
        for place in places_of(reader, item)
    ]


def _history(request: HttpRequest, item: Recommendation, reader: Reader) -> dict[str, Any]:
    events = history_of(item.pk, reader).order_by("-at", "-position")
    kind, whole = request.GET.get("kind", ""), request.GET.get("history") == "all"
    kinds = kinds_in(events)
    events = of_kind(events, kind)
    shown = list(events if whole else events[: HISTORY + 1])
    more = not whole and len(shown) > HISTORY
    return {
        "events": timeline(shown[:HISTORY] if more else shown),
        "more_history": more,
        "kinds": kinds,
        "kind": kind,
    }
