"""A group taken as one: its status and its contribution, with what each member has of its own."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting, require
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.core.formats import localise_number
from tawsiya.followup.commands.contributions import act_on_contribution
from tawsiya.followup.commands.groups import set_group_status, start_group_contribution
from tawsiya.followup.forms import ContributionForm, StatusForm
from tawsiya.followup.permissions import may_set_status
from tawsiya.followup.queries_of_groups import (
    members_in_order,
    members_to_write_on,
    members_without_status,
    writing_institutions,
)
from tawsiya.followup.views.common import address_of
from tawsiya.recommendations.choices import Position, Status, scale_for
from tawsiya.recommendations.models import Group, Recommendation
from tawsiya.recommendations.queries import group_or_404
from tawsiya.recommendations.reading import reader_language


def _scales(members: Sequence[Recommendation]) -> set[tuple[Status, ...]]:
    return {scale_for(member.position) for member in members}


def _position(members: Sequence[Recommendation]) -> str:
    """Return the position whose scale of statuses a form offers: the members' where they share one."""
    return Position.NOTED if _scales(members) == {scale_for(Position.NOTED)} else ""


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a status for the members of a group that have none of their own."""
    reader = reader_of(request)
    group = group_or_404(reader, pk)
    acting(reader, may_set_status(reader))
    members, own = members_without_status(reader, group)
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None:
        data["seen_version"] = "0"  # each member's own is read when it is written
    form = StatusForm(
        data, position=_position(members), initial={"language": reader_language(), "seen_version": 0}
    )
    if len(_scales(members)) > 1:
        form.fields["status"].choices = Status.choices  # type: ignore[attr-defined]  # a ChoiceField
    if request.method == "POST" and form.is_valid():
        try:
            made = set_group_status(
                group=group,
                status=form.chosen(),
                justification=form.cleaned_data["justification"],
                language=form.cleaned_data["language"],
                by=reader,
            )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            text = ngettext(
                "The status is set on %(count)s recommendation.",
                "The status is set on %(count)s recommendations.",
                len(made),
            )
            messages.success(request, text % {"count": localise_number(len(made))})
            return redirect(_page_of(group))
    context = {
        "title": _("Status of the group"),
        "group": group,
        "form": form,
        "reached": members,
        "own": own,
    }
    return render(request, "followup/group_status.html", context | {"back_url": _page_of(group)})


@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request: HttpRequest, pk: int) -> HttpResponse:
    """Write one contribution for every member of a group that the institution accepted."""
    reader = reader_of(request)
    group = group_or_404(reader, pk)
    institutions = list(
        Institution.objects.filter(pk__in=writing_institutions(reader, group)).order_by("key")
    )
    if not institutions:
        require(reader, Act.CONTRIBUTE)
        raise PermissionRefused(_("Your institution has accepted no recommendation of this group."))
    members, others = members_to_write_on(reader, group, institutions[0].pk)
    form = ContributionForm(
        request.POST or None,
        position=_position(members),
        institutions=institutions,
        initial={"language": reader_language()},
    )
    if len(_scales(members)) > 1:
        # No status fits a supported and a noted recommendation alike.
        del form.fields["proposed_status"]
    if request.method == "POST" and form.is_valid():
        form.cleaned_data.setdefault("proposed_status", "")
        try:
            made = start_group_contribution(
                group=group,
                institution=form.cleaned_data.get("institution") or institutions[0],
                content=form.content(),
                by=reader,
            )
            if request.POST.get("then") == "submit":
                for contribution in made:
                    act_on_contribution(contribution=contribution, action="submit", by=reader)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            text = ngettext(
                "Written on %(count)s recommendation of the group.",
                "Written on %(count)s recommendations of the group.",
                len(made),
            )
            messages.success(request, text % {"count": localise_number(len(made))})
            return redirect("followup:contribution", made[0].pk)
    context: dict[str, Any] = {
        "title": _("Contribution for the group"),
        "group": group,
        "form": form,
        "reached": members,
        "own": others,
        "institution": institutions[0],
        "back_url": _page_of(group),
    }
    return render(request, "followup/group_contribute.html", context)


def _page_of(group: Group) -> str:
    return address_of("groups:show", group.pk) or "/"


__all__ = ["contribute", "members_in_order", "status"]
