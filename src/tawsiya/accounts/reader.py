"""Who reads: the grants a person holds today, own ones and those of people replaced."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from tawsiya.accounts.choices import Role
from tawsiya.accounts.roles import (
    DELEGATION_ROLES,
    INSTITUTION_ROLES,
    MAY,
    OBSERVER_ROLES,
    Act,
)


@dataclass(frozen=True)
class Grant:
    """One role in one institution; `covers` are the institutions whose affairs it reaches.

    `covers` holds the institution itself, its directorates, and those it succeeded.
    `on_behalf_of_*` is set where the role belongs to a person replaced.
    """

    role: Role
    institution_id: int
    covers: frozenset[int]
    on_behalf_of_id: int | None = None
    on_behalf_of_name: str = ""


@dataclass(frozen=True)
class Reader:
    """A person, or the public (`user_id` None), with everything visibility and permissions need."""

    user_id: int | None
    name: str  # as the history freezes it
    language: str
    grants: tuple[Grant, ...] = ()
    display_name: str = ""  # in the script of the reader's language

    @property
    def is_public(self) -> bool:
        """Not signed in, or without any role."""
        return not self.grants

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held today, for oneself or for somebody replaced."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def is_delegation(self) -> bool:
        """Reads as the delegation does: coordinator or analyst."""
        return bool(self.roles & DELEGATION_ROLES)

    @property
    def is_observer(self) -> bool:
        """Reads as an observer does; an administrator too."""
        return bool(self.roles & OBSERVER_ROLES)

    @property
    def is_administrator(self) -> bool:
        """Manages accounts, institutions and settings."""
        return Role.ADMINISTRATOR in self.roles

    @cached_property
    def own_institutions(self) -> frozenset[int]:
        """The institutions in whose name the reader contributes or validates."""
        return frozenset(
            institution
            for grant in self.grants
            if grant.role in INSTITUTION_ROLES
            for institution in grant.covers
        )

    @cached_property
    def audience(self) -> frozenset[tuple[Role, int, frozenset[int]]]:
        """What the table "who sees what" depends on (DOMAIN §9): roles, and the institutions they cover.

        Readers of the same audience see the same rows, except where a rule asks for the person.
        """
        return frozenset((grant.role, grant.institution_id, grant.covers) for grant in self.grants)

    @property
    def person(self) -> tuple[int | None, frozenset[tuple[Role, int, frozenset[int]]]]:
        """The person, and what the person sees: what a list depends on whose rule asks for the person."""
        return self.user_id, self.audience

    def grants_for(self, act: Act, institution_id: int | None = None) -> Iterable[Grant]:
        """Yield the grants that allow `act`, in that institution where one is given."""
        for grant in self.grants:
            if act in MAY[grant.role] and (institution_id is None or institution_id in grant.covers):
                yield grant


PUBLIC = Reader(user_id=None, name="", language="en")


@dataclass(frozen=True)
class Acting:
    """A reader who acts under a given grant: what the audit event freezes."""

    user_id: int
    name: str
    on_behalf_of_id: int | None = None
    on_behalf_of_name: str = ""
