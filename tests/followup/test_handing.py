"""Assignments handed on: to another institution, to a directorate and back, to a new lead, to a successor."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tawsiya.accounts.choices import Role
from tawsiya.accounts.commands import succeed_institution
from tawsiya.accounts.models import Institution
from tawsiya.accounts.succession import preview
from tawsiya.audit.models import Event
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.followup.choices import AssignmentState, ContributionState
from tawsiya.followup.commands.assignments import act_on_assignment, assign_recommendations
from tawsiya.followup.commands.contributions import Content, start_contribution
from tawsiya.followup.commands.handing import pass_on, reassign, take_back
from tawsiya.followup.models import Assignment, Contribution
from tawsiya.followup.queries import assignments_for, contributions_for, to_reassign
from tawsiya.followup.queries_of_requests import questions_put_to
from tawsiya.recommendations.choices import AccessLevel
from tawsiya.recommendations.models import Access, Recommendation
from tests import factories
from tests.followup.asking import reply_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministries() -> tuple[Institution, Institution]:
    factories.make_instance()
    first, second = factories.make_institution(), factories.make_institution()
    for ministry in (first, second):
        factories.reader_in(ministry, Role.FOCAL_POINT)
    return first, second


def _access(item: Recommendation) -> dict[int, str]:
    return dict(Access.objects.filter(recommendation=item).values_list("institution_id", "level"))


def test_an_institution_asks_to_reassign_and_the_delegation_gives_it_to_another(
    ministries: tuple[Institution, Institution],
) -> None:
    first, second = ministries
    focal, coordinator = factories.reader_in(first, Role.FOCAL_POINT), factories.coordinator()
    row = factories.make_assignment(institution=first)
    with pytest.raises(RuleViolated, match="Give the reason"):
        act_on_assignment(assignment=row, action="ask_reassign", by=focal)
    with pytest.raises(RuleViolated, match="another institution than your own"):
        act_on_assignment(assignment=row, action="ask_reassign", by=focal, reason="No", proposed=first)
    row = act_on_assignment(
        assignment=row, action="ask_reassign", by=focal, reason="Not our law", proposed=second
    )
    assert (row.state, row.proposed_institution) == ("reassign", second)
    # Until it is decided, nothing changes for anybody.
    assert _access(row.recommendation) == {first.pk: "lead"}
    assert list(to_reassign(coordinator)) == [row]
    with pytest.raises(PermissionRefused, match="Only a coordinator"):
        reassign(assignment=row, to=second, reason="Agreed", by=focal)
    with pytest.raises(RuleViolated, match="Give the reason"):
        reassign(assignment=row, to=second, reason=" ", by=coordinator)
    new = reassign(assignment=row, to=second, reason="Agreed", by=coordinator)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("ended", "Agreed")
    assert (new.institution, new.level, new.state, new.deadline) == (
        second,
        "lead",
        "proposed",
        row.deadline,
    )
    assert _access(row.recommendation) == {second.pk: "lead"}


def test_the_delegation_may_leave_it_where_it_is(ministries: tuple[Institution, Institution]) -> None:
    first, _second = ministries
    focal = factories.reader_in(first, Role.FOCAL_POINT)
    row = factories.make_assignment(AssignmentState.PROPOSED, institution=first)
    row = act_on_assignment(assignment=row, action="ask_reassign", by=focal, reason="Not ours")
    row = act_on_assignment(assignment=row, action="keep", by=factories.coordinator(), reason="It is")
    assert (row.state, row.reason, row.proposed_institution) == ("proposed", "It is", None)
    assert act_on_assignment(assignment=row, action="accept", by=focal).state == "accepted"


def test_a_ministry_passes_on_to_its_directorate_and_takes_back(
    ministries: tuple[Institution, Institution],
) -> None:
    first, second = ministries
    part, foreign = (factories.make_institution(parent=parent) for parent in (first, second))
    focal, below = factories.reader_in(first, Role.FOCAL_POINT), factories.reader_in(part, Role.FOCAL_POINT)
    row = factories.make_assignment(AssignmentState.PROPOSED, institution=first)
    assert not assignments_for(below).exists()
    with pytest.raises(RuleViolated, match="directorate of your institution"):
        pass_on(assignment=row, to=foreign, by=focal)
    row = pass_on(assignment=row, to=part, by=focal)
    assert _access(row.recommendation) == {part.pk: "lead"}
    # Both see it and may act; the directorate cannot hand it back by itself.
    assert list(assignments_for(focal)) == list(assignments_for(below)) == [row]
    row = act_on_assignment(assignment=row, action="accept", by=below)
    with pytest.raises(PermissionRefused, match="institution concerned"):
        take_back(assignment=row, by=below)
    row = take_back(assignment=row, by=focal)
    assert (row.institution, row.passed_from, row.state) == (first, None, "accepted")
    assert not assignments_for(below).exists()
    codes = Event.objects.filter(item_id=row.recommendation_id, subject_type="followup.assignment")
    assert list(codes.order_by("position").values_list("code", flat=True)) == [
        "assignment.created",
        "assignment.passed_on",
        "assignment.accepted",
        "assignment.recalled",
    ]


@pytest.fixture
def begun(ministries: tuple[Institution, Institution]) -> tuple[Assignment, Contribution, Institution]:
    """An accepted assignment of a ministry with the draft it began, and its directorate."""
    ministry = ministries[0]
    row = factories.make_assignment(AssignmentState.ACCEPTED, institution=ministry)
    draft = factories.make_contribution(
        recommendation=row.recommendation, institution=ministry, measures_taken="Words of the ministry"
    )
    return row, draft, factories.make_institution(parent=ministry)


def test_what_a_ministry_began_goes_over_with_its_assignment(
    begun: tuple[Assignment, Contribution, Institution],
) -> None:
    row, draft, part = begun
    ministry = row.institution
    focal = factories.reader_in(ministry, Role.FOCAL_POINT)
    below = factories.reader_in(part, Role.FOCAL_POINT)
    sister = factories.reader_in(factories.make_institution(parent=ministry), Role.FOCAL_POINT)
    foreign = factories.reader_in(factories.make_institution(), Role.FOCAL_POINT)
    pass_on(assignment=row, to=part, by=focal, with_drafts=True)
    draft.refresh_from_db()
    assert (draft.institution, draft.state, draft.measures_taken) == (part, "draft", "Words of the ministry")
    # Both go on with it, and nobody else sees it: neither a sister nor the delegation.
    assert list(contributions_for(focal)) == list(contributions_for(below)) == [draft]
    for other in (sister, foreign, factories.coordinator()):
        assert not contributions_for(other).exists()
    event = Event.objects.get(code="contribution.handed_over")
    assert (event.subject_id, event.state, event.institution_id) == (draft.pk, "draft", part.pk)
    assert event.after == {"institution": part.names, "from": ministry.names}


def test_what_a_ministry_began_stays_where_it_is_unless_it_goes_over(
    begun: tuple[Assignment, Contribution, Institution],
) -> None:
    row, draft, part = begun
    ministry = row.institution
    pass_on(assignment=row, to=part, by=factories.reader_in(ministry, Role.FOCAL_POINT))
    draft.refresh_from_db()
    assert draft.institution == ministry
    assert not contributions_for(factories.reader_in(part, Role.FOCAL_POINT)).exists()


def test_a_part_answered_apart_or_begun_below_stays_with_the_ministry(
    begun: tuple[Assignment, Contribution, Institution],
) -> None:
    row, draft, part = begun
    ministry, item = row.institution, row.recommendation
    lettered = [
        factories.make_recommendation(item.document, paragraph=item.paragraph, subparagraph=path)
        for path in ("a", "b", "c")
    ]
    focal = factories.reader_in(ministry, Role.FOCAL_POINT)
    ours, apart, theirs = (
        start_contribution(
            recommendation=one,
            institution=ministry,
            content=Content(language="en", measures_taken="Begun"),
            by=focal,
        )
        for one in lettered
    )
    # The ministry answers for (b) by itself, the directorate has begun (c).
    factories.make_assignment(AssignmentState.ACCEPTED, institution=ministry, recommendation=lettered[1])
    factories.make_contribution(recommendation=lettered[2], institution=part)
    pass_on(assignment=row, to=part, by=factories.reader_in(ministry, Role.FOCAL_POINT), with_drafts=True)
    homes = {one.pk: one.institution for one in Contribution.objects.all()}
    assert (homes[draft.pk], homes[ours.pk]) == (part, part)
    assert {homes[one.pk] for one in (apart, theirs)} == {ministry}


@pytest.mark.parametrize(
    ("state", "goes"),
    [
        (ContributionState.WITH_VALIDATOR, True),
        (ContributionState.RETURNED_BY_DELEGATION, True),
        (ContributionState.WITH_DELEGATION, False),
        (ContributionState.VALIDATED, False),
    ],
)
def test_what_was_sent_stays_the_ministrys(
    ministries: tuple[Institution, Institution], state: ContributionState, goes: bool
) -> None:
    text = factories.make_contribution(state, institution=ministries[0])
    part = factories.make_institution(parent=ministries[0])
    row = Assignment.objects.get(recommendation=text.recommendation)
    pass_on(
        assignment=row, to=part, by=factories.reader_in(ministries[0], Role.FOCAL_POINT), with_drafts=True
    )
    text.refresh_from_db()
    assert text.institution == (part if goes else ministries[0])
    assert text.state == state


def test_who_passes_on_is_told_of_the_draft_and_decides(
    begun: tuple[Assignment, Contribution, Institution], client: Client
) -> None:
    row, draft, part = begun
    factories.make_instance()
    person = factories.make_person(Role.FOCAL_POINT, row.institution)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("followup:item", args=[row.recommendation_id])).content.decode()
    assert "Hand over what your institution has begun to write" in page
    address = reverse("followup:assignment-pass_on", args=[row.pk])
    answer = client.post(address, {"institution": part.pk, "drafts": "on"}, follow=True)
    assert "with what your institution had begun to write" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.institution == part


def test_without_a_draft_nothing_is_asked(
    ministries: tuple[Institution, Institution], client: Client
) -> None:
    factories.make_instance()
    row = factories.make_assignment(AssignmentState.ACCEPTED, institution=ministries[0])
    factories.make_institution(parent=ministries[0])
    person = factories.make_person(Role.FOCAL_POINT, ministries[0])
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("followup:item", args=[row.recommendation_id])).content.decode()
    assert "Pass on to a directorate?" in page
    assert "Hand over what your institution has begun to write" not in page


def test_a_change_of_lead_keeps_the_past(ministries: tuple[Institution, Institution]) -> None:
    first, second = ministries
    item = factories.make_recommendation()
    validated = factories.make_contribution(
        ContributionState.VALIDATED, recommendation=item, institution=first
    )
    draft = factories.make_contribution(recommendation=item, institution=first)
    coordinator = factories.coordinator()
    choice = {"recommendations": [item], "lead": second, "supporting": [], "deadline": None}
    with pytest.raises(RuleViolated, match="already led by"):
        assign_recommendations(**choice, by=coordinator)
    (new,) = assign_recommendations(**choice, by=coordinator, replace_lead="The ministry was split")
    old = Assignment.objects.get(recommendation=item, institution=first)
    assert (old.state, old.reason, new.level) == ("ended", "The ministry was split", "lead")
    assert _access(item) == {second.pk: "lead"}
    # The old lead keeps all it wrote; the new one reads what was validated, never the other's draft.
    assert set(contributions_for(factories.reader_in(first, Role.FOCAL_POINT))) == {validated, draft}
    assert set(contributions_for(factories.reader_in(second, Role.FOCAL_POINT))) == {validated}


def test_a_supporting_institution_becomes_the_lead(ministries: tuple[Institution, Institution]) -> None:
    first, second = ministries
    item = factories.make_recommendation()
    factories.make_assignment(recommendation=item, institution=first)
    factories.make_assignment(recommendation=item, institution=second, level=AccessLevel.SUPPORT)
    assign_recommendations(
        recommendations=[item],
        lead=second,
        supporting=[],
        deadline=None,
        by=factories.coordinator(),
        replace_lead="Agreed between them",
    )
    assert _access(item) == {second.pk: "lead"}


def test_a_successor_takes_over_everything_open(ministries: tuple[Institution, Institution]) -> None:
    _first, heir = ministries
    questionnaire, old, other = send()
    admin = factories.make_reader(Role.ADMINISTRATOR)
    open_one = factories.make_assignment(institution=old)
    refused = factories.make_assignment(AssignmentState.REFUSED, institution=old)
    shared = factories.make_assignment(institution=old)
    factories.make_assignment(
        recommendation=shared.recommendation, institution=heir, level=AccessLevel.SUPPORT
    )
    finished = factories.make_contribution(ContributionState.VALIDATED, institution=old)
    draft = factories.make_contribution(institution=old, recommendation=finished.recommendation)
    seen = {
        str(section.title): [str(row.outcome) for row in section.rows]
        for section in preview(old, heir)
        if section.rows
    }
    assert seen == {
        "Assignments": [
            "Goes over to the successor",
            "Ends: the successor has a part in it already",
            "Goes over to the successor",
        ],
        "Questionnaires": ["Goes over to the successor"],
    }
    old = succeed_institution(institution=old, successor=heir, on=date(2026, 1, 1), by=admin)
    for row in (open_one, refused, shared, finished, draft):
        row.refresh_from_db()
    assert (open_one.institution, open_one.state) == (heir, "accepted")
    assert (refused.institution, refused.state) == (old, "refused")
    assert (shared.institution, shared.state) == (old, "ended")
    assert (finished.institution, draft.institution) == (old, heir)
    assert _access(open_one.recommendation) == {heir.pk: "lead"}
    reply = reply_of(heir)
    assert reply.questionnaire == questionnaire
    assert [str(question) for question in questions_put_to(reply)] == ["1", "2"]
    assert [str(question) for question in questions_put_to(reply_of(other))] == ["1"]
    (event,) = Event.objects.filter(code="institution.succeeded")
    counts = {key: event.after[key] for key in ("assignments", "contributions", "replies")}
    assert counts == {"assignments": 3, "contributions": 1, "replies": 1}
    assert Event.objects.filter(code="assignment.handed_over").count() == 3
