"""Who may act on accounts, and what roles, deputies and closed accounts give. Expectations by hand."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tawsiya.accounts.choices import InstitutionKind, MailPace, Role
from tawsiya.accounts.commands import (
    InstitutionFacts,
    Person,
    add_institution,
    appoint_deputy,
    change_institution,
    choose_settings,
    close_account,
    create_person,
    end_deputy,
    end_membership,
    give_role,
    invite,
    name_deputy,
    revoke_invitation,
    start_membership,
    succeed_institution,
)
from tawsiya.accounts.models import Deputy, Institution, Membership, User
from tawsiya.accounts.queries import deputies_of, people_with, reader_for
from tawsiya.accounts.reader import PUBLIC, Reader
from tawsiya.audit.models import Event
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def today() -> date:
    return timezone.localdate()


def admin() -> Reader:
    return factories.reader_in(factories.the_delegation(), Role.ADMINISTRATOR)


def facts(kind: InstitutionKind = InstitutionKind.GOVERNMENT, name: str = "Ministry") -> InstitutionFacts:
    return InstitutionFacts(kind=kind, names={"en": name})


# Acts on accounts and institutions: only the administrator, everything refused to everybody else.
MAY_ACT = {
    Role.ADMINISTRATOR: True,
    Role.COORDINATOR: False,
    Role.ANALYST: False,
    Role.VALIDATOR: False,
    Role.FOCAL_POINT: False,
    Role.OBSERVER: False,
    Role.NHRI: False,
    Role.CIVIL_SOCIETY: False,
    None: False,
}
ACTS = (
    "invite",
    "revoke",
    "give",
    "end",
    "name",
    "end deputy",
    "close",
    "add",
    "change",
    "succeed",
)


def _attempt(act: str, by: Reader) -> None:
    ministry = factories.make_institution()
    person = factories.make_person(Role.FOCAL_POINT, ministry)
    colleague = factories.make_person(Role.VALIDATOR, ministry)
    guest = Person(f"guest-{ministry.pk}@example.org", "Guest")
    if act == "invite":
        invite(person=guest, institution=ministry, role=Role.FOCAL_POINT, by=by)
    elif act == "revoke":
        other = factories.make_reader(Role.ADMINISTRATOR)
        row, _ = invite(person=guest, institution=ministry, role=Role.FOCAL_POINT, by=other)
        revoke_invitation(invitation=row, by=by)
    elif act == "give":
        give_role(user=person, institution=ministry, role=Role.VALIDATOR, starts_on=today(), by=by)
    elif act == "end":
        end_membership(membership=Membership.objects.get(user=person), by=by)
    elif act == "name":
        name_deputy(person=person, deputy=colleague, starts_on=today(), ends_on=today(), by=by)
    elif act == "end deputy":
        row2 = appoint_deputy(person=person, deputy=colleague, starts_on=today(), ends_on=today())
        end_deputy(deputy=row2, by=by)
    elif act == "close":
        close_account(user=person, by=by)
    elif act == "add":
        add_institution(facts=facts(), by=by)
    elif act == "change":
        change_institution(institution=ministry, facts=facts(), by=by)
    else:
        new = factories.make_institution()
        succeed_institution(institution=ministry, successor=new, on=today(), by=by)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", list(MAY_ACT))
def test_only_an_administrator_acts_and_the_history_says_so(role: Role | None, act: str) -> None:
    by = factories.make_reader(role)
    mine = Event.objects.filter(actor_id=by.user_id)
    if MAY_ACT[role]:
        _attempt(act, by)
        assert mine.count() == 1
        assert mine.get().actor_name == by.name
    else:
        with pytest.raises(PermissionRefused, match="Only an administrator"):
            _attempt(act, by)
        assert not mine.exists()


# Roles in time.


def test_a_role_counts_from_its_first_to_its_last_day() -> None:
    person = factories.make_person(Role.FOCAL_POINT, starts_on=date(2025, 3, 1))
    end_membership(membership=Membership.objects.get(user=person), by=admin(), ends_on=date(2025, 3, 31))
    found = {
        day: bool(reader_for(person, on=day).grants)
        for day in (date(2025, 2, 28), date(2025, 3, 1), date(2025, 3, 31), date(2025, 4, 1))
    }
    assert found == {
        date(2025, 2, 28): False,
        date(2025, 3, 1): True,
        date(2025, 3, 31): True,
        date(2025, 4, 1): False,
    }


def test_a_membership_that_ended_yesterday_gives_nothing() -> None:
    person = factories.make_person(Role.COORDINATOR)
    membership = Membership.objects.get(user=person)
    end_membership(membership=membership, by=admin(), ends_on=today() - DAY)
    reader = reader_for(person)
    assert reader.is_public
    assert reader.roles == frozenset()


def test_a_role_ended_at_once_is_over_at_once() -> None:
    person = factories.make_person(Role.FOCAL_POINT)
    end_membership(membership=Membership.objects.get(user=person), by=admin())
    assert reader_for(person).is_public
    assert Membership.objects.get(user=person).ends_on == today() - DAY


def test_a_role_given_by_mistake_today_is_taken_back_at_once_and_stays_in_the_history() -> None:
    person = factories.make_person(Role.FOCAL_POINT, starts_on=today())
    end_membership(membership=Membership.objects.get(user=person), by=admin())
    assert reader_for(person).is_public
    codes = Event.objects.filter(subject_type="accounts.membership", after__person=str(person))
    assert sorted(codes.values_list("code", flat=True)) == ["membership.ended", "membership.started"]


def test_an_ended_role_is_not_ended_twice() -> None:
    person = factories.make_person(Role.FOCAL_POINT)
    membership = Membership.objects.get(user=person)
    end_membership(membership=membership, by=admin())
    with pytest.raises(RuleViolated, match="already ended"):
        end_membership(membership=membership, by=admin())


def test_the_same_role_is_not_held_twice() -> None:
    ministry = factories.make_institution()
    person = factories.make_person(Role.FOCAL_POINT, ministry)
    with pytest.raises(RuleViolated, match="already holds"):
        start_membership(user=person, institution=ministry, role=Role.FOCAL_POINT)


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.COORDINATOR, InstitutionKind.GOVERNMENT),
        (Role.ADMINISTRATOR, InstitutionKind.NHRI),
        (Role.FOCAL_POINT, InstitutionKind.NHRI),
        (Role.VALIDATOR, InstitutionKind.CIVIL_SOCIETY),
        (Role.NHRI, InstitutionKind.GOVERNMENT),
        (Role.NHRI, InstitutionKind.INDEPENDENT),
        (Role.CIVIL_SOCIETY, InstitutionKind.NHRI),
        (Role.OBSERVER, InstitutionKind.NHRI),
    ],
)
def test_a_role_exists_only_where_it_is_at_home(role: Role, kind: InstitutionKind) -> None:
    with pytest.raises(RuleViolated, match="does not exist"):
        factories.make_person(role, factories.make_institution(kind))


def test_the_last_administrator_stays() -> None:
    by = admin()
    with pytest.raises(RuleViolated, match="another administrator"):
        end_membership(membership=Membership.objects.get(user_id=by.user_id), by=by)
    factories.make_person(Role.ADMINISTRATOR, factories.the_delegation())
    end_membership(membership=Membership.objects.get(user_id=by.user_id), by=by)


# Deputies.


def _pair() -> tuple[User, User]:
    ministry = factories.make_institution()
    return factories.make_person(Role.VALIDATOR, ministry), factories.make_person(Role.FOCAL_POINT, ministry)


def test_a_deputy_has_the_rights_of_the_person_replaced_until_the_last_day() -> None:
    person, deputy = _pair()
    appoint_deputy(person=person, deputy=deputy, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 8))
    roles = {
        day: reader_for(deputy, on=day).roles
        for day in (date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 8), date(2026, 3, 9))
    }
    both = {Role.VALIDATOR, Role.FOCAL_POINT}
    assert roles == {
        date(2026, 3, 1): {Role.FOCAL_POINT},
        date(2026, 3, 2): both,
        date(2026, 3, 8): both,
        date(2026, 3, 9): {Role.FOCAL_POINT},
    }


def test_a_deputy_named_today_is_gone_once_ended() -> None:
    person, deputy = _pair()
    row = name_deputy(person=person, deputy=deputy, starts_on=today(), ends_on=today() + 5 * DAY, by=admin())
    assert Role.VALIDATOR in reader_for(deputy).roles
    end_deputy(deputy=row, by=admin())
    assert reader_for(deputy).roles == {Role.FOCAL_POINT}
    assert Event.objects.filter(code="deputy.ended", subject_id=row.pk).count() == 1


def test_a_deputy_of_a_closed_account_has_nothing_from_it() -> None:
    person, deputy = _pair()
    appoint_deputy(person=person, deputy=deputy, starts_on=today(), ends_on=today())
    close_account(user=person, by=admin())
    assert reader_for(deputy).roles == {Role.FOCAL_POINT}


def test_a_deputy_who_left_the_institution_reads_nothing_of_it_any_more() -> None:
    person, deputy = _pair()
    appoint_deputy(person=person, deputy=deputy, starts_on=today(), ends_on=today() + 5 * DAY)
    elsewhere = factories.make_institution()
    (held,) = Membership.objects.filter(user=deputy)
    end_membership(membership=held, by=admin())
    start_membership(user=deputy, institution=elsewhere, role=Role.FOCAL_POINT)
    reader = reader_for(deputy)
    assert (reader.roles, reader.own_institutions) == ({Role.FOCAL_POINT}, {elsewhere.pk})
    assert [*people_with([Role.VALIDATOR])] == [person]
    assert [*deputies_of([person.pk])] == []


def test_a_deputy_without_any_role_left_is_the_public() -> None:
    person, deputy = _pair()
    appoint_deputy(person=person, deputy=deputy, starts_on=today(), ends_on=today() + 5 * DAY)
    end_membership(membership=Membership.objects.get(user=deputy), by=admin())
    assert reader_for(deputy).is_public


def test_a_deputy_is_told_nothing_in_place_of_a_closed_account() -> None:
    person, deputy = _pair()
    appoint_deputy(person=person, deputy=deputy, starts_on=today(), ends_on=today() + 5 * DAY)
    assert {*people_with([Role.VALIDATOR])} == {person, deputy}
    close_account(user=person, by=admin())
    assert [*people_with([Role.VALIDATOR])] == []


def test_a_deputy_passes_on_no_rights_that_he_or_she_has_as_a_deputy() -> None:
    person, deputy = _pair()
    institution = Membership.objects.get(user=person).institution
    third = factories.make_person(Role.FOCAL_POINT, institution)
    appoint_deputy(person=person, deputy=deputy, starts_on=today(), ends_on=today())
    appoint_deputy(person=deputy, deputy=third, starts_on=today(), ends_on=today())
    assert reader_for(third).roles == {Role.FOCAL_POINT}


def test_a_deputy_comes_from_the_same_institution() -> None:
    person, _deputy = _pair()
    stranger = factories.make_person(Role.FOCAL_POINT)
    with pytest.raises(RuleViolated, match="institution of the person replaced"):
        appoint_deputy(person=person, deputy=stranger, starts_on=today(), ends_on=today())
    assert not Deputy.objects.exists()


def test_somebody_of_a_directorate_may_replace_somebody_of_the_ministry() -> None:
    ministry = factories.make_institution()
    part = factories.make_institution(parent=ministry)
    person = factories.make_person(Role.VALIDATOR, ministry)
    deputy = factories.make_person(Role.FOCAL_POINT, part)
    appoint_deputy(person=person, deputy=deputy, starts_on=today(), ends_on=today())
    assert reader_for(deputy).roles == {Role.VALIDATOR, Role.FOCAL_POINT}


@pytest.mark.parametrize(
    ("starts", "ends", "sentence"),
    [(5, 4, "before the first"), (-9, -1, "already past")],
)
def test_the_days_of_a_replacement_are_in_order(starts: int, ends: int, sentence: str) -> None:
    person, deputy = _pair()
    with pytest.raises(RuleViolated, match=sentence):
        name_deputy(
            person=person,
            deputy=deputy,
            starts_on=today() + starts * DAY,
            ends_on=today() + ends * DAY,
            by=admin(),
        )


# Closed accounts.


def test_a_closed_account_sees_nothing() -> None:
    person = factories.make_person(Role.COORDINATOR)
    close_account(user=person, by=admin())
    person.refresh_from_db()
    assert reader_for(person) is PUBLIC


def test_nobody_closes_the_own_account() -> None:
    by = admin()
    factories.make_person(Role.ADMINISTRATOR, factories.the_delegation())
    with pytest.raises(RuleViolated, match="your own account"):
        close_account(user=User.objects.get(pk=by.user_id), by=by)


def test_a_deputy_of_the_administrator_does_not_close_the_last_one() -> None:
    chief = factories.make_person(Role.ADMINISTRATOR)
    analyst = factories.make_person(Role.ANALYST)
    appoint_deputy(person=chief, deputy=analyst, starts_on=today(), ends_on=today())
    with pytest.raises(RuleViolated, match="another administrator"):
        close_account(user=chief, by=reader_for(analyst))
    chief.refresh_from_db()
    assert chief.is_active


def test_no_role_is_given_to_a_closed_account() -> None:
    person = factories.make_person(Role.FOCAL_POINT)
    close_account(user=person, by=admin())
    person.refresh_from_db()
    with pytest.raises(RuleViolated, match="closed"):
        give_role(
            user=person,
            institution=factories.make_institution(),
            role=Role.FOCAL_POINT,
            starts_on=today(),
            by=admin(),
        )


def test_one_address_one_account_whatever_its_case() -> None:
    create_person(person=Person("A.Person@Example.org", "A"), password=None)
    with pytest.raises(RuleViolated, match="already an account"):
        create_person(person=Person("a.person@example.ORG", "A"), password=None)


def test_a_person_chooses_among_the_languages_that_exist() -> None:
    person = factories.make_person(language="fr")
    choose_settings(user=person, language="ar", mail_pace=MailPace.EACH)
    person.refresh_from_db()
    assert person.language == "ar"
    with pytest.raises(RuleViolated):
        choose_settings(user=person, language="tlh", mail_pace=MailPace.EACH)


# Institutions.


def test_the_people_of_a_successor_read_what_was_left() -> None:
    old, new = factories.make_institution(), factories.make_institution()
    part = factories.make_institution(parent=old)
    person = factories.make_person(Role.FOCAL_POINT, new)
    succeed_institution(institution=old, successor=new, on=date(2026, 1, 1), by=admin())
    old.refresh_from_db()
    assert (old.exists_to, old.successor_id) == (date(2025, 12, 31), new.pk)
    assert reader_for(person).own_institutions == {old.pk, new.pk, part.pk}


def test_succession_has_no_circle() -> None:
    one, two = factories.make_institution(), factories.make_institution()
    succeed_institution(institution=one, successor=two, on=date(2026, 1, 1), by=admin())
    with pytest.raises(RuleViolated, match="predecessor"):
        succeed_institution(institution=two, successor=one, on=date(2026, 2, 1), by=admin())
    with pytest.raises(RuleViolated, match="predecessor"):
        succeed_institution(institution=two, successor=two, on=date(2026, 2, 1), by=admin())
    with pytest.raises(RuleViolated, match="replaced already"):
        succeed_institution(institution=one, successor=two, on=date(2026, 2, 1), by=admin())


@pytest.mark.parametrize("kind", [InstitutionKind.NHRI, InstitutionKind.CIVIL_SOCIETY])
def test_the_independent_ones_never_take_over_from_a_ministry(kind: InstitutionKind) -> None:
    ministry, other = factories.make_institution(), factories.make_institution(kind)
    for old, new in ((ministry, other), (other, ministry)):
        with pytest.raises(RuleViolated, match="cannot take over"):
            succeed_institution(institution=old, successor=new, on=date(2026, 1, 1), by=admin())


def test_a_kind_that_leaves_a_role_homeless_is_refused() -> None:
    ministry = factories.make_institution()
    factories.make_person(Role.FOCAL_POINT, ministry)
    with pytest.raises(RuleViolated, match="Focal point"):
        change_institution(institution=ministry, facts=facts(InstitutionKind.NHRI), by=admin())
    changed = change_institution(institution=ministry, facts=facts(InstitutionKind.JUDICIARY), by=admin())
    assert changed.kind == InstitutionKind.JUDICIARY


def test_a_directorate_is_of_the_kind_of_its_institution() -> None:
    court = factories.make_institution(InstitutionKind.JUDICIARY)
    part = add_institution(facts=facts(InstitutionKind.GOVERNMENT, "Registry"), parent=court, by=admin())
    assert (part.kind, part.parent_id, part.key) == (InstitutionKind.JUDICIARY, court.pk, "registry")
    second = add_institution(facts=facts(name="Registry"), by=admin())
    assert second.key == "registry-2"


def test_an_institution_has_a_name() -> None:
    with pytest.raises(RuleViolated, match="a name"):
        add_institution(facts=InstitutionFacts(InstitutionKind.OTHER, {"ar": "  "}), by=admin())
    assert not Institution.objects.filter(kind=InstitutionKind.OTHER).exists()
