"""Write people, their roles and their deputies."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from tawsiya.accounts import replacements
from tawsiya.accounts.choices import InstitutionKind, MailPace, Role
from tawsiya.accounts.models import Deputy, Institution, Membership, User
from tawsiya.accounts.permissions import require
from tawsiya.accounts.queries import administrators, memberships_on, shares_institution
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.accounts.replacements import Change
from tawsiya.accounts.roles import HOME, Act
from tawsiya.audit import commands as audit
from tawsiya.core.errors import RuleViolated
from tawsiya.core.labels import Label


@dataclass(frozen=True)
class Person:
    """Who is invited or created. `name` in Latin script, `name_ar` in Arabic script."""

    email: str
    name: str
    name_ar: str = ""
    language: str = "fr"


def in_every_language(role: Role) -> Label:
    """Return a role's name frozen in the interface's languages, for the history."""
    names = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            names[code] = str(role.label)
    return names


def check_home(institution: Institution, role: Role) -> None:
    """See that a role makes sense in an institution.

    Raises:
        RuleViolated: it does not (`roles.HOME`).
    """
    if InstitutionKind(institution.kind) not in HOME[role]:
        raise RuleViolated(
            _("The role %(role)s does not exist in %(institution)s.")
            % {"role": role.label, "institution": institution}
        )


def check_address_free(email: str) -> None:
    """See that no account has an address.

    Raises:
        RuleViolated: one has.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise RuleViolated(_("There is already an account for %(email)s.") % {"email": email})


def create_person(*, person: Person, password: str | None, by: audit.Actor = audit.SYSTEM) -> User:
    """Create an account without roles; an unusable password when none is given.

    Raises:
        RuleViolated: the address is taken.
    """
    check_address_free(person.email)
    with audit.change("account.created", by=by) as event:
        user = User.objects.create_user(
            person.email,
            password,
            name=person.name,
            name_ar=person.name_ar,
            language=person.language,
        )
        event.subject = user
    return user


def start_membership(
    *,
    user: User,
    institution: Institution,
    role: Role,
    starts_on: date | None = None,
    by: audit.Actor = audit.SYSTEM,
) -> Membership:
    """Give a person a role in an institution.

    Raises:
        RuleViolated: the role makes no sense in that kind of institution, or the person holds it there.
    """
    check_home(institution, role)
    held = Membership.objects.filter(user=user, institution=institution, role=role, ends_on=None)
    if held.exists():
        raise RuleViolated(_("%(person)s already holds this role there.") % {"person": user})
    with audit.change("membership.started", by=by, institution_id=institution.pk) as event:
        membership = Membership.objects.create(
            user=user, institution=institution, role=role, starts_on=starts_on or timezone.localdate()
        )
        event.subject = membership
        event.after = _frozen(membership)
    return membership


def _frozen(membership: Membership) -> dict[str, object]:
    return {
        "person": str(membership.user),
        "role": in_every_language(Role(membership.role)),
        "institution": membership.institution.names,
    }


def give_role(*, user: User, institution: Institution, role: Role, starts_on: date, by: Reader) -> Membership:
    """Give a person a role, as an administrator.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: the account is closed, the role makes no sense there, or is held already.
    """
    actor = require(by, Act.MANAGE_ACCOUNTS)
    if not user.is_active:
        raise RuleViolated(_("This account is closed."))
    return start_membership(user=user, institution=institution, role=role, starts_on=starts_on, by=actor)


def end_membership(*, membership: Membership, by: Reader, ends_on: date | None = None) -> Membership:
    """End a role at once, or on its last day `ends_on`; what its holder did stays.

    A role ended at once on the day it began never counted: its row is taken away, and the history
    keeps both acts and the row's versions.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: the role has ended already, or no administrator would be left.
    """
    actor = require(by, Act.MANAGE_ACCOUNTS)
    with audit.change("membership.ended", by=actor, institution_id=membership.institution_id) as event:
        membership = (
            Membership.objects.select_for_update(of=("self",))
            .select_related("user", "institution")
            .get(pk=membership.pk)
        )
        today = timezone.localdate()
        if membership.ends_on is not None and membership.ends_on < today:
            raise RuleViolated(_("This role has already ended."))
        if membership.role == Role.ADMINISTRATOR:
            _keep_an_administrator(membership.user)
        event.subject, event.after = membership, _frozen(membership)
        event.before = {"ends_on": membership.ends_on and membership.ends_on.isoformat()}
        _end(membership, ends_on, today)
        event.after["ends_on"] = membership.ends_on and membership.ends_on.isoformat()
    return membership


def _end(membership: Membership, ends_on: date | None, today: date) -> None:
    # The last day is included: a role that ends at once counted yesterday for the last time.
    last = ends_on or today - timedelta(days=1)
    if last < membership.starts_on and ends_on is not None:
        raise RuleViolated(_("The last day comes before the first."))
    if last < membership.starts_on:
        pk = membership.pk
        membership.delete()
        membership.pk = pk
        return
    membership.ends_on = last
    membership.save()


def _keep_an_administrator(leaving: User) -> None:
    if not administrators().exclude(pk=leaving.pk).exists():
        raise RuleViolated(_("Name another administrator first: nobody could manage accounts any more."))


def appoint_deputy(
    *, person: User, deputy: User, starts_on: date, ends_on: date, by: audit.Actor = audit.SYSTEM
) -> Deputy:
    """Let someone of the same institution act in another's name for a time (both days included).

    A deputy reads and does what the person replaced does, so comes from inside: nobody else reads an
    institution's drafts (DOMAIN §9).

    Raises:
        RuleViolated: the same person, one of another institution, a closed account, or dates out of order.
    """
    if person.pk == deputy.pk:
        raise RuleViolated(_("Nobody replaces himself or herself."))
    if ends_on < starts_on:
        raise RuleViolated(_("The last day comes before the first."))
    if not (person.is_active and deputy.is_active):
        raise RuleViolated(_("This account is closed."))
    if not shares_institution(person, deputy, on=starts_on):
        raise RuleViolated(_("A deputy belongs to the institution of the person replaced."))
    with audit.change("deputy.appointed", by=by) as event:
        row = Deputy.objects.create(person=person, deputy=deputy, starts_on=starts_on, ends_on=ends_on)
        event.subject = row
        event.after = _frozen_deputy(row)
        replacements.announce(Change.APPOINTED, row, by)
    return row


def _frozen_deputy(row: Deputy) -> dict[str, object]:
    return {
        "person": str(row.person),
        "deputy": str(row.deputy),
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
    }


def name_deputy(*, person: User, deputy: User, starts_on: date, ends_on: date, by: Reader) -> Deputy:
    """Appoint a deputy, as an administrator.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: as `appoint_deputy`, or the last day is past.
    """
    actor = require(by, Act.MANAGE_ACCOUNTS)
    if ends_on < timezone.localdate():
        raise RuleViolated(_("The last day is already past."))
    return appoint_deputy(person=person, deputy=deputy, starts_on=starts_on, ends_on=ends_on, by=actor)


def end_deputy(*, deputy: Deputy, by: Reader) -> None:
    """End a replacement at once. One that never counted for a whole day leaves no row, only its history.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: it has ended already.
    """
    end_replacement(deputy=deputy, by=require(by, Act.MANAGE_ACCOUNTS))


def end_replacement(*, deputy: Deputy, by: audit.Actor) -> None:
    """End a replacement at once, for somebody who was found to be allowed.

    Raises:
        RuleViolated: it has ended already.
    """
    with audit.change("deputy.ended", by=by) as event:
        row = (
            Deputy.objects.select_for_update(of=("self",))
            .select_related("person", "deputy")
            .get(pk=deputy.pk)
        )
        today = timezone.localdate()
        if row.ends_on < today:
            raise RuleViolated(_("This replacement has already ended."))
        event.subject, event.before = row, {"ends_on": row.ends_on.isoformat()}
        yesterday = today - timedelta(days=1)
        event.after = _frozen_deputy(row) | {"ends_on": yesterday.isoformat()}
        if row.starts_on > yesterday:
            pk = row.pk
            row.delete()
            row.pk = pk
        else:
            row.ends_on = yesterday
            row.save()
        replacements.announce(Change.ENDED, row, by)


def close_account(*, user: User, by: Reader) -> User:
    """Close an account: its holder signs in no more, and what was done stays.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: one's own account, closed already, or no administrator would be left.
    """
    actor = require(by, Act.MANAGE_ACCOUNTS)
    if user.pk == by.user_id:
        raise RuleViolated(_("You cannot close your own account."))
    with audit.change("account.deactivated", by=actor) as event:
        user = User.objects.select_for_update().get(pk=user.pk)
        if not user.is_active:
            raise RuleViolated(_("This account is closed."))
        if memberships_on().filter(user=user, role=Role.ADMINISTRATOR).exists():
            _keep_an_administrator(user)
        user.is_active = False
        user.save(update_fields=["is_active"])
        event.subject = user
    return user


def choose_settings(*, user: User, language: str, mail_pace: MailPace) -> User:
    """Set the language of a person's pages and mails, and how often mails come; everybody the own ones.

    Raises:
        RuleViolated: no such language.
    """
    if language not in dict(settings.LANGUAGES):
        raise RuleViolated(_("This language is not available."))
    actor = Acting(user_id=user.pk, name=str(user))
    chosen = {"language": language, "mail_pace": mail_pace.value}
    for code, name in (("account.language", "language"), ("account.mails", "mail_pace")):
        before = getattr(user, name)
        if before == chosen[name]:
            continue
        with audit.change(code, by=actor, subject=user) as event:
            event.before, event.after = {name: before}, {name: chosen[name]}
            setattr(user, name, chosen[name])
            user.save(update_fields=[name])
    return user
