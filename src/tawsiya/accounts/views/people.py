"""The list of people, the page of one, and what administrators change there."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.choices import MailPace, Role
from tawsiya.accounts.commands import (
    choose_settings,
    close_account,
    end_deputy,
    end_membership,
    give_role,
    name_deputy,
)
from tawsiya.accounts.filters import PEOPLE_FACETS, PeopleFilter
from tawsiya.accounts.forms import DeputyForm, EndRoleForm, LanguageForm, RoleForm
from tawsiya.accounts.languages import in_language
from tawsiya.accounts.models import Deputy, Membership, User
from tawsiya.accounts.permissions import may, may_be_absent, require
from tawsiya.accounts.queries import colleagues_of, memberships_for, people_for
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.accounts.views.common import carry_out, reader_of_people
from tawsiya.core import facets
from tawsiya.core.errors import RuleViolated
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, respond


def _roles(user: Any) -> list[str]:
    return [str(Role(row.role).label) for row in user.roles_today]


def _places(user: Any) -> list[str]:
    return [text_of(row.institution.names) for row in user.roles_today]


COLUMNS = (
    Column("name", gettext_lazy("Name"), lambda row: row.name),
    Column("name_ar", gettext_lazy("Name in Arabic"), lambda row: row.name_ar),
    Column("email", gettext_lazy("E-mail address"), lambda row: row.email),
    Column("roles", gettext_lazy("Roles"), _roles),
    Column("institutions", gettext_lazy("Institutions"), _places),
    Column("language", gettext_lazy("Language"), lambda row: row.language),
    Column("open", gettext_lazy("Open account"), lambda row: row.is_active),
)


@require_safe
def people_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the people that the reader sees, with their roles of today."""
    reader = reader_of_people(request)
    seen = people_for(reader)
    rows = PeopleFilter(request.GET, queryset=seen).qs.order_by("name", "pk").distinct()
    context: dict[str, Any] = {"may_invite": bool(may(reader, Act.MANAGE_ACCOUNTS))}
    if form == "html":
        context |= facets.shell(PEOPLE_FACETS, PeopleFilter, request.GET, seen, request.path)
    return respond(
        request,
        rows=rows.prefetch_related(_roles_today(reader)),
        columns=COLUMNS,
        form=form,
        template="accounts/people.html",
        context=context,
    )


def _roles_today(reader: Reader) -> Prefetch:
    day = timezone.localdate()
    today = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    return Prefetch("memberships", memberships_for(reader).filter(today), to_attr="roles_today")


def _person_or_404(reader: Reader, pk: int) -> User:
    return get_object_or_404(people_for(reader).distinct(), pk=pk)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person: roles, replacements, and for administrators what can be changed."""
    reader = reader_of_people(request)
    return _page(request, _person_or_404(reader, pk))


def _page(
    request: HttpRequest,
    subject: User,
    *,
    role_form: RoleForm | None = None,
    deputy_form: DeputyForm | None = None,
) -> HttpResponse:
    """Render a person's page; with a refused form, what was typed stays in it."""
    reader, today = reader_of(request), timezone.localdate()
    roles = list(memberships_for(reader).filter(user=subject).order_by("-starts_on", "pk"))
    replaced = Deputy.objects.filter(Q(person=subject) | Q(deputy=subject)).select_related("person", "deputy")
    allowed = bool(may(reader, Act.MANAGE_ACCOUNTS))
    replacements = [row for row in replaced if row.ends_on >= today]
    current = [row for row in roles if row.ends_on is None or row.ends_on >= today]
    context: dict[str, Any] = {
        "person": subject,
        "roles": current,
        "past_roles": [row for row in roles if row.ends_on is not None and row.ends_on < today],
        "replacements": replacements,
        "past_replacements": [row for row in replaced if row.ends_on < today],
        "allowed": allowed,
        "own": subject.pk == reader.user_id,
        "today": today,
    }
    if allowed and subject.is_active:
        context |= {
            "role_form": role_form or RoleForm(),
            "deputy_form": deputy_form or DeputyForm(people=colleagues_of(subject)),
            "open_role": role_form is not None,
            "open_deputy": deputy_form is not None,
        }
    return render(request, "accounts/person.html", context)


@require_POST
def add_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a role."""
    reader = reader_of_people(request)
    subject = _person_or_404(reader, pk)
    require(reader, Act.MANAGE_ACCOUNTS)
    form = RoleForm(request.POST)
    done = carry_out(
        form,
        lambda: give_role(
            user=subject,
            institution=form.cleaned_data["institution"],
            role=Role(form.cleaned_data["role"]),
            starts_on=form.cleaned_data["starts_on"],
            by=reader,
        ),
    )
    if not done:
        return _page(request, subject, role_form=form)
    messages.success(request, _("The role is given."))
    return redirect("accounts:person", subject.pk)


@require_POST
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role, at once or on a day."""
    reader = reader_of_people(request)
    membership = get_object_or_404(memberships_for(reader), pk=pk)
    form = EndRoleForm(request.POST)
    require(reader, Act.MANAGE_ACCOUNTS)
    if not form.is_valid():
        messages.error(request, _("The day could not be read; nothing was changed."))
    else:
        _say(
            request,
            lambda: end_membership(membership=membership, by=reader, ends_on=form.cleaned_data["ends_on"]),
            _("The end of the role is recorded."),
        )
    return redirect("accounts:person", membership.user_id)


def _say(request: HttpRequest, act: Any, done: str) -> None:
    try:
        act()
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


@require_POST
def add_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who replaces a person for a time."""
    reader = reader_of_people(request)
    subject = _person_or_404(reader, pk)
    require(reader, Act.MANAGE_ACCOUNTS)
    form = DeputyForm(request.POST, people=colleagues_of(subject))
    done = carry_out(
        form,
        lambda: name_deputy(
            person=subject,
            deputy=form.cleaned_data["deputy"],
            starts_on=form.cleaned_data["deputy_from"],
            ends_on=form.cleaned_data["deputy_to"],
            by=reader,
        ),
    )
    if not done:
        return _page(request, subject, deputy_form=form)
    messages.success(request, _("The deputy is named."))
    return redirect("accounts:person", subject.pk)


@require_POST
def remove_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """End a replacement at once."""
    reader = reader_of_people(request)
    row = get_object_or_404(Deputy.objects.filter(person__in=people_for(reader).values("pk")), pk=pk)
    _say(request, lambda: end_deputy(deputy=row, by=reader), _("The replacement is ended."))
    return redirect("accounts:person", row.person_id)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account."""
    reader = reader_of_people(request)
    subject = _person_or_404(reader, pk)
    _say(request, lambda: close_account(user=subject, by=reader), _("The account is closed."))
    return redirect("accounts:person", subject.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show a person's own account, and let the person choose a language and how often mails come."""
    user = get_object_or_404(User, pk=request.user.pk)
    chosen = {"language": user.language, "mail_pace": user.mail_pace}
    form = LanguageForm(request.POST or None, initial=chosen)
    if request.method == "POST" and carry_out(
        form,
        lambda: choose_settings(
            user=user,
            language=form.cleaned_data["language"],
            mail_pace=MailPace(form.cleaned_data["mail_pace"]),
        ),
    ):
        messages.success(request, _("Your settings are kept."))
        return in_language(redirect("accounts:profile"), user.language)
    return own_page(request, language_form=form)


def own_page(
    request: HttpRequest,
    *,
    language_form: LanguageForm | None = None,
    absence_form: DeputyForm | None = None,
) -> HttpResponse:
    """Render one's own account; with a refused form, what was typed stays in it."""
    user = get_object_or_404(User, pk=request.user.pk)
    roles = Membership.objects.filter(user=user, ends_on__isnull=True).select_related("institution")
    replaced = Deputy.objects.filter(
        Q(person=user) | Q(deputy=user), ends_on__gte=timezone.localdate()
    ).select_related("person", "deputy")
    people = colleagues_of(user)
    context: dict[str, Any] = {
        "form": language_form or LanguageForm(initial={"language": user.language}),
        "person": user,
        "roles": roles,
        "replacements": replaced,
        "open_absence": absence_form is not None,
    }
    if may_be_absent(reader_of(request)) and people.exists():
        context["absence_form"] = absence_form or DeputyForm(people=people)
    return render(request, "accounts/profile.html", context)
