"""The filter of many and the decision on one say the same about people and institutions."""

import pytest

from tawsiya.accounts.choices import InstitutionKind, Role
from tawsiya.accounts.commands import start_membership, succeed_institution
from tawsiya.accounts.models import Institution, Membership, User
from tawsiya.accounts.queries import institutions_for, people_for, reader_for
from tawsiya.accounts.reader import PUBLIC
from tawsiya.accounts.visibility import can_view_institution, can_view_person
from tests import factories

pytestmark = pytest.mark.django_db


def test_filter_and_decision_agree_for_every_reader() -> None:
    ministry, old, other = (factories.make_institution() for _ in range(3))
    part = factories.make_institution(parent=ministry)
    by = factories.make_reader(Role.ADMINISTRATOR)
    succeed_institution(institution=old, successor=ministry, on=factories.SINCE, by=by)
    people = [
        factories.make_person(role, place)
        for role, place in (
            (Role.FOCAL_POINT, ministry),
            (Role.VALIDATOR, part),
            (Role.FOCAL_POINT, old),
            (Role.VALIDATOR, other),
            (Role.COORDINATOR, None),
            (Role.ANALYST, None),
            (Role.OBSERVER, None),
            (Role.NHRI, None),
            (Role.CIVIL_SOCIETY, None),
            (None, None),
        )
    ]
    both = people[3]
    start_membership(user=both, institution=part, role=Role.FOCAL_POINT)
    places = {
        user.pk: frozenset(Membership.objects.filter(user=user).values_list("institution_id", flat=True))
        for user in User.objects.all()
    }
    for reader in [by, PUBLIC, *(reader_for(person) for person in people)]:
        seen = set(people_for(reader).values_list("pk", flat=True))
        decided = {user.pk for user in User.objects.all() if can_view_person(reader, user, places[user.pk])}
        assert seen == decided
        rows = set(institutions_for(reader).values_list("pk", flat=True))
        assert rows == {row.pk for row in Institution.objects.all() if can_view_institution(reader, row)}


def test_a_directorate_does_not_see_its_ministry_and_the_successor_sees_the_predecessor() -> None:
    ministry = factories.make_institution()
    part = factories.make_institution(parent=ministry)
    above = factories.make_person(Role.VALIDATOR, ministry)
    below = factories.make_person(Role.FOCAL_POINT, part)
    assert set(people_for(reader_for(above))) == {above, below}
    assert set(people_for(reader_for(below))) == {below}
    new = factories.make_institution()
    after = factories.make_person(Role.FOCAL_POINT, new)
    by = factories.make_reader(Role.ADMINISTRATOR)
    succeed_institution(institution=ministry, successor=new, on=factories.SINCE, by=by)
    assert set(people_for(reader_for(after))) == {above, below, after}


@pytest.mark.parametrize("kind", [InstitutionKind.NHRI, InstitutionKind.CIVIL_SOCIETY])
def test_the_independent_ones_read_no_list_of_people(kind: InstitutionKind) -> None:
    role = Role.NHRI if kind == InstitutionKind.NHRI else Role.CIVIL_SOCIETY
    reader = factories.make_reader(role, factories.make_institution(kind))
    assert not people_for(reader).exists()
    assert not institutions_for(reader).exists()
