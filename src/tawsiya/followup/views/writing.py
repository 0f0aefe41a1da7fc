"""Begin a contribution and change it; nothing that was typed is lost."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting, require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import PermissionRefused, RuleViolated, StaleData
from tawsiya.followup.commands.contributions import (
    act_on_contribution,
    edit_contribution,
    start_contribution,
)
from tawsiya.followup.commands.groups import act_with_its_group, edit_with_its_group
from tawsiya.followup.forms import ContributionForm
from tawsiya.followup.models import Contribution
from tawsiya.followup.permissions import may_act_on_contribution, may_contribute
from tawsiya.followup.queries import accepted_on
from tawsiya.followup.views.common import author_ids, reader_of
from tawsiya.followup.views.contributions import contribution_or_404, together
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import item_for
from tawsiya.recommendations.reading import reader_language

COMPARED = ("measures_taken", "obstacles", "next_steps", "proposed_status", "language")


def writers_for(reader: Reader, item: Recommendation) -> list[Institution]:
    """Return the institutions in whose name the reader may write on an item now."""
    accepted = accepted_on(item)
    ids = [pk for pk in accepted if may_contribute(reader, pk, accepted)]
    return list(Institution.objects.filter(pk__in=ids).order_by("key"))


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a contribution on a recommendation."""
    reader = reader_of(request)
    item = item_for(reader, pk)
    institutions = writers_for(reader, item)
    if not institutions:
        require(reader, Act.CONTRIBUTE)
        raise PermissionRefused(_("Your institution has not accepted this recommendation."))
    form = ContributionForm(
        request.POST or None,
        position=item.position,
        institutions=institutions,
        initial={"language": reader_language()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            contribution = start_contribution(
                recommendation=item,
                institution=form.cleaned_data.get("institution") or institutions[0],
                content=form.content(),
                by=reader,
            )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            return _after_saving(request, reader, contribution)
    return _page(request, item, form, institutions=institutions)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft or a returned contribution; a newer version elsewhere is shown beside what was typed."""
    reader = reader_of(request)
    contribution = contribution_or_404(reader, pk)
    acting(reader, may_act_on_contribution(reader, contribution, "edit", author_ids(contribution)))
    item = contribution.recommendation
    initial = {name: getattr(contribution, name) for name in COMPARED}
    form = ContributionForm(
        request.POST or None,
        position=item.position,
        initial=initial | {"seen_version": contribution.version},
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            seen_version = form.cleaned_data["seen_version"] or 0
            if request.POST.get("with_group"):
                contribution = edit_with_its_group(
                    contribution=contribution, content=form.content(), seen_version=seen_version, by=reader
                )[0]
            else:
                contribution = edit_contribution(
                    contribution=contribution, content=form.content(), seen_version=seen_version, by=reader
                )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        except StaleData as refusal:
            form.add_error(None, str(refusal))
            contribution.refresh_from_db()
            conflict = _conflict(contribution, form)
            form = _with_version(form, item.position, contribution.version)
        else:
            return _after_saving(request, reader, contribution)
    return _page(request, item, form, contribution=contribution, conflict=conflict)


def _with_version(form: ContributionForm, position: str, version: int) -> ContributionForm:
    """Return the form with what was typed, now about the version that the person sees beside it."""
    data = cast(QueryDict, form.data).copy()
    data["seen_version"] = str(version)
    renewed = ContributionForm(data, position=position)
    renewed.full_clean()
    for error in form.non_field_errors():
        renewed.add_error(None, error)
    return renewed


def _conflict(contribution: Contribution, form: ContributionForm) -> list[dict[str, Any]]:
    """Return the fields that differ: the saved text beside the typed one."""
    rows = []
    for name in COMPARED:
        saved, typed = getattr(contribution, name), form.cleaned_data[name]
        if saved != typed:
            words = dict(getattr(form.fields[name], "choices", ()))
            rows.append(
                {
                    "label": form.fields[name].label,
                    "saved": words.get(saved, saved),
                    "typed": words.get(typed, typed),
                }
            )
    return rows


def _after_saving(request: HttpRequest, reader: Reader, contribution: Contribution) -> HttpResponse:
    """Submit where the person asked for it, and show the contribution."""
    if request.POST.get("then") != "submit":
        messages.success(request, _("Saved."))
        return redirect("followup:contribution", contribution.pk)
    try:
        take = act_with_its_group if request.POST.get("with_group") else act_on_contribution
        take(contribution=contribution, action="submit", by=reader)
    except RuleViolated as refusal:
        messages.warning(request, _("Saved, but not submitted: %(reason)s") % {"reason": str(refusal)})
        return redirect("followup:contribution-edit", contribution.pk)
    messages.success(request, _("Submitted to the validator of your institution."))
    return redirect("followup:contribution", contribution.pk)


def _page(
    request: HttpRequest,
    item: Recommendation,
    form: ContributionForm,
    *,
    contribution: Contribution | None = None,
    institutions: Sequence[Institution] = (),
    conflict: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    context = {
        "item": item,
        "form": form,
        "contribution": contribution,
        "institution": contribution.institution if contribution else institutions[0],
        "chooses_institution": "institution" in form.fields,
        "conflict": conflict,
        "together": together(reader_of(request), contribution) if contribution else [],
    }
    status = 409 if conflict is not None else 200
    return render(request, "followup/write.html", context, status=status)
