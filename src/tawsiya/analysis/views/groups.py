"""The list of groups, the page of one, and the decisions on it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from tawsiya.accounts.permissions import acting, may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.analysis.commands import groups as commands
from tawsiya.analysis.group_filters import facets_for, filter_for
from tawsiya.analysis.queries.groups import (
    Place,
    listed_groups,
    members_of,
    other_groups,
    with_members,
)
from tawsiya.analysis.queries.references import items_called
from tawsiya.analysis.tasks import request_proposals
from tawsiya.audit.models import Event
from tawsiya.audit.queries import with_people
from tawsiya.audit.visibility import visible_to
from tawsiya.core import facets
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.core.formats import localise_number
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, respond
from tawsiya.followup.queries import contributions_for
from tawsiya.followup.timeline import timeline
from tawsiya.recommendations.models import Group
from tawsiya.recommendations.permissions import may_group
from tawsiya.recommendations.queries import group_or_404, recommendations_for
from tawsiya.recommendations.visibility import sight_of

HISTORY = 40


def _distinct(values: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def bodies(group: Any) -> list[str]:
    """Return the bodies whose recommendations stand in a group (from `with_members`)."""
    return _distinct([text_of(place.recommendation.document.body.names) for place in group.places_seen])


def years(group: Any) -> list[str]:
    """Return the years of their documents, the oldest first."""
    dates = [place.recommendation.document.published_on for place in group.places_seen]
    return sorted({str(day.year) for day in dates if day is not None})


def _references(group: Any) -> list[str]:
    return [str(place.recommendation) for place in group.places_seen]


COLUMNS = (
    Column("id", gettext_lazy("Id"), lambda row: row.pk),
    Column("title", gettext_lazy("Title"), lambda row: text_of(row.names)),
    Column("state", gettext_lazy("State"), lambda row: row.state),
    Column("size", gettext_lazy("Members"), lambda row: row.size),
    Column("bodies", gettext_lazy("Bodies"), bodies),
    Column("years", gettext_lazy("Years"), years),
    Column("members", gettext_lazy("Recommendations"), _references),
)


@require_safe
def group_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the groups that the reader sees, as page, CSV or JSON."""
    reader = reader_of(request)
    seen, sight = listed_groups(reader), sight_of(reader)
    filters = filter_for(sight)
    rows = with_members(filters(request.GET, queryset=seen).qs.order_by("-size", "pk").distinct(), reader)
    context: dict[str, Any] = {}
    if form == "html":
        context = facets.shell(facets_for(sight), filters, request.GET, seen, request.path)
        context["may_group"] = bool(may_group(reader))
    return respond(
        request, rows=rows, columns=COLUMNS, form=form, template="analysis/groups.html", context=context
    )


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one group with its members, the reasons, and what is proposed."""
    reader = reader_of(request)
    return _page(request, reader, group_or_404(reader, pk))


def _page(request: HttpRequest, reader: Reader, group: Group, *, status: int = 200) -> HttpResponse:
    members = members_of(reader, group)
    allowed = bool(may_group(reader)) and group.state != "dissolved"
    standing = members.standing(group)
    context = {
        "group": group,
        "members": members,
        "by_body": _by_body(standing),
        "figures": _figures(standing),
        "sight": sight_of(reader),
        "may_group": allowed,
        "may_assign": bool(may(reader, Act.ASSIGN)),
        "may_plan": bool(may(reader, Act.PLAN)),
        "may_set_status": bool(may(reader, Act.SET_STATUS)),
        "may_contribute": bool(may(reader, Act.CONTRIBUTE)),
        "others": list(other_groups(reader, group)) if allowed and group.state == "confirmed" else [],
        "titles": [(code, name, group.names.get(code, "")) for code, name in settings.LANGUAGES],
        "contributions": contributions_for(reader)
        .filter(recommendation__in=[place.item.pk for place in standing])
        .order_by("institution__key", "recommendation__sort_key", "-changed_at"),
        "events": _history(reader, group),
    }
    return render(request, "analysis/group.html", context, status=status)


def _history(reader: Reader, group: Group) -> list[dict[str, Any]]:
    """Return what happened to a group, newest first; an act on a member names it."""
    events = list(
        with_people(
            Event.objects.filter(
                visible_to(reader), subject_type="recommendations.group", subject_id=group.pk
            )
        ).order_by("-position")[:HISTORY]
    )
    named = (
        recommendations_for(reader).select_related("document").in_bulk({event.item_id for event in events})
    )
    rows = timeline(events)
    for row, event in zip(rows, events, strict=True):
        if event.item_id in named:
            row["detail"] = format_html('<bdi dir="ltr">{}</bdi>', named[event.item_id])
            row["url"] = reverse("followup:item", args=[event.item_id])
    return rows


def _by_body(places: Sequence[Place]) -> list[tuple[Any, list[Place]]]:
    """Return the members by the body that made them, in their order."""
    found: dict[int, tuple[Any, list[Place]]] = {}
    for place in places:
        body = place.item.document.body
        found.setdefault(body.pk, (body, []))[1].append(place)
    return list(found.values())


def _figures(places: Sequence[Place]) -> dict[str, int]:
    """Return what a group reaches over: bodies, reviews, languages."""
    return {
        "bodies": len({place.item.document.body_id for place in places}),
        "documents": len({place.item.document_id for place in places}),
        "languages": len({row.language for place in places for row in place.item.texts.all()}),
    }


def _ids(data: QueryDict) -> list[int]:
    return [int(value) for value in data.getlist("selected") if value.isdecimal()]


def _version(data: QueryDict) -> int | None:
    seen = data.get("seen_version", "")
    return int(seen) if seen.isdecimal() else None


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, reject or split off the chosen members (`selected`), as the button `decision` says."""
    chosen, seen = _ids(request.POST), _version(request.POST)
    decision = request.POST.get("decision", "")

    def act(reader: Reader, group: Group) -> tuple[Group, str]:
        if decision == "confirm":
            done = commands.confirm_members(group=group, items=chosen, by=reader, seen_version=seen)
            return done, _("The members are confirmed.")
        if decision == "split":
            done = commands.split_group(group=group, items=chosen, by=reader, seen_version=seen)
            return done, _("A group of its own was made of them.")
        done = commands.reject_members(group=group, items=chosen, by=reader, seen_version=seen)
        return done, _("They do not belong to the group; they are not proposed for it again.")

    return _act(request, pk, act)


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a group its title in each language."""
    names = {code: request.POST.get(f"title_{code}", "")[:300] for code, _name in settings.LANGUAGES}
    seen = _version(request.POST)

    def act(reader: Reader, group: Group) -> tuple[Group, str]:
        done = commands.rename_group(group=group, names=names, by=reader, seen_version=seen)
        return done, _("The title is saved.")

    return _act(request, pk, act)


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the members of another group (`other`) into this one."""
    asked = request.POST.get("other", "")

    def act(reader: Reader, group: Group) -> tuple[Group, str]:
        other = group_or_404(reader, int(asked)) if asked.isdecimal() else group
        return commands.merge_groups(group=group, other=other, by=reader), _("The groups are one.")

    return _act(request, pk, act)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a recommendation named by its symbol and paragraph."""
    named = request.POST.get("reference", "")

    def act(reader: Reader, group: Group) -> tuple[Group, str]:
        items = items_called(reader, named)
        if not items:
            raise RuleViolated(_("No recommendation is called “%(name)s”.") % {"name": named})
        done = commands.add_members(group=group, items=items, by=reader)
        return done, ngettext(
            "%(count)s recommendation was added.", "%(count)s recommendations were added.", len(items)
        ) % {"count": localise_number(len(items))}

    return _act(request, pk, act)


@require_POST
def dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Dissolve a group: no two of its members are proposed together again."""
    seen = _version(request.POST)

    def act(reader: Reader, group: Group) -> tuple[Group, str]:
        done = commands.dissolve_group(group=group, by=reader, seen_version=seen)
        return done, _("The group is dissolved. What was written and assigned stays with each member.")

    return _act(request, pk, act)


@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Queue a new look for groups."""
    acting(reader_of(request), may_group(reader_of(request)))
    request_proposals()
    messages.success(request, _("Groups are looked for now; the list shows them in a moment."))
    return redirect("groups:list")


def _act(request: HttpRequest, pk: int, act: Callable[[Reader, Group], tuple[Group, str]]) -> HttpResponse:
    """Do what was asked and show the group; a refusal is shown on the page as it stands."""
    reader = reader_of(request)
    group = group_or_404(reader, pk)
    try:
        done, said = act(reader, group)
    except (RuleViolated, StaleData) as refusal:
        messages.error(request, str(refusal))
        code = 409 if isinstance(refusal, StaleData) else 422
        return _page(request, reader, group_or_404(reader, pk), status=code)
    messages.success(request, said)
    return redirect("groups:list") if done.state == "dissolved" else redirect("groups:show", done.pk)
