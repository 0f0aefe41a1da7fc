"""The secret of a calendar address: a keyed hash of whose it is and when it was made.

As for invitations (`accounts.links`), the secret stands nowhere: its page works it out again to show it,
and the row keeps its SHA-256, by which a visitor's is found.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from tawsiya.followup.models import CalendarAddress

SALT = "tawsiya.followup.calendar"


def secret_of(user_id: int, made_at: datetime) -> str:
    """Return the secret of the address that a person made at a moment (aware): 64 hexadecimal digits."""
    value = f"{user_id}|{made_at.astimezone(UTC).isoformat()}"
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()


def address_of(row: CalendarAddress) -> str:
    """Return the whole address at which a calendar fetches the deadlines."""
    return settings.SITE_ADDRESS + reverse("calendar", args=[secret_of(row.user_id, row.made_at)])
