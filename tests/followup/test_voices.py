"""What others say: who may do what in each state, who sees it, and that it never touches the State's status."""

from datetime import date

import pytest
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import User
from tawsiya.accounts.reader import Grant, Reader
from tawsiya.core.errors import PermissionRefused, RuleViolated, StaleData
from tawsiya.followup.commands.voices import Asked, Assessed, Said, act_on_submission, submit
from tawsiya.followup.models import Grade, ParliamentQuestion, Submission
from tawsiya.followup.permissions import _IMPOSSIBLE, may_act_on_submission
from tawsiya.followup.visibility import can_view_submission
from tawsiya.followup.voices import grade_names, submissions_for, voices_on
from tawsiya.notifications.models import Notification
from tawsiya.portal.choices import TEXT_ONLY
from tawsiya.portal.commands import (
    accept_submission,
    publish,
    record_grade,
    save_question,
    take_grade_back,
    withdraw_submission,
)
from tawsiya.portal.queries import voices_published
from tawsiya.recommendations.choices import Status
from tests import factories

OWN, OTHER, DELEGATION = 1, 2, 3
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

# State × action × role × own or other institution, by hand: `ok`, `no`, `never` possible in that state.
SUBMISSIONS = """
state       action     administrator coordinator analyst own-nhri own-civil_society other-nhri other-civil_society validator focal_point observer
submitted   accept     no            ok          no      no       no                no         no                  no        no          no
submitted   refuse     no            ok          no      no       no                no         no                  no        no          no
submitted   take_back  no            no          no      ok       ok                no         no                  no        no          no
submitted   revise     never         never       never   never    never             never      never               never     never       never
submitted   withdraw   never         never       never   never    never             never      never               never     never       never
accepted    accept     never         never       never   never    never             never      never               never     never       never
accepted    refuse     never         never       never   never    never             never      never               never     never       never
accepted    take_back  never         never       never   never    never             never      never               never     never       never
accepted    revise     never         never       never   never    never             never      never               never     never       never
accepted    withdraw   no            no          no      ok       ok                no         no                  no        no          no
refused     accept     never         never       never   never    never             never      never               never     never       never
refused     refuse     never         never       never   never    never             never      never               never     never       never
refused     take_back  never         never       never   never    never             never      never               never     never       never
refused     revise     no            no          no      ok       ok                no         no                  no        no          no
refused     withdraw   never         never       never   never    never             never      never               never     never       never
taken_back  accept     never         never       never   never    never             never      never               never     never       never
taken_back  refuse     never         never       never   never    never             never      never               never     never       never
taken_back  take_back  never         never       never   never    never             never      never               never     never       never
taken_back  revise     no            no          no      ok       ok                no         no                  no        no          no
taken_back  withdraw   never         never       never   never    never             never      never               never     never       never
withdrawn   accept     never         never       never   never    never             never      never               never     never       never
withdrawn   refuse     never         never       never   never    never             never      never               never     never       never
withdrawn   take_back  never         never       never   never    never             never      never               never     never       never
withdrawn   revise     never         never       never   never    never             never      never               never     never       never
withdrawn   withdraw   never         never       never   never    never             never      never               never     never       never
"""  # a table is read across

# Who sees a submission in each state (DOMAIN §9), by hand.
SEEN = """
state       administrator coordinator analyst own-nhri own-civil_society other-nhri other-civil_society validator focal_point observer public
submitted   no            yes         yes     yes      yes               no         no                  no        no          no       no
accepted    yes           yes         yes     yes      yes               yes        yes                 yes       yes         yes      no
refused     no            yes         yes     yes      yes               no         no                  no        no          no       no
taken_back  no            yes         yes     yes      yes               no         no                  no        no          no       no
withdrawn   no            yes         yes     yes      yes               no         no                  no        no          no       no
"""  # a table is read across


def _reader(column: str) -> Reader:
    if column == "public":
        return Reader(None, "", "en")
    where, _, role = column.rpartition("-")
    home = {"own": OWN, "other": OTHER, "": DELEGATION}[where]
    return Reader(10, column, "en", (Grant(Role(role), home, frozenset({home})),))


def _cells(table: str) -> list[tuple[list[str], dict[str, str]]]:
    head, *rows = (line.split() for line in table.strip().splitlines())
    first = 2 if head[1] == "action" else 1
    return [(row[:first], dict(zip(head[first:], row[first:], strict=True))) for row in rows]


def test_who_may_do_what_in_each_state() -> None:
    for (state, action), outcomes in _cells(SUBMISSIONS):
        row = Submission(state=state, institution_id=OWN)
        for column, outcome in outcomes.items():
            decision = may_act_on_submission(_reader(column), row, action)
            found = "ok" if decision else "never" if decision.reason == _IMPOSSIBLE else "no"
            assert found == outcome, (state, action, column)


def test_who_sees_it_in_each_state() -> None:
    for (state,), outcomes in _cells(SEEN):
        row = Submission(state=state, institution_id=OWN)
        for column, outcome in outcomes.items():
            assert can_view_submission(_reader(column), row) == (outcome == "yes"), (state, column)


@pytest.fixture
def item(db):
    factories.make_instance()
    return factories.make_recommendation(texts={"en": "Abolish the death penalty"})


def dissent(item, by=None, **more):
    words = {"text": "The law is not applied.", "language": "en", "status": "not_started"} | more
    return submit(recommendation=item, said=Said(**words), by=by or factories.make_reader(Role.NHRI))


@pytest.mark.parametrize("role", list(Role))
def test_what_a_reader_finds_is_what_the_reader_may_see(item, role: Role) -> None:
    author = factories.make_reader(Role.NHRI)
    waiting, accepted = dissent(item, author), dissent(item, author)
    accepted = accept_submission(submission=accepted, seen_version=1, by=factories.coordinator())
    for reader in (factories.make_reader(role), author):
        seen = {row.pk for row in submissions_for(reader)}
        assert seen == {row.pk for row in (waiting, accepted) if can_view_submission(reader, row)}


def test_a_dissent_stands_beside_the_states_status_and_never_changes_it(item) -> None:
    factories.make_assessment(item, Status.IMPLEMENTED)
    row = dissent(item)
    accept_submission(submission=row, seen_version=row.version, by=factories.coordinator())
    item.refresh_from_db()
    assert item.status == "implemented"
    publish(recommendation=item, selection=TEXT_ONLY, by=factories.coordinator())
    (voice,) = voices_published(item.pk)
    assert (voice.content["text"], voice.content["status"]) == ("The law is not applied.", "not_started")


def test_disagreement_is_no_ground_to_refuse(item) -> None:
    row, by = dissent(item), factories.coordinator()
    for ground in ("", "we disagree"):
        with pytest.raises(RuleViolated):
            act_on_submission(submission=row, action="refuse", reason="Untrue", ground=ground, by=by)
    with pytest.raises(RuleViolated):
        act_on_submission(submission=row, action="refuse", reason=" ", ground="insult", by=by)
    row.refresh_from_db()
    assert row.state == "submitted"


def test_a_refusal_is_told_to_its_author_who_revises(item) -> None:
    author = factories.make_reader(Role.CIVIL_SOCIETY)
    row = dissent(item, author)
    row = act_on_submission(
        submission=row,
        action="refuse",
        reason="It names a prisoner.",
        ground="personal_data",
        by=factories.coordinator(),
    )
    told = Notification.objects.filter(recipient_id=author.user_id).values_list("code", flat=True)
    assert list(told) == ["submission.refused"]
    client = Client()
    client.force_login(User.objects.get(pk=author.user_id), backend=BACKEND)
    page = client.get(f"/en/submissions/{row.pk}/").content.decode()
    assert "Personal data" in page
    assert "It names a prisoner." in page
    answer = client.post(
        f"/en/submissions/{row.pk}/revise/",
        {"text": "Prisoners are not told.", "language": "en", "status": "", "seen_version": row.version},
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.text, row.ground, row.decided_at) == (
        "submitted",
        "Prisoners are not told.",
        "",
        None,
    )


def test_who_accepts_has_read_what_is_accepted(item) -> None:
    author = factories.make_reader(Role.NHRI)
    row = dissent(item, author)
    act_on_submission(submission=row, action="take_back", by=author)
    act_on_submission(
        submission=row, action="revise", said=Said("Other words.", "en"), by=author, seen_version=2
    )
    with pytest.raises(StaleData):
        accept_submission(submission=row, seen_version=1, by=factories.coordinator())
    publish(recommendation=item, selection=TEXT_ONLY, by=factories.coordinator())
    assert voices_published(item.pk) == []


def test_what_is_withdrawn_leaves_the_public_pages(item) -> None:
    author = factories.make_reader(Role.NHRI)
    row = accept_submission(submission=dissent(item, author), seen_version=1, by=factories.coordinator())
    publish(recommendation=item, selection=TEXT_ONLY, by=factories.coordinator())
    address = f"/en/public/recommendations/{item.pk}/"
    assert "The law is not applied." in Client().get(address).content.decode()
    with pytest.raises(RuleViolated):
        withdraw_submission(submission=row, reason="", by=author)
    withdraw_submission(submission=row, reason="It is applied now.", by=author)
    assert "The law is not applied." not in Client().get(address).content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.NHRI, Role.CIVIL_SOCIETY)])
def test_nobody_else_submits(item, role: Role) -> None:
    with pytest.raises(PermissionRefused):
        dissent(item, factories.make_reader(role))


@pytest.mark.parametrize("wrong", [{"text": " "}, {"status": "acted_upon"}, {"link": "javascript:alert(1)"}])
def test_what_cannot_be_submitted(item, wrong: dict[str, str]) -> None:
    with pytest.raises(RuleViolated):
        dissent(item, **wrong)


def graded(paragraph: str = "24"):
    document = factories.make_document("CCPR/C/XTM/CO/6", body="CCPR", published_on=date(2016, 12, 1))
    return factories.make_recommendation(document, paragraph=paragraph)


C_OF_2019 = Assessed("C", "CCPR/C/127/2/Add.4", date(2019, 11, 8), "(a)–(d)", "No information was given.")


def test_a_grade_of_the_un_and_the_states_status_are_two_facts(item) -> None:
    paragraph = graded()
    factories.make_assessment(paragraph, Status.IMPLEMENTED)
    record_grade(recommendation=paragraph, assessed=C_OF_2019, by=factories.coordinator())
    found = voices_on(factories.make_reader(Role.OBSERVER), paragraph)
    assert [(row.grade, row.limb, row.names["en"]) for row in found.grades] == [
        ("C", "(a)–(d)", "not satisfactory")
    ]
    paragraph.refresh_from_db()
    assert paragraph.status == "implemented"
    with pytest.raises(RuleViolated):
        record_grade(recommendation=paragraph, assessed=C_OF_2019, by=factories.coordinator())
    publish(recommendation=paragraph, selection=TEXT_ONLY, by=factories.coordinator())
    assert len(voices_published(paragraph.pk)) == 1
    row = take_grade_back(grade=Grade.objects.get(), reason="Typed wrongly", by=factories.coordinator())
    assert row.taken_back_at is not None
    assert voices_published(paragraph.pk) == []
    # The right one can be recorded then.
    record_grade(recommendation=paragraph, assessed=C_OF_2019, by=factories.coordinator())
    assert len(voices_published(paragraph.pk)) == 1


def test_the_scale_is_the_bodys_own() -> None:
    day = date(2019, 11, 8)
    assert set(grade_names("CCPR", day)) == {"A", "B", "B1", "B2", "C", "C1", "C2", "D", "D1", "D2", "E"}
    assert set(grade_names("CESCR", day)) == {"sufficient", "insufficient"}
    assert grade_names("CERD", day) == {}


def test_a_grade_outside_the_scale_or_by_another_role_is_refused(item) -> None:
    paragraph = graded()
    with pytest.raises(RuleViolated):
        record_grade(
            recommendation=paragraph,
            assessed=Assessed("F", "CCPR/C/127/2/Add.4", date(2019, 11, 8)),
            by=factories.coordinator(),
        )
    with pytest.raises(PermissionRefused):
        record_grade(recommendation=paragraph, assessed=C_OF_2019, by=factories.make_reader(Role.ANALYST))


def _desk() -> Client:
    client = Client()
    client.force_login(factories.make_person(Role.COORDINATOR, factories.the_delegation()), backend=BACKEND)
    return client


ASKED = Asked("Q-12/2026", date(2026, 3, 1), "Deputy Amal", "Group", "When is the law applied?", "en")


def test_a_question_of_parliament_is_read_on_each_of_its_recommendations(item) -> None:
    other, by = factories.make_recommendation(), factories.coordinator()
    row = save_question(asked=ASKED, items=[item, other], by=by)
    for one in (item, other):
        publish(recommendation=one, selection=TEXT_ONLY, by=by)
    assert [len(voices_published(one.pk)) for one in (item, other)] == [1, 1]
    answered = Asked(**vars(ASKED) | {"answer": "Next year.", "answered_on": date(2026, 4, 1)})
    save_question(asked=answered, items=[item], by=by, question=row)
    assert [voice.content["answer"] for voice in voices_published(item.pk)] == ["Next year."]
    assert voices_published(other.pk) == []
    found = voices_on(factories.make_reader(Role.FOCAL_POINT), item)
    assert [question.number for question in found.questions] == ["Q-12/2026"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": "Next year."},
        {"answered_on": date(2026, 4, 1)},
        {"answer": "Before it was asked.", "answered_on": date(2026, 2, 1)},
    ],
)
def test_what_cannot_be_recorded_of_a_question(item, wrong) -> None:
    with pytest.raises(RuleViolated):
        save_question(asked=Asked(**vars(ASKED) | wrong), items=[item], by=factories.coordinator())
    with pytest.raises(RuleViolated):
        save_question(asked=ASKED, items=[], by=factories.coordinator())
    save_question(asked=ASKED, items=[item], by=factories.coordinator())
    with pytest.raises(RuleViolated):
        save_question(asked=ASKED, items=[item], by=factories.coordinator())
    assert ParliamentQuestion.objects.count() == 1


def test_a_question_is_recorded_and_corrected_on_its_pages(item) -> None:
    desk = _desk()
    form = {
        "number": "Q-1",
        "asked_on": "2026-03-01",
        "deputy": "Deputy Amal",
        "text": "When?",
        "language": "en",
        "items": str(item),
    }
    assert b"No such recommendation" in desk.post("/en/questions/add/", form | {"items": "X § 1"}).content
    assert desk.post("/en/questions/add/", form).status_code == 302
    row = ParliamentQuestion.objects.get()
    shown = desk.get(f"/en/questions/{row.pk}/edit/").content.decode()
    assert str(item) in shown
    answered = form | {"answer": "Soon.", "answered_on": "2026-03-02"}
    assert desk.post(f"/en/questions/{row.pk}/edit/", answered).status_code == 302
    assert "Soon." in desk.get(f"/en/questions/{row.pk}/").content.decode()
