"""Begin a contribution and change it; nothing that was typed is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting, may, require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import PermissionRefused, RuleViolated, StaleData
from tawsiya.followup.commands.contributions import (
    act_on_contribution,
    edit_contribution,
    start_contribution,
)
from tawsiya.followup.commands.groups import act_with_its_group, edit_with_its_group
from tawsiya.followup.commands.typing import forget_typed, keep_typed_on
from tawsiya.followup.content import content_of
from tawsiya.followup.forms import ContributionForm
from tawsiya.followup.forms.writing import typed_values
from tawsiya.followup.models import Contribution, TypedText
from tawsiya.followup.permissions import may_act_on_contribution, may_contribute
from tawsiya.followup.queries import accepted_on
from tawsiya.followup.queries_of_writing import (
    as_saved,
    contribution_place,
    item_place,
    joined,
    typed_in,
)
from tawsiya.followup.views.common import author_ids
from tawsiya.followup.views.contributions import contribution_or_404, together
from tawsiya.followup.views.contributions import page as contribution_page
from tawsiya.followup.views.differences import Shown, shown
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import item_for
from tawsiya.recommendations.reading import reader_language

# Fields of the page that are no part of what was typed.
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "then", "with_group", "seen_version", "stay"})


def writers_for(reader: Reader, item: Recommendation) -> list[Institution]:
    """Return the institutions in whose name the reader may write on an item now."""
    accepted = accepted_on(item)
    ids = [pk for pk in accepted if may_contribute(reader, pk, accepted)]
    return list(Institution.objects.filter(pk__in=ids).order_by("key"))


def fields_typed(request: HttpRequest) -> dict[str, str]:
    """Return the fields of a form as its page sent them."""
    return {name: str(value) for name, value in request.POST.items() if name not in NOT_TYPED}


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a contribution on a recommendation."""
    reader = reader_of(request)
    item = item_for(reader, pk)
    institutions = writers_for(reader, item)
    if not institutions:
        require(reader, Act.CONTRIBUTE)
        raise PermissionRefused(_("Your institution has not accepted this recommendation."))
    typed = typed_in(item_place(item.pk), by=reader) if request.method != "POST" else None
    form = ContributionForm(
        request.POST or None,
        position=item.position,
        institutions=institutions,
        initial={"language": reader_language()} | (typed_values(typed.fields) if typed else {}),
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
            forget_typed(item_place(item.pk), by=reader)
            return _after_saving(request, reader, contribution, item_place(item.pk))
    return _page(request, item, form, institutions=institutions, typed=typed)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft or a returned contribution; a newer version elsewhere is shown beside what was typed."""
    reader = reader_of(request)
    contribution = contribution_or_404(reader, pk)
    decision = may_act_on_contribution(reader, contribution, "edit", author_ids(contribution))
    if request.method != "POST":
        acting(reader, decision)
        return _resume(request, reader, contribution)
    if not decision and may(reader, Act.CONTRIBUTE, contribution.institution_id):
        # Submitted or decided by somebody else while this person was writing.
        keep_typed_on(contribution, fields=fields_typed(request), seen=seen_version(request), by=reader)
        messages.error(request, str(decision.reason))
        return contribution_page(request, contribution, status=403)
    acting(reader, decision)
    return _save(request, reader, contribution)


def seen_version(request: HttpRequest) -> int:
    """Return the version on which the form's sender began, 0 where it says none."""
    seen = request.POST.get("seen_version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else 0


def _resume(request: HttpRequest, reader: Reader, contribution: Contribution) -> HttpResponse:
    """Show the form with what is saved, or with what the person typed before and did not save."""
    saved = asdict(content_of(contribution))
    typed = typed_in(contribution_place(contribution.pk), by=reader)
    mine = merged(contribution, typed_values(typed.fields), typed.seen_version) if typed else saved
    rows = shown(saved, mine)
    form = ContributionForm(
        position=contribution.recommendation.position,
        initial=saved | mine | {"seen_version": contribution.version},
    )
    stale = typed is not None and typed.seen_version != contribution.version
    return _page(
        request,
        contribution.recommendation,
        form,
        contribution=contribution,
        typed=typed if rows else None,
        conflict=rows if stale and rows else None,
        status=200,
    )


def merged(contribution: Contribution, typed: Mapping[str, Any], seen: int) -> dict[str, Any]:
    """Return what somebody typed on version `seen`; where only others changed a field since, theirs."""
    saved = asdict(content_of(contribution))
    mine = {name: value for name, value in typed.items() if name in saved}
    if seen == contribution.version:
        return mine
    return joined(as_saved(contribution, seen), saved, mine)


def _save(request: HttpRequest, reader: Reader, contribution: Contribution) -> HttpResponse:
    item, place = contribution.recommendation, contribution_place(contribution.pk)
    saved = asdict(content_of(contribution))
    form = ContributionForm(request.POST, position=item.position, initial=saved)
    conflict, seen = None, seen_version(request)
    if form.is_valid():
        try:
            write = edit_with_its_group if request.POST.get("with_group") else edit_contribution
            write(contribution=contribution, content=form.content(), seen_version=seen, by=reader)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        except StaleData as refusal:
            keep_typed_on(contribution, fields=fields_typed(request), seen=seen, by=reader)
            contribution.refresh_from_db()
            mine = merged(contribution, asdict(form.content()), seen)
            conflict = shown(asdict(content_of(contribution)), mine)
            form = ContributionForm(
                position=item.position, initial=mine | {"seen_version": contribution.version}
            )
            messages.error(request, str(refusal))
        else:
            forget_typed(place, by=reader)
            contribution.refresh_from_db()
            return _after_saving(request, reader, contribution, place)
    return _page(request, item, form, contribution=contribution, conflict=conflict)


def _after_saving(
    request: HttpRequest, reader: Reader, contribution: Contribution, place: str
) -> HttpResponse:
    """Submit where the person asked for it, and show the contribution; the browser forgets what it kept."""
    request.session["written"] = place
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
    typed: TypedText | None = None,
    conflict: list[Shown] | None = None,
    status: int | None = None,
) -> HttpResponse:
    reader = reader_of(request)
    place = contribution_place(contribution.pk) if contribution else item_place(item.pk)
    context = {
        "item": item,
        "form": form,
        "contribution": contribution,
        "institution": contribution.institution if contribution else institutions[0],
        "chooses_institution": "institution" in form.fields,
        "conflict": conflict,
        "typed": typed,
        "place": place,
        "typing_url": reverse("followup:contribution-typing", args=[contribution.pk])
        if contribution
        else reverse("followup:item-typing", args=[item.pk]),
        "keep_on_device": settings.KEEP_TYPED_ON_DEVICE,
        "kept_days": settings.TYPED_TEXT_DAYS,
        "together": together(reader, contribution) if contribution else [],
    }
    if status is None:
        status = 409 if conflict is not None else 200
    return render(request, "followup/write.html", context, status=status)
