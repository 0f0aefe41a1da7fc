"""The sample State's institutions and people."""

from dataclasses import dataclass, field
from datetime import date

from tawsiya.accounts.choices import InstitutionKind, Role
from tawsiya.accounts.commands import (
    Person,
    appoint_deputy,
    create_institution,
    create_person,
    start_membership,
)
from tawsiya.accounts.models import Institution, User
from tawsiya.accounts.queries import reader_for
from tawsiya.accounts.reader import Reader
from tawsiya.sample.data import day, read

SINCE = date(2017, 1, 2)
OFFICE = "head-of-government"


@dataclass
class Cast:
    """Who is who in the sample State, by key."""

    institutions: dict[str, Institution] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    _readers: dict[str, Reader] = field(default_factory=dict)

    def reader(self, key: str) -> Reader:
        """Return the reader of a person, as of today."""
        if key not in self._readers:
            self._readers[key] = reader_for(self.users[key])
        return self._readers[key]

    def first(self, role: str, institution: str = "") -> str:
        """Return the key of the first person with a role, in an institution where one is given."""
        return next(
            row["key"]
            for row in read("people")["people"]
            if row["role"] == role and institution in ("", row["institution"])
        )


def load_institutions(cast: Cast) -> None:
    """Create the institutions with their directorates."""
    for row in read("institutions"):
        institution = create_institution(
            key=row["key"],
            kind=InstitutionKind(row["kind"]),
            names=row["names"],
            acronyms=row["acronym"] or {},
        )
        cast.institutions[row["key"]] = institution
        for part in row.get("directorates") or ():
            cast.institutions[part["key"]] = create_institution(
                key=part["key"], kind=InstitutionKind(row["kind"]), names=part["names"], parent=institution
            )


def load_people(cast: Cast) -> None:
    """Create the people with their roles; nobody has a password: demo mode lets one enter as them."""
    data = read("people")
    for row in data["people"]:
        user = create_person(
            person=Person(row["email"], row["name"]["latin"], row["name"]["arabic"], row["language"]),
            password=None,
        )
        cast.users[row["key"]] = user
        start_membership(user=user, institution=_home(cast, row), role=Role(row["role"]), starts_on=SINCE)
    for row in data["deputies"]:
        starts, ends = day(row["from"]), day(row["to"])
        assert starts and ends
        appoint_deputy(
            person=cast.users[row["person"]], deputy=cast.users[row["deputy"]], starts_on=starts, ends_on=ends
        )


def _home(cast: Cast, row: dict[str, object]) -> Institution:
    key = row["institution"]
    if isinstance(key, str):
        return cast.institutions[key]
    if OFFICE not in cast.institutions:
        names = row["office"]
        assert isinstance(names, dict)
        cast.institutions[OFFICE] = create_institution(
            key=OFFICE, kind=InstitutionKind.GOVERNMENT, names=names
        )
    return cast.institutions[OFFICE]
