"""Pages of accounts by role: what opens, what is shown, and that nothing typed is lost."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Deputy, Institution, Invitation, Membership, User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry() -> Institution:
    return factories.make_institution(names={"en": "Ministry of Health", "fr": "Ministère de la santé"})


@pytest.fixture
def enter(client: Client, ministry: Institution) -> Callable[[Role | None], Client]:
    """Sign in as somebody with a role; validators and focal points are of the ministry."""

    def sign_in(role: Role | None) -> Client:
        own = ministry if role in (Role.VALIDATOR, Role.FOCAL_POINT) else None
        client.force_login(factories.make_person(role, own))
        return client

    return sign_in


INSIDE = {Role.ADMINISTRATOR, Role.COORDINATOR, Role.ANALYST}
OWN = {Role.VALIDATOR, Role.FOCAL_POINT}
# By role: list of people, own institution's person, another institution's person.
READS = {
    Role.ADMINISTRATOR: (200, 200, 200),
    Role.COORDINATOR: (200, 200, 200),
    Role.ANALYST: (200, 200, 200),
    Role.VALIDATOR: (200, 200, 404),
    Role.FOCAL_POINT: (200, 200, 404),
    Role.OBSERVER: (404, 404, 404),
    Role.NHRI: (404, 404, 404),
    Role.CIVIL_SOCIETY: (404, 404, 404),
    None: (404, 404, 404),
}


@pytest.mark.parametrize("role", list(READS))
def test_who_reads_people_and_institutions(
    enter: Callable[[Role | None], Client], ministry: Institution, role: Role | None
) -> None:
    own = factories.make_person(Role.FOCAL_POINT, ministry)
    elsewhere = factories.make_institution()
    other = factories.make_person(Role.FOCAL_POINT, elsewhere)
    client = enter(role)
    lists, mine, others = READS[role]
    for form in ("/", ".csv", ".json"):
        assert client.get(f"/en/people{form}").status_code == lists
        assert client.get(f"/en/institutions{form}").status_code == lists
    assert client.get(f"/en/people/{own.pk}/").status_code == mine
    assert client.get(f"/en/people/{other.pk}/").status_code == others
    assert client.get(f"/en/institutions/{ministry.pk}/").status_code == mine
    assert client.get(f"/en/institutions/{elsewhere.pk}/").status_code == others


def test_an_institution_s_list_has_its_own_people_and_roles_only(
    enter: Callable[[Role | None], Client], ministry: Institution
) -> None:
    elsewhere = factories.make_institution(names={"en": "Ministry of Secrets"})
    shared = factories.make_person(Role.FOCAL_POINT, ministry, name="In Both")
    factories.start_membership(user=shared, institution=elsewhere, role=Role.VALIDATOR)
    factories.make_person(Role.FOCAL_POINT, elsewhere, name="Far Away")
    client = enter(Role.FOCAL_POINT)
    rows = json.loads(client.get("/en/people.json").content)["results"]
    names = {row["name"]: row["institutions"] for row in rows}
    assert names["In Both"] == ["Ministry of Health"]
    assert "Far Away" not in names
    for address in ("/en/people/", f"/en/people/{shared.pk}/", "/en/institutions/"):
        page = client.get(address).content.decode()
        assert "Ministry of Secrets" not in page
        assert "Far Away" not in page
    asked = json.loads(client.get(f"/en/people.json?institution={elsewhere.pk}").content)
    assert asked["results"] == []


def test_the_twins_agree(enter: Callable[[Role | None], Client], ministry: Institution) -> None:
    factories.make_person(Role.FOCAL_POINT, ministry, email="one@example.org", name="=One")
    client = enter(Role.COORDINATOR)
    rows = json.loads(client.get("/en/people.json?role=focal_point").content)["results"]
    text = b"".join(client.get("/en/people.csv?role=focal_point").streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [row["email"] for row in rows] == ["one@example.org"] == [line["email"] for line in lines]
    assert rows[0]["name"] == "=One"
    assert lines[0]["name"] == "'=One"


def test_past_roles_are_no_roles_of_today(
    enter: Callable[[Role | None], Client], ministry: Institution
) -> None:
    person = factories.make_person(Role.VALIDATOR, ministry, name="Gone")
    membership = Membership.objects.get(user=person)
    by = factories.reader_in(factories.the_delegation(), Role.ADMINISTRATOR)
    from tawsiya.accounts.commands import end_membership

    end_membership(membership=membership, by=by)
    client = enter(Role.COORDINATOR)
    assert json.loads(client.get("/en/people.json?role=validator").content)["count"] == 0
    rows = json.loads(client.get("/en/people.json?q=Gone").content)["results"]
    assert rows[0]["roles"] == []


# Acts by page: allowed for the administrator (302), refused with the reason where the thing is seen (403),
# nothing there where it is not (404).
ACTING = {
    Role.ADMINISTRATOR: 302,
    Role.COORDINATOR: 403,
    Role.ANALYST: 403,
    Role.VALIDATOR: 403,
    Role.FOCAL_POINT: 403,
    Role.OBSERVER: 404,
    Role.NHRI: 404,
    Role.CIVIL_SOCIETY: 404,
    None: 404,
}


@pytest.mark.parametrize("role", list(ACTING))
def test_who_acts_by_page(
    enter: Callable[[Role | None], Client], ministry: Institution, role: Role | None
) -> None:
    today = timezone.localdate().isoformat()
    person = factories.make_person(Role.FOCAL_POINT, ministry)
    colleague = factories.make_person(Role.VALIDATOR, ministry)
    held = Membership.objects.get(user=colleague)
    client = enter(role)
    posts: list[tuple[str, dict[str, Any]]] = [
        (
            f"/en/people/{person.pk}/roles/",
            {"institution": ministry.pk, "role": "validator", "starts_on": today},
        ),
        (
            f"/en/people/{person.pk}/deputies/",
            {"deputy": colleague.pk, "deputy_from": today, "deputy_to": today},
        ),
        (f"/en/people/roles/{held.pk}/end/", {}),
        (f"/en/people/{person.pk}/close/", {}),
        (f"/en/institutions/{ministry.pk}/change/", {"names_en": "New name", "kind": "government"}),
        (f"/en/institutions/{ministry.pk}/new/", {"names_en": "Directorate"}),
    ]
    for address, data in posts:
        assert client.post(address, data).status_code == ACTING[role], address
    done = ACTING[role] == 302
    person.refresh_from_db()
    ministry.refresh_from_db()
    held.refresh_from_db()
    assert person.is_active is not done
    assert (ministry.names["en"] == "New name") is done
    assert (held.ends_on is not None) is done
    assert Deputy.objects.exists() is done
    assert Institution.objects.filter(parent=ministry).exists() is done


@pytest.mark.parametrize("role", list(ACTING))
def test_who_opens_invitations(enter: Callable[[Role | None], Client], role: Role | None) -> None:
    client = enter(role)
    expected = 200 if role == Role.ADMINISTRATOR else 403
    for address in ("invitations/", "invitations.csv", "invitations.json", "invitations/new/"):
        assert client.get(f"/en/{address}").status_code == expected


def test_acts_are_no_get(enter: Callable[[Role | None], Client], ministry: Institution) -> None:
    person = factories.make_person(Role.FOCAL_POINT, ministry)
    held = Membership.objects.get(user=person)
    client = enter(Role.ADMINISTRATOR)
    for address in (
        f"people/{person.pk}/roles/",
        f"people/{person.pk}/deputies/",
        f"people/{person.pk}/close/",
        f"people/roles/{held.pk}/end/",
        f"institutions/{ministry.pk}/replace/",
    ):
        assert client.get(f"/en/{address}").status_code == 405


def test_inviting_shows_the_link_once(enter: Callable[[Role | None], Client], ministry: Institution) -> None:
    client = enter(Role.ADMINISTRATOR)
    answer = client.post(
        "/en/invitations/new/",
        {
            "email": "guest@example.org",
            "name": "Guest",
            "name_ar": "",
            "language": "fr",
            "institution": ministry.pk,
            "role": "focal_point",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "/fr/invitation/" in page
    token = page.split("/fr/invitation/")[1].split("/")[0]
    assert Client().get(f"/fr/invitation/{token}/").status_code == 200
    assert token not in client.get("/en/invitations/").content.decode()
    assert token not in json.dumps(dict(client.session))


def test_a_role_that_does_not_exist_there_is_said_at_the_field(
    enter: Callable[[Role | None], Client], ministry: Institution
) -> None:
    client = enter(Role.ADMINISTRATOR)
    answer = client.post(
        "/en/invitations/new/",
        {
            "email": "guest@example.org",
            "name": "Guest Typed",
            "language": "fr",
            "institution": ministry.pk,
            "role": "coordinator",
        },
    )
    page = answer.content.decode()
    assert "This role does not exist in an institution of this kind: Government sector." in page
    assert 'value="Guest Typed"' in page
    assert not Invitation.objects.exists()


def test_what_was_typed_stays_when_a_rule_refuses(
    enter: Callable[[Role | None], Client], ministry: Institution
) -> None:
    client = enter(Role.ADMINISTRATOR)
    nhri = factories.make_institution(factories.InstitutionKind.NHRI)
    answer = client.post(
        f"/en/institutions/{ministry.pk}/replace/", {"successor": nhri.pk, "on": "2026-05-04"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "cannot take over" in page
    assert 'value="2026-05-04"' in page
    ministry.refresh_from_db()
    assert ministry.successor_id is None


def test_replacing_an_institution(enter: Callable[[Role | None], Client], ministry: Institution) -> None:
    client = enter(Role.ADMINISTRATOR)
    new = factories.make_institution(names={"en": "Ministry of Health and Solidarity"})
    given = {"successor": new.pk, "on": "2026-05-04"}
    preview = client.post(f"/en/institutions/{ministry.pk}/replace/", given)
    assert "Ministry of Health and Solidarity" in preview.content.decode()
    ministry.refresh_from_db()
    assert ministry.successor_id is None  # what would be handed over is only shown
    answer = client.post(f"/en/institutions/{ministry.pk}/replace/", given | {"step": "apply"}, follow=True)
    assert "Ministry of Health and Solidarity" in answer.content.decode()
    ministry.refresh_from_db()
    assert (ministry.successor_id, ministry.exists_to) == (new.pk, date(2026, 5, 3))


def test_a_role_ends_on_the_day_given(enter: Callable[[Role | None], Client], ministry: Institution) -> None:
    held = Membership.objects.get(user=factories.make_person(Role.FOCAL_POINT, ministry))
    last = timezone.localdate() + timedelta(days=10)
    enter(Role.ADMINISTRATOR).post(f"/en/people/roles/{held.pk}/end/", {"ends_on": last.isoformat()})
    held.refresh_from_db()
    assert held.ends_on == last


def test_a_person_sets_the_own_language(client: Client) -> None:
    person = factories.make_person(Role.FOCAL_POINT, language="fr")
    client.force_login(person)
    answer = client.post("/fr/me/", {"language": "ar", "mail_pace": "each"})
    assert (answer.status_code, answer["Location"]) == (302, "/ar/me/")
    assert answer.cookies["django_language"].value == "ar"
    assert User.objects.get(pk=person.pk).language == "ar"


def test_the_names_come_in_the_script_of_the_page(client: Client) -> None:
    from tawsiya.accounts.commands import Person, create_person

    user = create_person(person=Person("n@example.org", "Nadia Idurar", "نادية إدورار"), password=None)
    client.force_login(factories.make_person(Role.ADMINISTRATOR))
    assert "<title>نادية إدورار" in client.get(f"/ar/people/{user.pk}/").content.decode()
    assert "<title>Nadia Idurar" in client.get(f"/fr/people/{user.pk}/").content.decode()
