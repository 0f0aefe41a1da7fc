"""Saved searches and their alerts: one's own only, each match once, by the rights of the moment."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tawsiya.accounts.choices import Role
from tawsiya.accounts.commands import close_account, end_membership
from tawsiya.accounts.models import Membership, User
from tawsiya.accounts.queries import reader_for
from tawsiya.analysis.choices import Scope
from tawsiya.analysis.commands.saved_searches import (
    MOST,
    look_for_new_matches,
    save_search,
    switch_alerts,
)
from tawsiya.analysis.models import SavedSearch, SavedSearchMatch
from tawsiya.analysis.tasks import send_alerts
from tawsiya.audit import commands as audit
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.followup.choices import ContributionState
from tawsiya.followup.commands.assignments import act_on_assignment
from tawsiya.followup.models import Assignment
from tawsiya.notifications.models import MailState, Notification, OutboxMail
from tawsiya.notifications.sentences import render
from tawsiya.notifications.tasks import send_waiting_mail
from tawsiya.recommendations.choices import AccessLevel
from tawsiya.recommendations.models import RecommendationText
from tests import factories

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CODE = "search.new_matches"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def at(name: str, *args: int) -> str:
    with translation.override("en"):
        return reverse(f"analysis:{name}", args=args)


def saved_for(user: User, words: str, scope: Scope = Scope.RECOMMENDATIONS) -> SavedSearch:
    return save_search(
        name=f"About {words}", scope=scope, state=f"q={words}", alerts=True, by=reader_for(user)
    )


def alerts_of(user: User) -> int:
    return Notification.objects.filter(recipient=user, code=CODE).count()


def test_a_search_is_saved_opened_renamed_and_deleted_by_its_page() -> None:
    user = factories.make_person(Role.OBSERVER)
    item = factories.make_recommendation(texts={"en": "Protect whistleblowers"})
    client = client_of(user)
    page = BeautifulSoup(
        client.get(at("search"), {"q": "whistleblower", "year": "2017", "page": "1"}).content, "html.parser"
    )
    state = page.select_one("#save-search input[name=state]")
    assert state is not None
    form = {"name": "  My   search ", "scope": "recommendations", "state": state["value"]}
    answer = client.post(at("saved-save"), form)
    saved = SavedSearch.objects.get()
    assert (saved.name, saved.state, saved.alerts) == ("My search", "q=whistleblower&year=2017", False)
    assert (
        answer["Location"] == f"/en/search/?q=whistleblower&year=2017&scope=recommendations&saved={saved.pk}"
    )
    opened = client.get(at("saved-open", saved.pk), follow=True)
    assert f"/en/recommendations/{item.pk}/" in opened.content.decode()
    client.post(at("saved-rename", saved.pk), {"name": "Another"})
    assert "Another" in client.get(at("saved")).content.decode()
    (row,) = client.get(at("saved-json")).json()["results"]
    assert (row["name"], row["query"]) == ("Another", "whistleblower")
    client.post(at("saved-alerts", saved.pk), {"on": "yes"})
    saved.refresh_from_db()
    assert saved.alerts and SavedSearchMatch.objects.get().object_id == item.pk
    client.post(at("saved-delete", saved.pk))
    assert not SavedSearch.objects.exists() and not SavedSearchMatch.objects.exists()
    assert "No saved searches yet" in client.get(at("saved")).content.decode()


def test_nobody_else_opens_or_changes_it() -> None:
    owner, other = factories.make_person(Role.OBSERVER), factories.make_person(Role.COORDINATOR)
    saved = saved_for(owner, "law")
    client = client_of(other)
    assert client.get(at("saved-open", saved.pk)).status_code == 404
    for name in ("rename", "delete", "alerts"):
        assert client.post(at(f"saved-{name}", saved.pk), {"name": "x"}).status_code == 404
    assert "About law" not in client.get(at("saved")).content.decode()
    with pytest.raises(PermissionRefused):
        switch_alerts(saved=saved, on=False, by=reader_for(other))


def test_names_are_given_once_and_there_is_a_limit() -> None:
    user = factories.make_person(Role.OBSERVER)
    saved_for(user, "law")
    saved_for(factories.make_person(Role.OBSERVER), "law")
    for name in ("About law", "", "   ", "x" * 81):
        with pytest.raises(RuleViolated):
            save_search(name=name, scope=Scope.DOCUMENTS, state="", alerts=False, by=reader_for(user))
    SavedSearch.objects.bulk_create(
        SavedSearch(owner=user, name=str(number), scope="documents") for number in range(MOST - 1)
    )
    with pytest.raises(RuleViolated, match="delete one first"):
        save_search(name="One more", scope=Scope.DOCUMENTS, state="", alerts=False, by=reader_for(user))
    with pytest.raises(PermissionRefused):
        save_search(
            name="x",
            scope=Scope.DOCUMENTS,
            state="",
            alerts=False,
            by=reader_for(factories.make_person()),
        )


def test_new_matches_are_told_once_in_one_notification() -> None:
    user = factories.make_person(Role.OBSERVER)
    document = factories.make_document()
    factories.make_recommendation(document, texts={"en": "Protect whistleblowers"})
    saved = saved_for(user, "whistleblower")
    send_alerts(timestamp=0)
    assert alerts_of(user) == 0  # it matched already
    new = [factories.make_recommendation(document, texts={"en": f"Hear whistleblowers {n}"}) for n in (1, 2)]
    send_alerts(timestamp=0)
    send_alerts(timestamp=0)
    assert alerts_of(user) == 1
    told = Notification.objects.get(recipient=user, code=CODE)
    assert render(told.code, told.params)[0] == "New matches of your saved search: About whistleblower"
    page = BeautifulSoup(client_of(user).get(at("saved-open", saved.pk), follow=True).content, "html.parser")
    marked = [
        row for row in page.select(".tw-answer") if "New" in row.select_one(".tw-answer__head").get_text()
    ]
    assert len(page.select(".tw-answer")) == 3 and len(marked) == 2
    # What goes away and comes again was told already.
    with audit.change("recommendation.imported", by=audit.SYSTEM):
        RecommendationText.objects.filter(recommendation=new[0]).update(text="Something else")
    send_alerts(timestamp=0)
    with audit.change("recommendation.imported", by=audit.SYSTEM):
        RecommendationText.objects.filter(recommendation=new[0]).update(text="Hear whistleblowers")
    send_alerts(timestamp=0)
    assert alerts_of(user) == 1


def test_what_comes_while_alerts_are_off_is_not_told() -> None:
    user = factories.make_person(Role.OBSERVER)
    saved = saved_for(user, "whistleblower")
    switch_alerts(saved=saved, on=False, by=reader_for(user))
    factories.make_recommendation(texts={"en": "Protect whistleblowers"})
    send_alerts(timestamp=0)
    switch_alerts(saved=saved, on=True, by=reader_for(user))
    send_alerts(timestamp=0)
    assert alerts_of(user) == 0


def test_a_contribution_is_told_of_when_its_reader_may_see_it_and_not_before() -> None:
    coordinator = factories.make_person(Role.COORDINATOR, factories.the_delegation())
    observer = factories.make_person(Role.OBSERVER)
    for user in (coordinator, observer):
        saved_for(user, "turbines", Scope.CONTRIBUTIONS)
    row = factories.make_contribution(measures_taken="We bought turbines")
    told = []
    for action, role in (
        ("", None), ("submit", Role.FOCAL_POINT), ("approve", Role.VALIDATOR), ("validate", Role.COORDINATOR)
    ):  # fmt: skip
        if role == Role.COORDINATOR:
            by = reader_for(coordinator)
        else:
            by = factories.reader_in(row.institution, role or Role.FOCAL_POINT)
        if action:
            row = factories.act_on_contribution(contribution=row, action=action, by=by)
        send_alerts(timestamp=0)
        told.append((alerts_of(coordinator), alerts_of(observer)))
    assert told == [(0, 0), (0, 0), (1, 0), (1, 1)]


def alerted_supporter() -> tuple[User, Assignment]:
    """Return a person of a supporting institution with an alert in the outbox, and what gives the right."""
    item, lead = factories.make_recommendation(), factories.make_institution()
    supporting = factories.make_institution()
    user = factories.make_person(Role.FOCAL_POINT, supporting)
    saved = saved_for(user, "turbines", Scope.CONTRIBUTIONS)
    factories.make_assignment(recommendation=item, institution=lead)
    assignment = factories.make_assignment(
        recommendation=item, institution=supporting, level=AccessLevel.SUPPORT
    )
    factories.make_contribution(
        ContributionState.VALIDATED,
        recommendation=item,
        institution=lead,
        measures_taken="We bought turbines",
    )
    OutboxMail.objects.filter(state=MailState.WAITING).delete()
    assert look_for_new_matches(saved.pk) == 1
    return user, assignment


def test_the_mail_leaves_while_the_right_holds() -> None:
    user, _assignment = alerted_supporter()
    send_waiting_mail()
    assert [message.to for message in mail.outbox] == [[user.email]]
    assert "turbines" in mail.outbox[0].subject
    assert "bought" not in mail.outbox[0].body


def test_the_right_is_looked_at_again_when_the_mail_is_sent() -> None:
    _user, assignment = alerted_supporter()
    act_on_assignment(
        assignment=assignment, action="end", by=factories.coordinator(), reason="Given by mistake"
    )
    OutboxMail.objects.exclude(notification__code=CODE).delete()
    send_waiting_mail()
    assert mail.outbox == []
    row = OutboxMail.objects.get(notification__code=CODE)
    assert (row.state, row.last_error) == (MailState.FAILED, "recipient may no longer be told of it")


def test_who_lost_the_role_or_closed_the_account_is_told_of_nothing() -> None:
    administrator = factories.make_reader(Role.ADMINISTRATOR)
    gone, closed = factories.make_person(Role.OBSERVER), factories.make_person(Role.OBSERVER)
    for user in (gone, closed):
        saved_for(user, "whistleblower")
    end_membership(membership=Membership.objects.get(user=gone), by=administrator)
    close_account(user=closed, by=administrator)
    factories.make_recommendation(texts={"en": "Protect whistleblowers"})
    send_alerts(timestamp=0)
    assert (alerts_of(gone), alerts_of(closed)) == (0, 0)
