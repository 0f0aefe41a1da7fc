"""A person's own absence: a colleague acts, both are named, and it ends when the person is back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from tawsiya.accounts.choices import Role
from tawsiya.accounts.commands import declare_absence, return_early
from tawsiya.accounts.models import Deputy
from tawsiya.accounts.queries import reader_for
from tawsiya.audit.models import Event
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.followup.choices import AssignmentState
from tawsiya.followup.commands.assignments import act_on_assignment
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _two():
    ministry = factories.make_institution()
    away = factories.make_person(Role.VALIDATOR, ministry, name="Aicha Away")
    here = factories.make_person(Role.FOCAL_POINT, ministry, name="Hamid Here")
    return ministry, away, here


def test_the_deputy_acts_in_the_name_of_the_absent_and_the_history_names_both() -> None:
    ministry, away, here = _two()
    today = timezone.localdate()
    declare_absence(deputy=here, starts_on=today, ends_on=today + 6 * DAY, by=reader_for(away))
    assert reader_for(here).roles == {Role.VALIDATOR, Role.FOCAL_POINT}
    assert reader_for(here, on=today + 7 * DAY).roles == {Role.FOCAL_POINT}
    appointed = Event.objects.get(code="deputy.appointed")
    assert (appointed.actor_name, appointed.after["person"], appointed.after["deputy"]) == (
        "Aicha Away",
        "Aicha Away",
        "Hamid Here",
    )
    # Hamid only observes in the ministry from now on: the absent person's role is left to act under.
    from tawsiya.accounts.commands import end_membership, start_membership

    end_membership(membership=here.memberships.get(), by=factories.make_reader(Role.ADMINISTRATOR))
    start_membership(user=here, institution=ministry, role=Role.OBSERVER)
    assignment = factories.make_assignment(AssignmentState.PROPOSED, institution=ministry)
    act_on_assignment(assignment=assignment, action="accept", by=reader_for(here))
    accepted = Event.objects.get(code="assignment.accepted")
    assert (accepted.actor_name, accepted.on_behalf_of_name) == ("Hamid Here", "Aicha Away")


def test_who_is_back_ends_the_absence() -> None:
    _ministry, away, here = _two()
    today = timezone.localdate()
    row = declare_absence(deputy=here, starts_on=today - DAY, ends_on=today + 6 * DAY, by=reader_for(away))
    return_early(replacement=row, by=reader_for(away))
    assert reader_for(here).roles == {Role.FOCAL_POINT}
    assert Event.objects.get(code="deputy.ended").actor_name == "Aicha Away"
    with pytest.raises(RuleViolated, match="already ended"):
        return_early(replacement=row, by=reader_for(away))


def test_what_is_refused_and_why() -> None:
    _ministry, away, here = _two()
    today, reader = timezone.localdate(), reader_for(away)
    elsewhere = factories.make_person(Role.FOCAL_POINT)
    for deputy, first, last, why in (
        (elsewhere, today, today, "belongs to the institution"),
        (away, today, today, "Nobody replaces himself"),
        (here, today, today - DAY, "already past"),
        (here, today + 2 * DAY, today + DAY, "before the first"),
    ):
        with pytest.raises(RuleViolated, match=why):
            declare_absence(deputy=deputy, starts_on=first, ends_on=last, by=reader)
    row = declare_absence(deputy=here, starts_on=today, ends_on=today + 3 * DAY, by=reader)
    with pytest.raises(RuleViolated, match="already replaces you"):
        declare_absence(deputy=here, starts_on=today + 3 * DAY, ends_on=today + 5 * DAY, by=reader)
    with pytest.raises(PermissionRefused, match="Only the person replaced"):
        return_early(replacement=row, by=reader_for(here))
    with pytest.raises(PermissionRefused, match="a role of one's own"):
        declare_absence(
            deputy=here, starts_on=today, ends_on=today, by=reader_for(factories.make_person(None))
        )
    assert Deputy.objects.count() == 1


def test_a_role_held_for_another_is_not_handed_on() -> None:
    ministry, away, here = _two()
    third = factories.make_person(Role.FOCAL_POINT, ministry)
    today = timezone.localdate()
    declare_absence(deputy=here, starts_on=today, ends_on=today, by=reader_for(away))
    declare_absence(deputy=third, starts_on=today, ends_on=today, by=reader_for(here))
    assert reader_for(third).roles == {Role.FOCAL_POINT}


def test_on_the_page_of_ones_account() -> None:
    factories.make_instance()
    _ministry, away, here = _two()
    client = Client()
    client.force_login(away, backend="allauth.account.auth_backends.AuthenticationBackend")
    with translation.override("en"):
        profile, absence = reverse("accounts:profile"), reverse("accounts:absence")
    today = timezone.localdate()
    form = {"deputy": here.pk, "deputy_from": today.isoformat()}
    refused = client.post(absence, form | {"deputy_to": (today - DAY).isoformat()})
    assert "already past" in refused.content.decode()
    done = client.post(absence, form | {"deputy_to": (today + DAY).isoformat()}, follow=True)
    assert "Hamid Here" in done.content.decode()
    with translation.override("en"):
        back = reverse("accounts:end-absence", args=[Deputy.objects.get().pk])
    assert client.post(back).status_code == 302
    assert "I am back" not in client.get(profile).content.decode()
