"""Limits of rate for what anybody can send: those of the sign-in pages, by action (`ACCOUNT_RATE_LIMITS`)."""

from allauth.core import ratelimit
from django.http import HttpRequest


def within_limits(request: HttpRequest, action: str) -> bool:
    """Tell whether a visitor may do an action once more now, and count it.

    Args:
        action: a key of `ACCOUNT_RATE_LIMITS`.
    """
    return bool(ratelimit.consume(request, action=action))
