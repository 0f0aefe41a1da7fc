"""Send invitations by mail."""

from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from tawsiya.accounts.links import address_of, hash_token, secret_of
from tawsiya.accounts.models import Invitation
from tawsiya.accounts.queries import open_invitations
from tawsiya.core import formats, instance, jobs
from tawsiya.core.labels import text_of


def compose(invitation: Invitation) -> EmailMessage:
    """Build the mail in the invited person's language."""
    with translation.override(invitation.language):
        row = instance.current()
        values = {
            "name": invitation.name_in(invitation.language),
            "institution": text_of(invitation.institution.names),
            "role": invitation.get_role_display(),
            "state": text_of(row.names) if row else "",
            "until": formats.localise_datetime(invitation.expires_at),
            "link": address_of(secret_of(invitation.email, invitation.invited_at), invitation.language),
        }
        body = _(
            "%(name)s,\n\n"
            "you are invited to Tawsiya, where %(state)s follows the recommendations of the United Nations "
            "human rights mechanisms. Your role: %(role)s, %(institution)s.\n\n"
            "Open this address to choose a password; it works once, until %(until)s:\n\n"
            "%(link)s\n\n"
            "If you did not expect this message, ignore it: nothing happens."
        )
        return EmailMessage(
            subject=_("Your invitation to Tawsiya"),
            body=body % values,
            to=[invitation.email],
            headers={"Auto-Submitted": "auto-generated"},
        )


@jobs.task(name="accounts.send_invitation", retry=jobs.RETRY)
def send_invitation(invitation_id: int) -> None:
    """Mail an invitation while it is open. Raises OSError or SMTPException when it must be tried again.

    Where the secret key was changed since, the link would not work: nothing is sent, and the
    administrator, who saw the link once, invites again.
    """
    invitation = open_invitations().select_related("institution").filter(pk=invitation_id).first()
    if invitation is None:
        return
    secret = secret_of(invitation.email, invitation.invited_at)
    if hash_token(secret) == invitation.token_hash:
        compose(invitation).send()
