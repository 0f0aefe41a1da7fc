"""The secret of an invitation, and the address that carries it.

The secret is a keyed hash (HMAC under `SECRET_KEY`) of what the row holds, as Django's password-reset
links are: the mail job needs only the row's number, and the secret itself stands nowhere in the
database; the row keeps its SHA-256, and neither job, session nor log has it.
"""

import hashlib
from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

SALT = "tawsiya.accounts.invitation"


def secret_of(email: str, invited_at: datetime) -> str:
    """Return the secret of the invitation sent to an address at a moment (aware): 64 hexadecimal digits."""
    value = f"{email.lower()}|{invited_at.astimezone(UTC).isoformat()}"
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()


def hash_token(token: str) -> str:
    """Return the stored form of an invitation's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(token: str, language: str) -> str:
    """Return the whole address at which an invitation is accepted, in the invited person's language."""
    with translation.override(language):
        return settings.SITE_ADDRESS + reverse("accounts:accept", args=[token])
