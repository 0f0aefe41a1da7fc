"""Pages of the delegation: choose and see what the public will see, publish, withdraw."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.permissions import may, require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_with_role
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import PermissionRefused, RuleViolated, StaleData
from tawsiya.core.tables import Column, respond
from tawsiya.portal.choices import TEXT_ONLY
from tawsiya.portal.commands import publish, publish_many, withdraw_publication
from tawsiya.portal.composing import Composed, compose, offer
from tawsiya.portal.differences import differences
from tawsiya.portal.forms import ManyForm, SelectionForm, pairs_of
from tawsiya.portal.models import PublicationAct, Snapshot
from tawsiya.portal.published import preview_of
from tawsiya.portal.queries import latest_of, publications_for, selection_of
from tawsiya.portal.views.public import reading
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import recommendations_for

FILTERS = ("published", "withdrawn", "news")
COLUMNS = [
    Column("id", gettext_lazy("Number"), lambda row: row.pk),
    Column("symbol", gettext_lazy("Symbol"), lambda row: row.document.symbol),
    Column("paragraph", gettext_lazy("Paragraph"), lambda row: row.label),
    Column("version", gettext_lazy("Version"), lambda row: row.publication),
    Column("act", gettext_lazy("State"), lambda row: row.act),
    Column("published_at", gettext_lazy("Date"), lambda row: row.published_at),
    Column("public_status", gettext_lazy("Published status"), lambda row: row.public_status),
    Column("has_news", gettext_lazy("Changed since publication"), lambda row: row.has_news),
]


def _item(request: HttpRequest, pk: int) -> Recommendation:
    """Return the recommendation that a coordinator may publish.

    Raises:
        Http404: nothing that this reader may see.
        PermissionRefused: seen, but not this reader's to publish.
    """
    reader = reader_with_role(request)
    rows = recommendations_for(reader).select_related("document__body", "document__review", "parent")
    found = get_object_or_404(rows, pk=pk)
    require(reader, Act.PUBLISH)
    return found


@require_safe
def publications(request: HttpRequest, form: str) -> HttpResponseBase:
    """List what was published, for the delegation."""
    reader = reader_with_role(request)
    if not reader.is_delegation:
        raise PermissionRefused(_("Only the delegation reads the list of publications."))
    rows = publications_for(reader)
    counts = {
        "published": rows.filter(act=PublicationAct.PUBLISH).count(),
        "withdrawn": rows.filter(act=PublicationAct.WITHDRAW).count(),
        "news": rows.filter(has_news=True).count(),
    }
    chosen = request.GET.get("show", "")
    if chosen == "news":
        rows = rows.filter(has_news=True)
    elif chosen in FILTERS:
        rows = rows.filter(act=PublicationAct.PUBLISH if chosen == "published" else PublicationAct.WITHDRAW)
    context = {
        "tabs": _tabs(request.path, chosen, counts),
        "may_publish": may(reader, Act.PUBLISH),
        "withdraw_act": PublicationAct.WITHDRAW,
    }
    return respond(
        request, rows=rows, columns=COLUMNS, form=form, template="portal/publications.html", context=context
    )


def _tabs(path: str, chosen: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    labels = {
        "": _("All"),
        "published": _("Published"),
        "news": _("Changed since publication"),
        "withdrawn": _("Withdrawn"),
    }
    return [
        {
            "label": label,
            "url": f"{path}?show={key}" if key else path,
            "active": key == chosen,
            "badge": counts.get(key, counts["published"] + counts["withdrawn"]),
        }
        for key, label in labels.items()
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what to publish, with the page that the public would see; POST publishes it."""
    item = _item(request, pk)
    reader = reader_with_role(request)
    current = latest_of(item.pk)
    offered = offer(item, reader)
    before = selection_of(current, offered) if current else TEXT_ONLY
    chosen = request.POST if request.method == "POST" else request.GET
    form = SelectionForm(chosen if "chosen" in chosen else None, offered=offered, selection=before)
    selection = form.selection() if form.is_bound and form.is_valid() else before
    problem = ""
    if form.is_bound and not form.is_valid():
        problem = _("Choose among what is offered.")
    try:
        if request.method == "POST" and form.is_bound and form.is_valid():
            seen = request.POST.get("seen") or "none"
            snapshot = publish(recommendation=item, selection=selection, by=reader, seen=seen)
            messages.success(request, _("Published as version %(version)s.") % {"version": snapshot.version})
            return redirect("portal:publish", pk=item.pk)
    except (RuleViolated, StaleData) as error:
        problem = str(error)
    composed = None
    try:
        composed = compose(item, selection, reader)
    except RuleViolated as error:
        problem = problem or str(error)
    context = _edit_context(item, current, composed)
    context |= {"form": form, "problem": problem, "pairs": pairs_of(selection)}
    return render(request, "portal/publish.html", context)


def _edit_context(
    item: Recommendation, current: Snapshot | None, composed: Composed | None
) -> dict[str, Any]:
    public = current if current and current.act == PublicationAct.PUBLISH else None
    context: dict[str, Any] = {
        "recommendation": item,
        "current": current,
        "public": public,
        "withdraw_url": reverse("portal:withdraw", args=[item.pk]),
    }
    if composed is not None:
        version = current.version + 1 if current else 1
        context |= reading(preview_of(item.pk, version, composed.content))
        context["differences"] = differences(public.content, composed.content) if public else []
        context["seen"] = composed.fingerprint
        context["same"] = public is not None and public.content == composed.content
    return context


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the recommendation off the public pages."""
    item = _item(request, pk)
    try:
        withdraw_publication(
            recommendation=item, by=reader_with_role(request), reason=request.POST.get("reason", "")
        )
        messages.success(request, _("Withdrawn from the public pages."))
    except RuleViolated as error:
        messages.error(request, str(error))
    return redirect("portal:publish", pk=item.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """Publish a selection of the list: shown first, published once confirmed.

    The list posts its selection here too (it can be too long for an address); only a POST with
    `confirmed` publishes.
    """
    reader = reader_with_role(request)
    require(reader, Act.PUBLISH)
    confirmed = request.method == "POST" and "confirmed" in request.POST
    form = ManyForm(request.POST if confirmed else None)
    ids = _chosen_ids(request)
    rows = recommendations_for(reader).select_related("document__body", "document__review", "parent")
    chosen = list(rows.filter(pk__in=ids))
    parts = list(rows.filter(parent_id__in=ids, withdrawn_at__isnull=True).exclude(pk__in=ids))
    if not chosen:
        messages.error(request, _("Choose at least one recommendation."))
        return redirect("recommendations:list")
    problem = ""
    if confirmed and form.is_valid():
        wanted = [*chosen, *parts] if form.cleaned_data["with_parts"] else chosen
        try:
            done = publish_many(
                recommendations=wanted, with_status=form.cleaned_data["with_status"], by=reader
            )
        except RuleViolated as error:
            problem = str(error)
        else:
            messages.success(request, _say(len(done.snapshots), done.unchanged))
            return redirect("portal:publications")
    context = {"form": form, "problem": problem, **_many_context(reader, chosen, parts)}
    return render(request, "portal/publish_many.html", context)


def _chosen_ids(request: HttpRequest) -> set[int]:
    """Return the ids of `selected` (checkboxes) and `ids` (a list with commas); others are no ids."""
    data = request.POST if request.method == "POST" else request.GET
    values = [*data.getlist("selected"), *data.get("ids", "").split(",")]
    return {int(value) for value in values if value.isdecimal() and len(value) < 19}


def _many_context(
    reader: Reader, chosen: list[Recommendation], parts: list[Recommendation]
) -> dict[str, Any]:
    published = publications_for(reader).filter(act=PublicationAct.PUBLISH).values_list("pk", flat=True)
    already = set(published.filter(pk__in=[row.pk for row in chosen]))
    return {
        "chosen": chosen,
        "ids": ",".join(str(row.pk) for row in chosen),
        "parts": len(parts),
        "published": already,
        "already": len(already),
        "with_status": sum(1 for row in chosen if row.status),
    }


def _say(written: int, unchanged: int) -> str:
    said = ngettext(
        "%(number)s recommendation was published.", "%(number)s recommendations were published.", written
    ) % {"number": written}
    if not unchanged:
        return said
    also = ngettext("%(number)s was unchanged.", "%(number)s were unchanged.", unchanged)
    return f"{said} {also % {'number': unchanged}}"
