"""Write invitations; how their secret is made and where it is not kept: `accounts.links`."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.choices import Role
from tawsiya.accounts.commands.people import (
    Person,
    check_address_free,
    check_home,
    create_person,
    in_every_language,
    start_membership,
)
from tawsiya.accounts.links import hash_token, secret_of
from tawsiya.accounts.models import Institution, Invitation, User
from tawsiya.accounts.permissions import require
from tawsiya.accounts.queries import open_invitations
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.accounts.roles import Act
from tawsiya.accounts.tasks import send_invitation
from tawsiya.audit import commands as audit
from tawsiya.core import clock, jobs
from tawsiya.core.errors import RuleViolated


def invite(*, person: Person, institution: Institution, role: Role, by: Reader) -> tuple[Invitation, str]:
    """Invite a person by mail; return the invitation and its secret, to be shown once only.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: an account or an open invitation exists for the address, or the role does not
            fit the institution.
    """
    actor = require(by, Act.MANAGE_ACCOUNTS)
    check_home(institution, role)
    check_address_free(person.email)
    if open_invitations().filter(email__iexact=person.email).exists():
        raise RuleViolated(
            _("An invitation for %(email)s is open; revoke it before you send another.")
            % {"email": person.email}
        )
    now = clock.now()
    token = secret_of(person.email, now)
    with audit.change("invitation.sent", by=actor, institution_id=institution.pk) as event:
        invitation = Invitation.objects.create(
            email=person.email.lower(),
            name=person.name,
            name_ar=person.name_ar,
            language=person.language,
            institution=institution,
            role=role,
            token_hash=hash_token(token),
            invited_by=User.objects.get(pk=actor.user_id or 0),
            invited_at=now,
            expires_at=now + timedelta(days=settings.INVITATION_DAYS),
        )
        event.subject = invitation
        event.after = {"role": in_every_language(role), "institution": institution.names}
        jobs.defer(send_invitation, invitation_id=invitation.pk)
    return invitation, token


def find_invitation(token: str) -> Invitation:
    """Return the open invitation of a secret.

    Raises:
        RuleViolated: unknown, used, revoked or expired; one sentence for all, so that nothing is learnt.
    """
    invitation = open_invitations().select_related("institution").filter(token_hash=hash_token(token)).first()
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
        found = find_invitation(token)
        invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=found.pk)
        # Asked again under the lock: two answers to one link make one account.
        find_invitation(token)
        person = Person(invitation.email, invitation.name, invitation.name_ar, invitation.language)
        validate_password(password, User(email=person.email, name=person.name))
        user = create_person(person=person, password=password)
        start_membership(user=user, institution=found.institution, role=Role(invitation.role))
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
