"""Whom a visitor of the demo can be."""

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Membership


def guides() -> list[Membership]:
    """Return one membership per role, in the order of the roles: the demo's suggested people."""
    found: dict[str, Membership] = {}
    for membership in Membership.objects.select_related("user", "institution").order_by("pk"):
        found.setdefault(membership.role, membership)
    return [found[role] for role in Role if role in found]


def everybody() -> list[Membership]:
    """Return all open memberships with their people, grouped by institution."""
    return list(
        Membership.objects.select_related("user", "institution")
        .filter(ends_on__isnull=True, user__is_active=True)
        .order_by("institution__pk", "role", "pk")
    )
