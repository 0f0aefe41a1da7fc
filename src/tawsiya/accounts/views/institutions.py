"""The list of institutions, the page of one, and what administrators change there."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tawsiya.accounts import succession
from tawsiya.accounts.commands import (
    add_institution,
    change_institution,
    check_succession,
    succeed_institution,
)
from tawsiya.accounts.filters import INSTITUTION_FACETS, InstitutionFilter
from tawsiya.accounts.forms import InstitutionForm, SuccessorForm
from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import may, require
from tawsiya.accounts.queries import institutions_for, memberships_for
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.accounts.views.common import carry_out, reader_of_people
from tawsiya.core import facets
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, respond

COLUMNS = (
    Column("key", gettext_lazy("Key"), lambda row: row.key),
    Column("name_ar", gettext_lazy("Name in Arabic"), lambda row: row.names.get("ar", "")),
    Column("name_fr", gettext_lazy("Name in French"), lambda row: row.names.get("fr", "")),
    Column("name_en", gettext_lazy("Name in English"), lambda row: row.names.get("en", "")),
    Column("kind", gettext_lazy("Kind"), lambda row: row.kind),
    Column("directorate_of", gettext_lazy("Directorate of"), lambda row: row.parent and row.parent.key),
    Column("people", gettext_lazy("People"), lambda row: row.people),
    Column("exists_from", gettext_lazy("Exists since"), lambda row: row.exists_from),
    Column("exists_to", gettext_lazy("Existed until"), lambda row: row.exists_to),
    Column("replaced_by", gettext_lazy("Replaced by"), lambda row: row.successor and row.successor.key),
)


@require_safe
def institution_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the institutions that the reader sees, each before its directorates."""
    reader = reader_of_people(request)
    seen = institutions_for(reader)
    rows = InstitutionFilter(request.GET, queryset=seen).qs.order_by(
        Coalesce("parent__key", "key"), F("parent_id").asc(nulls_first=True), "key"
    )
    context: dict[str, Any] = {"may_change": bool(may(reader, Act.MANAGE_INSTITUTIONS))}
    if form == "html":
        context |= facets.shell(INSTITUTION_FACETS, InstitutionFilter, request.GET, seen, request.path)
    return respond(
        request,
        rows=rows.select_related("parent", "successor"),
        columns=COLUMNS,
        form=form,
        template="accounts/institutions.html",
        context=context,
    )


def _institution_or_404(reader: Reader, pk: int) -> Institution:
    rows = institutions_for(reader).select_related("parent", "successor")
    return get_object_or_404(rows, pk=pk)


@require_safe
def institution(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an institution: its names, parts, predecessors, successor and people."""
    reader = reader_of_people(request)
    return _page(request, _institution_or_404(reader, pk))


def _page(
    request: HttpRequest, subject: Institution, successor_form: SuccessorForm | None = None
) -> HttpResponse:
    reader, today = reader_of(request), timezone.localdate()
    roles = list(memberships_for(reader).filter(institution=subject).order_by("role", "user__name"))
    allowed = bool(may(reader, Act.MANAGE_INSTITUTIONS))
    context: dict[str, Any] = {
        "institution": subject,
        "directorates": institutions_for(reader).filter(parent=subject).order_by("key"),
        "predecessors": institutions_for(reader).filter(successor=subject).order_by("key"),
        "roles": [
            row for row in roles if row.user.is_active and (row.ends_on is None or row.ends_on >= today)
        ],
        "past_roles": [
            row for row in roles if not row.user.is_active or (row.ends_on and row.ends_on < today)
        ],
        "allowed": allowed,
    }
    if allowed and subject.successor_id is None:
        context["successor_form"] = successor_form or SuccessorForm(institution=subject)
        context["open_successor"] = successor_form is not None
    return render(request, "accounts/institution.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, parent_pk: int | None = None) -> HttpResponse:
    """Create an institution, or a directorate of one."""
    reader = reader_of_people(request)
    parent = _institution_or_404(reader, parent_pk) if parent_pk is not None else None
    require(reader, Act.MANAGE_INSTITUTIONS)
    form = InstitutionForm(request.POST or None, directorate=parent is not None)
    made: list[Institution] = []
    if request.method == "POST" and carry_out(
        form,
        lambda: made.append(
            add_institution(facts=form.facts(parent.kind if parent else ""), parent=parent, by=reader)
        ),
    ):
        messages.success(request, _("The institution is created."))
        return redirect("accounts:institution", made[0].pk)
    return render(request, "accounts/institution_form.html", {"form": form, "parent": parent})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an institution's names, kind and first day."""
    reader = reader_of_people(request)
    subject = _institution_or_404(reader, pk)
    require(reader, Act.MANAGE_INSTITUTIONS)
    form = InstitutionForm(
        request.POST or None,
        directorate=subject.parent_id is not None,
        initial=InstitutionForm.initial_of(subject),
    )
    if request.method == "POST" and carry_out(
        form,
        lambda: change_institution(institution=subject, facts=form.facts(subject.kind), by=reader),
    ):
        messages.success(request, _("The institution is changed."))
        return redirect("accounts:institution", subject.pk)
    return render(request, "accounts/institution_form.html", {"form": form, "institution": subject})


@require_http_methods(["POST"])
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Record which institution takes over: first what will be handed over, then, confirmed, all of it."""
    reader = reader_of_people(request)
    subject = _institution_or_404(reader, pk)
    require(reader, Act.MANAGE_INSTITUTIONS)
    form = SuccessorForm(request.POST, institution=subject)
    confirmed = request.POST.get("step") == "apply"
    decide = succeed_institution if confirmed else check_succession
    done = carry_out(
        form,
        lambda: decide(
            institution=subject,
            successor=form.cleaned_data["successor"],
            on=form.cleaned_data["on"],
            by=reader,
        ),
    )
    if not done:
        return _page(request, subject, successor_form=form)
    if not confirmed:
        successor = form.cleaned_data["successor"]
        context = {
            "institution": subject,
            "successor": successor,
            "on": form.cleaned_data["on"],
            "sections": succession.preview(subject, successor),
        }
        return render(request, "accounts/replace.html", context)
    messages.success(
        request,
        _("%(successor)s takes over.") % {"successor": text_of(form.cleaned_data["successor"].names)},
    )
    return redirect("accounts:institution", subject.pk)
