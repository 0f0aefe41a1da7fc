"""Read people and institutions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Deputy, Institution, Invitation, Membership, User
from tawsiya.accounts.reader import PUBLIC, Grant, Reader
from tawsiya.accounts.roles import IMPLEMENTING
from tawsiya.accounts.visibility import (
    institutions_visible_to,
    memberships_visible_to,
    people_visible_to,
    sees_everybody,
)
from tawsiya.audit.kept import until_next_act
from tawsiya.core import clock


def _on(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def institution_links() -> list[tuple[int, int | None, int | None]]:
    """Return each institution with its ministry, where it is a directorate, and its successor."""
    return until_next_act(
        lambda: list(Institution.objects.order_by().values_list("pk", "parent_id", "successor_id")),
        "accounts.links",
        worded=False,
    )


def reached(start: int, steps: Mapping[int, Collection[int]]) -> frozenset[int]:
    """Return what is reached from an institution, however many steps away, itself included."""
    found, waiting = {start}, [start]
    while waiting:
        new = set(steps.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return frozenset(found)


def reach(institution_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return for each institution the ids it covers: itself, its directorates, its predecessors.

    Applied to a fixed point, so that a directorate of a predecessor is covered too.
    """
    below: dict[int, set[int]] = defaultdict(set)
    for pk, parent, successor in institution_links():
        for above in (parent, successor):
            if above is not None:
                below[above].add(pk)
    return {start: reached(start, below) for start in institution_ids}


def memberships_on(day: date | None = None) -> QuerySet[Membership]:
    """Return the memberships that hold on a day (today where none is given), of open accounts."""
    return Membership.objects.filter(_on(day or timezone.localdate()), user__is_active=True)


def administrators() -> QuerySet[User]:
    """Return the people who manage accounts today in their own name, for as long as it is known.

    One whose role ends on a known day is not counted on.
    """
    held = memberships_on().filter(role=Role.ADMINISTRATOR, ends_on__isnull=True)
    return User.objects.filter(pk__in=held.values("user_id"))


def shares_institution(person: User, other: User, *, on: date) -> bool:
    """Tell whether two people belong on a day to one institution, its directorates included."""
    mine, theirs = (
        set(Membership.objects.filter(_on(on), user=user).values_list("institution_id", flat=True))
        for user in (person, other)
    )
    return _of_one_institution(mine, theirs)


def _of_one_institution(mine: Iterable[int], theirs: Collection[int]) -> bool:
    whole = {pk for institution in mine for pk in above(institution)}
    return any(not covered.isdisjoint(theirs) for covered in reach(whole).values())


def replacements_in_force(rows: QuerySet[Deputy], day: date) -> QuerySet[Deputy]:
    """Keep the replacements that give the deputy anything on a day.

    Who left the institution since, or replaces somebody who did, replaces nobody any more: nobody else
    reads an institution's drafts (DOMAIN §9), whatever was agreed before.
    """
    agreed = list(
        rows.filter(_on(day), person__is_active=True).order_by().values_list("pk", "person_id", "deputy_id")
    )
    people = {pk for _row, *both in agreed for pk in both}
    homes: dict[int, set[int]] = defaultdict(set)
    if people:
        held = Membership.objects.filter(_on(day), user_id__in=people).order_by()
        for user_id, institution_id in held.values_list("user_id", "institution_id"):
            homes[user_id].add(institution_id)
    near = [pk for pk, person, deputy in agreed if _of_one_institution(homes[person], homes[deputy])]
    # Given as one parameter: Django knows no array from a subquery that it can see to be empty.
    return Deputy.objects.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [near]))


def open_invitations() -> QuerySet[Invitation]:
    """Return the invitations that can still be accepted."""
    return Invitation.objects.filter(
        accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=clock.now()
    )


class InvitationState(TextChoices):
    """Where an invitation stands; computed, never stored."""

    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    REVOKED = "revoked", _("Revoked")
    EXPIRED = "expired", _("Expired")


def invitations() -> QuerySet[Invitation]:
    """Return all invitations with their `state`."""
    state = Case(
        When(accepted_at__isnull=False, then=Value(InvitationState.ACCEPTED)),
        When(revoked_at__isnull=False, then=Value(InvitationState.REVOKED)),
        When(expires_at__lte=clock.now(), then=Value(InvitationState.EXPIRED)),
        default=Value(InvitationState.OPEN),
    )
    return Invitation.objects.select_related("institution", "invited_by").annotate(state=state)


def people_for(reader: Reader) -> QuerySet[User]:
    """Return the people a reader sees; `current` are their roles of today that the reader sees."""
    day = timezone.localdate()
    holds = Q(memberships__starts_on__lte=day) & (
        Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=day)
    )
    if not sees_everybody(reader):
        holds &= Q(memberships__institution__in=list(reader.own_institutions))
    return User.objects.filter(people_visible_to(reader)).annotate(
        current=FilteredRelation("memberships", condition=holds)
    )


def memberships_for(reader: Reader) -> QuerySet[Membership]:
    """Return the roles a reader sees, of people or in institutions."""
    return Membership.objects.filter(memberships_visible_to(reader)).select_related("user", "institution")


def institutions_for(reader: Reader) -> QuerySet[Institution]:
    """Return the institutions a reader sees, with `exists_today` and `people` (who hold a role today)."""
    day = timezone.localdate()
    ceased = Q(exists_to__isnull=False, exists_to__lt=day)
    held = memberships_on(day).filter(institution=OuterRef("pk")).order_by()
    people = held.values("institution").annotate(number=Count("user", distinct=True)).values("number")
    return Institution.objects.filter(institutions_visible_to(reader)).annotate(
        exists_today=ExpressionWrapper(~ceased, output_field=BooleanField()),
        people=Coalesce(Subquery(people), 0),
    )


def existing_institutions() -> QuerySet[Institution]:
    """Return the institutions of today, each before its directorates."""
    return (
        Institution.objects.filter(Q(exists_to__isnull=True) | Q(exists_to__gte=timezone.localdate()))
        .select_related("parent")
        .order_by(Coalesce("parent__key", "key"), F("parent_id").asc(nulls_first=True), "key")
    )


def colleagues_of(person: User) -> QuerySet[User]:
    """Return who could replace a person: people with a role today in an institution of that person."""
    mine = memberships_on().filter(user=person).values_list("institution_id", flat=True)
    whole = {pk for institution in mine for pk in above(institution)}
    near = {pk for covered in reach(whole).values() for pk in covered}
    held = memberships_on().filter(institution__in=near)
    return User.objects.filter(pk__in=held.values("user_id")).exclude(pk=person.pk)


def reader_for(user: User, *, on: date | None = None, language: str = "") -> Reader:
    """Return the reader a person is on a day: own memberships, and those of people replaced."""
    if not user.is_active:
        return PUBLIC
    day = on or timezone.localdate()
    replaced = dict(
        Deputy.objects.filter(_on(day), deputy=user, person__is_active=True).values_list(
            "person_id", "person__name"
        )
    )
    held = list(Membership.objects.filter(_on(day), user_id__in=[user.pk, *replaced]).order_by("pk"))
    memberships = _counting(user, held) if replaced else held
    covers = reach({membership.institution_id for membership in memberships})
    grants = tuple(
        Grant(
            role=Role(membership.role),
            institution_id=membership.institution_id,
            covers=covers[membership.institution_id],
            on_behalf_of_id=membership.user_id if membership.user_id != user.pk else None,
            on_behalf_of_name=replaced.get(membership.user_id, ""),
        )
        for membership in memberships
    )
    reads = language or user.language
    return Reader(
        user_id=user.pk,
        name=str(user),
        language=reads,
        grants=grants,
        display_name=user.name_in(reads),
    )


def _counting(user: User, held: list[Membership]) -> list[Membership]:
    """Keep a person's own memberships, and those of people replaced who are of one institution still."""
    homes: dict[int, set[int]] = defaultdict(set)
    for row in held:
        homes[row.user_id].add(row.institution_id)
    mine = homes.pop(user.pk, set())
    near = {pk for pk, home in homes.items() if _of_one_institution(home, mine)}
    return [row for row in held if row.user_id == user.pk or row.user_id in near]


def people_with(
    roles: Iterable[Role], *, institution_ids: Iterable[int] | None = None, on: date | None = None
) -> QuerySet[User]:
    """Return active people who hold one of the roles on a day, deputies of theirs included.

    Each knows in whose place it is among them: see `replacements_of`.

    Args:
        roles: the roles asked for.
        institution_ids: only in these institutions; anywhere when omitted.
    """
    day = on or timezone.localdate()
    held = Membership.objects.filter(_on(day), role__in=list(roles))
    if institution_ids is not None:
        held = held.filter(institution_id__in=list(institution_ids))
    holders = held.values("user_id")
    deputies = replacements_in_force(Deputy.objects.filter(person_id__in=holders), day)
    people = User.objects.filter(
        Q(pk__in=holders) | Q(pk__in=deputies.values("deputy_id")), is_active=True
    ).order_by("pk")
    nobody = Value([], _NUMBERS)
    return people.annotate(
        replaces=Case(When(pk__in=holders, then=nobody), default=_rows_of_deputy(deputies))
    )


def deputies_of(person_ids: Iterable[int], *, on: date | None = None) -> QuerySet[User]:
    """Return the active people who replace one of these on a day (today where omitted).

    Each knows whom: see `replacements_of`.
    """
    rows = replacements_in_force(
        Deputy.objects.filter(person_id__in=list(person_ids)), on or timezone.localdate()
    )
    people = User.objects.filter(pk__in=rows.values("deputy_id"), is_active=True).order_by("pk")
    return people.annotate(replaces=_rows_of_deputy(rows))


_NUMBERS: "ArrayField[Any, Any]" = ArrayField(BigIntegerField())


def _rows_of_deputy(rows: QuerySet[Deputy]) -> ArraySubquery:
    return ArraySubquery(rows.filter(deputy=OuterRef("pk")).order_by("starts_on", "pk").values("pk"))


def replacements_of(person: User) -> tuple[int, ...]:
    """Return the ids of the replacements by which somebody is among the people asked for.

    None for who is in its own right, or was asked for otherwise than by `people_with` and `deputies_of`.
    """
    return tuple(getattr(person, "replaces", ()))


def in_own_right(person: User, other: User | None) -> User:
    """Return of two findings of one person the one that is so in its own right, where one is."""
    return person if other is None or not replacements_of(person) else other


def above(institution_id: int) -> frozenset[int]:
    """Return the institution, its ministry where it is a directorate, and its successors."""
    links = {
        pk: [near for near in (parent, successor) if near is not None]
        for pk, parent, successor in institution_links()
    }
    return reached(institution_id, links)


def in_charge(institution: Institution) -> Institution:
    """Return the institution that answers today for what one undertook: itself, or its last successor."""
    while institution.successor_id is not None:
        institution = Institution.objects.get(pk=institution.successor_id)
    return institution


def assignable_institutions() -> QuerySet[Institution]:
    """Return the institutions of today that can be asked to implement: never the NHRI or organisations."""
    return Institution.objects.filter(
        Q(exists_to__isnull=True) | Q(exists_to__gte=timezone.localdate()),
        kind__in=IMPLEMENTING,
    ).order_by("key")
