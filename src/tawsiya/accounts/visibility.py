"""Who sees which people and institutions.

DOMAIN §9 speaks of content only; the rule here follows it: the delegation and the administrator know
everybody they work with, an institution its own people, and nobody else reads a list of people.
"""

from django.db.models import Q

from tawsiya.accounts.models import Institution, Membership, User
from tawsiya.accounts.reader import Reader
from tawsiya.audit.visibility import EVERYTHING


def sees_everybody(reader: Reader) -> bool:
    """Tell whether all people and institutions are open to a reader."""
    return reader.is_administrator or reader.is_delegation


def institutions_visible_to(reader: Reader) -> Q:
    """Return the filter of the institutions whose page a reader opens."""
    return EVERYTHING if sees_everybody(reader) else Q(pk__in=reader.own_institutions)


def memberships_visible_to(reader: Reader) -> Q:
    """Return the filter of the roles a reader sees: of own colleagues, only those in the own institution."""
    return EVERYTHING if sees_everybody(reader) else Q(institution__in=reader.own_institutions)


def people_visible_to(reader: Reader) -> Q:
    """Return the filter of the people a reader sees.

    An institution sees whoever holds or held a role in it. Invitations are the administrator's alone.
    """
    if sees_everybody(reader):
        return EVERYTHING
    own = Membership.objects.filter(institution__in=reader.own_institutions)
    return Q(pk__in=own.values("user_id"))


def can_view_institution(reader: Reader, institution: Institution) -> bool:
    """Decide for one institution; agrees with `institutions_visible_to`."""
    return sees_everybody(reader) or institution.pk in reader.own_institutions


def can_view_person(reader: Reader, person: User, institution_ids: frozenset[int]) -> bool:
    """Decide for one person; agrees with `people_visible_to`.

    Args:
        institution_ids: the institutions where the person holds or held a role.
    """
    return sees_everybody(reader) or bool(reader.own_institutions & institution_ids)


def reads_people(reader: Reader) -> bool:
    """Tell whether the lists of people and institutions are open to a reader at all."""
    return sees_everybody(reader) or bool(reader.own_institutions)
