"""Write people, institutions, roles and invitations."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tawsiya.accounts.choices import InstitutionKind, Role
from tawsiya.accounts.models import Deputy, Institution, Invitation, Membership, User
from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.accounts.roles import HOME, Act
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.core.labels import Label


@dataclass(frozen=True)
class Person:
    """Who is invited or created."""

    email: str
    name: str
    name_ar: str = ""
    language: str = "fr"


def create_person(
    *, person: Person, password: str | None, by: audit.Actor = audit.SYSTEM
) -> User:
    """Create an account without roles; an unusable password when none is given.

    Raises:
        RuleViolated: the address is taken.
    """
    if User.objects.filter(email__iexact=person.email).exists():
        raise RuleViolated(_("There is already an account for %(email)s.") % {"email": person.email})
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
        RuleViolated: the role makes no sense in that kind of institution.
    """
    _check_home(institution, role)
    with audit.change("membership.started", by=by, institution_id=institution.pk) as event:
        membership = Membership.objects.create(
            user=user, institution=institution, role=role, starts_on=starts_on or timezone.localdate()
        )
        event.subject = membership
        event.after = {"role": role.value, "institution": str(institution)}
    return membership


def _check_home(institution: Institution, role: Role) -> None:
    if InstitutionKind(institution.kind) not in HOME[role]:
        raise RuleViolated(
            _("The role %(role)s does not exist in %(institution)s.")
            % {"role": role.label, "institution": institution}
        )


def end_membership(*, membership: Membership, by: Reader, ends_on: date | None = None) -> Membership:
    """End a role; what its holder did stays.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: the role has ended already.
    """
    actor = require(by, Act.MANAGE_ACCOUNTS)
    with audit.change("membership.ended", by=actor, institution_id=membership.institution_id) as event:
        membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
        if membership.ends_on is not None:
            raise RuleViolated(_("This role has already ended."))
        # A role that ends today is over today: the last day it counts is yesterday.
        last = ends_on or timezone.localdate() - timedelta(days=1)
        membership.ends_on = max(last, membership.starts_on)
        membership.save()
        event.subject = membership
    return membership


def appoint_deputy(
    *, person: User, deputy: User, starts_on: date, ends_on: date, by: audit.Actor = audit.SYSTEM
) -> Deputy:
    """Let someone act in another's name for a time."""
    with audit.change("deputy.appointed", by=by) as event:
        row = Deputy.objects.create(person=person, deputy=deputy, starts_on=starts_on, ends_on=ends_on)
        event.subject = row
    return row


def create_institution(
    *,
    key: str,
    kind: InstitutionKind,
    names: Label,
    acronyms: Label | None = None,
    parent: Institution | None = None,
    by: audit.Actor = audit.SYSTEM,
) -> Institution:
    """Create an institution or directorate."""
    with audit.change("institution.changed", by=by) as event:
        institution = Institution.objects.create(
            key=key, kind=kind, names=names, acronyms=acronyms or {}, parent=parent
        )
        event.subject = institution
        event.after = {"names": names, "kind": kind.value}
    return institution


def hash_token(token: str) -> str:
    """Return the stored form of an invitation's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(
    *, person: Person, institution: Institution, role: Role, by: Reader
) -> tuple[Invitation, str]:
    """Invite a person; return the invitation and its secret, which is shown and mailed once only.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: an account exists for the address, or the role does not fit the institution.
    """
    actor = require(by, Act.MANAGE_ACCOUNTS)
    _check_home(institution, role)
    if User.objects.filter(email__iexact=person.email).exists():
        raise RuleViolated(_("There is already an account for %(email)s.") % {"email": person.email})
    token, now = secrets.token_urlsafe(32), clock.now()
    with audit.change("invitation.sent", by=actor, institution_id=institution.pk) as event:
        invitation = Invitation.objects.create(
            email=person.email.lower(),
            name=person.name,
            name_ar=person.name_ar,
            language=person.language,
            institution=institution,
            role=role,
            token_hash=hash_token(token),
            invited_by_id=actor.user_id,
            invited_at=now,
            expires_at=now + timedelta(days=settings.INVITATION_DAYS),
        )
        event.subject = invitation
        event.after = {"role": role.value, "institution": str(institution)}
    return invitation, token


def find_invitation(token: str) -> Invitation:
    """Return the open invitation of a secret.

    Raises:
        RuleViolated: unknown, used, revoked or expired; one sentence for all, so that nothing is learnt.
    """
    invitation = (
        Invitation.objects.select_related("institution")
        .filter(
            token_hash=hash_token(token),
            accepted_at__isnull=True,
            revoked_at__isnull=True,
            expires_at__gt=clock.now(),
        )
        .first()
    )
    if invitation is None:
        raise RuleViolated(_("This invitation is not valid any more. Ask the administrator for a new one."))
    return invitation


def accept_invitation(*, token: str, password: str) -> User:
    """Create the invited person's account and role.

    Raises:
        RuleViolated: the invitation is not valid.
        ValidationError: the password is too weak.
    """
    with transaction.atomic():
        invitation = find_invitation(token)
        person = Person(invitation.email, invitation.name, invitation.name_ar, invitation.language)
        validate_password(password, User(email=person.email, name=person.name))
        user = create_person(person=person, password=password)
        start_membership(user=user, institution=invitation.institution, role=Role(invitation.role))
        actor = Acting(user_id=user.pk, name=str(user))
        with audit.change("invitation.accepted", by=actor, subject=invitation):
            invitation.accepted_by, invitation.accepted_at = user, clock.now()
            invitation.save()
    return user


def revoke_invitation(*, invitation: Invitation, by: Reader) -> Invitation:
    """Take an open invitation back.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: it was accepted or revoked already.
    """
    actor = require(by, Act.MANAGE_ACCOUNTS)
    with audit.change("invitation.revoked", by=actor) as event:
        invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if invitation.accepted_at or invitation.revoked_at:
            raise RuleViolated(_("This invitation is closed already."))
        invitation.revoked_at = clock.now()
        invitation.save()
        event.subject = invitation
    return invitation


def close_account(*, user: User, by: Reader) -> User:
    """Close an account: its holder signs in no more, and what was done stays.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: administrators do not close their own account.
    """
    actor = require(by, Act.MANAGE_ACCOUNTS)
    if user.pk == by.user_id:
        raise RuleViolated(_("You cannot close your own account."))
    with audit.change("account.deactivated", by=actor, subject=user):
        user.is_active = False
        user.save(update_fields=["is_active"])
    return user


def rename_institution(
    *, institution: Institution, names: Mapping[str, str], kind: InstitutionKind, by: Reader
) -> Institution:
    """Change an institution's names and kind.

    Raises:
        PermissionRefused: `by` is no administrator.
    """
    actor = require(by, Act.MANAGE_INSTITUTIONS)
    with audit.change("institution.changed", by=actor) as event:
        institution = Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)
        event.before = {"names": institution.names, "kind": institution.kind}
        institution.names, institution.kind = dict(names), kind
        institution.save()
        event.subject = institution
        event.after = {"names": dict(names), "kind": kind.value}
    return institution
