"""Invitations: the administrator's list, sending and revoking, and the page that accepts one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.choices import Role
from tawsiya.accounts.commands import accept_invitation, find_invitation, invite, revoke_invitation
from tawsiya.accounts.filters import INVITATION_FACETS, InvitationFilter
from tawsiya.accounts.forms import AcceptForm, InviteForm
from tawsiya.accounts.languages import in_language
from tawsiya.accounts.links import address_of
from tawsiya.accounts.models import Invitation, User
from tawsiya.accounts.permissions import require
from tawsiya.accounts.queries import invitations
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.accounts.views.common import carry_out
from tawsiya.core import facets
from tawsiya.core.errors import RuleViolated
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, respond

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

COLUMNS = (
    Column("email", gettext_lazy("E-mail address"), lambda row: row.email),
    Column("name", gettext_lazy("Name"), lambda row: row.name),
    Column("name_ar", gettext_lazy("Name in Arabic"), lambda row: row.name_ar),
    Column("institution", gettext_lazy("Institution"), lambda row: text_of(row.institution.names)),
    Column("role", gettext_lazy("Role"), lambda row: row.role),
    Column("state", gettext_lazy("State"), lambda row: row.state),
    Column("invited_by", gettext_lazy("Invited by"), lambda row: str(row.invited_by)),
    Column("invited_at", gettext_lazy("Invited"), lambda row: row.invited_at),
    Column("expires_at", gettext_lazy("Expires"), lambda row: row.expires_at),
)


@require_safe
def invitation_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """List all invitations; never their secrets."""
    require(reader_of(request), Act.MANAGE_ACCOUNTS)
    seen = invitations()
    context: dict[str, Any] = {}
    if form == "html":
        context = facets.shell(INVITATION_FACETS, InvitationFilter, request.GET, seen, request.path)
    return respond(
        request,
        rows=InvitationFilter(request.GET, queryset=seen).qs.order_by("-invited_at", "-pk"),
        columns=COLUMNS,
        form=form,
        template="accounts/invitations.html",
        context=context,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Invite a person.

    The answer to the POST itself shows the link, once: it is stored nowhere, not even in the session.
    """
    reader = reader_of(request)
    require(reader, Act.MANAGE_ACCOUNTS)
    form = InviteForm(request.POST or None)
    sent: list[tuple[Invitation, str]] = []
    if request.method == "POST" and carry_out(
        form,
        lambda: sent.append(
            invite(
                person=form.person(),
                institution=form.cleaned_data["institution"],
                role=Role(form.cleaned_data["role"]),
                by=reader,
            )
        ),
    ):
        invitation, token = sent[0]
        context = {"invitation": invitation, "link": address_of(token, invitation.language)}
        return render(request, "accounts/invitation_sent.html", context)
    return render(request, "accounts/invite.html", {"form": form})


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an open invitation back."""
    reader = reader_of(request)
    require(reader, Act.MANAGE_ACCOUNTS)
    invitation = get_object_or_404(Invitation, pk=pk)
    try:
        revoke_invitation(invitation=invitation, by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation is revoked: its link works no more."))
    return redirect("accounts:invitations")


@never_cache
@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person choose a password and come in.

    A link that is unknown, used, revoked or expired gets one same answer, 404.
    """
    try:
        invitation = find_invitation(token)
    except RuleViolated as refusal:
        return _invalid(request, refusal)
    form = AcceptForm(request.POST or None)
    made: list[User] = []
    if request.method == "POST" and carry_out(
        form,
        lambda: made.append(accept_invitation(token=token, password=form.cleaned_data["password"])),
    ):
        # Whoever else was signed in on this machine is signed out first.
        login(request, made[0], backend=BACKEND)
        messages.success(request, _("Welcome. Your account is open."))
        return in_language(redirect("dashboards:home"), made[0].language)
    return render(request, "accounts/accept.html", {"form": form, "invitation": invitation})


def _invalid(request: HttpRequest, refusal: RuleViolated) -> HttpResponse:
    return render(request, "accounts/accept_invalid.html", {"reason": str(refusal)}, status=404)
