"""A recommendation, its people, and everybody else: the cast of DOMAIN §9."""

from dataclasses import dataclass, field

from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution, User
from tawsiya.accounts.queries import reader_for
from tawsiya.accounts.reader import PUBLIC, Reader
from tawsiya.recommendations.models import Recommendation
from tests import factories

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Cast:
    """Everybody who can look at one recommendation, by a name that says how they stand to it."""

    item: Recommendation
    lead: Institution
    support: Institution
    outside: Institution
    users: dict[str, User] = field(default_factory=dict)

    def reader(self, name: str) -> Reader:
        return PUBLIC if name == "public" else reader_for(self.users[name])

    def client(self, name: str) -> Client:
        client = Client()
        if name != "public":
            client.force_login(self.users[name], backend=BACKEND)
        return client


def make_cast() -> Cast:
    """A recommendation and everybody; nothing is assigned yet."""
    factories.make_instance()
    lead, support, outside = (factories.make_institution() for _ in range(3))
    item = factories.make_recommendation()
    cast = Cast(item, lead, support, outside)
    delegation = factories.the_delegation()
    homes: dict[str, tuple[Role | None, Institution | None]] = {
        "own focal point": (Role.FOCAL_POINT, lead),
        "own validator": (Role.VALIDATOR, lead),
        "support": (Role.FOCAL_POINT, support),
        "outside": (Role.VALIDATOR, outside),
        "coordinator": (Role.COORDINATOR, delegation),
        "analyst": (Role.ANALYST, delegation),
        "administrator": (Role.ADMINISTRATOR, delegation),
        "observer": (Role.OBSERVER, None),
        "nhri": (Role.NHRI, None),
        "organisation": (Role.CIVIL_SOCIETY, None),
        "no role": (None, None),
    }
    for name, (role, institution) in homes.items():
        cast.users[name] = factories.make_person(role, institution, name=name)
    return cast
