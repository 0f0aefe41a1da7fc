"""Who sees what of follow-up: filters and predicates agree, and both say what DOMAIN §9 says."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.accounts.reader import Grant, Reader
from tawsiya.audit import commands as audit
from tawsiya.audit.queries import history_of
from tawsiya.followup import visibility
from tawsiya.followup.choices import AssignmentState, ContributionState, EvidenceMark
from tawsiya.followup.commands.contributions import act_on_contribution
from tawsiya.followup.models import Assignment, Contribution, Evidence
from tawsiya.followup.queries import assessments_for, assignments_for, contributions_for, evidence_for
from tawsiya.recommendations import visibility as recommendation_visibility
from tawsiya.recommendations.choices import AccessLevel
from tawsiya.recommendations.models import Access, Recommendation
from tests import factories
from tests.followup.cast import Cast

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=timezone.get_default_timezone())

# --- The property: what the filter returns is exactly what the predicate allows. ---

INSTITUTIONS, ITEMS = 4, 3
_institution = st.integers(0, INSTITUTIONS - 1)
_item = st.integers(0, ITEMS - 1)
_grants = st.lists(
    st.tuples(st.sampled_from(list(Role)), st.sets(_institution, min_size=1, max_size=3)), max_size=3
)
_contributions = st.lists(
    st.tuples(
        _item,
        _institution,
        st.sampled_from(list(ContributionState)),
        st.lists(st.tuples(st.sampled_from(list(EvidenceMark)), st.booleans()), max_size=3),
    ),
    max_size=7,
)
_involvement = st.sets(st.tuples(_item, _institution), max_size=8)
_assignments = st.dictionaries(
    st.tuples(_item, _institution), st.sampled_from(list(AssignmentState)), max_size=6
)


@pytest.fixture
def world(db) -> tuple[list[Institution], list[Recommendation], int]:
    document = factories.make_document()
    return (
        [factories.make_institution() for _ in range(INSTITUTIONS)],
        [factories.make_recommendation(document) for _ in range(ITEMS)],
        factories.make_person().pk,
    )


def _make_contribution(item: Recommendation, institution: Institution, state: str, user: int) -> Contribution:
    returned = state in (
        ContributionState.RETURNED_BY_VALIDATOR,
        ContributionState.RETURNED_BY_DELEGATION,
    )
    return Contribution.objects.create(
        recommendation=item,
        institution=institution,
        state=state,
        language="en",
        measures_taken="Done",
        return_reason="Say when" if returned else "",
        created_by_id=user,
        created_at=NOW,
        changed_at=NOW,
    )


def _make_evidence(contribution: Contribution, mark: str, removed: bool, user: int, number: int) -> Evidence:
    return Evidence.objects.create(
        contribution=contribution,
        title="A file",
        file_name="a.txt",
        stored_as=f"evidence/{contribution.pk}-{number}",
        media_type="text/plain",
        size=1,
        sha256="0" * 64,
        mark=mark,
        uploaded_by_id=user,
        uploaded_at=NOW,
        removed_at=NOW if removed else None,
    )


def _make_assignment(item: Recommendation, institution: Institution, state: str, user: int) -> Assignment:
    answered = state in (AssignmentState.ACCEPTED, AssignmentState.REFUSED)
    ended = state == AssignmentState.ENDED
    return Assignment.objects.create(
        recommendation=item,
        institution=institution,
        level=AccessLevel.SUPPORT,
        state=state,
        deadline=date(2027, 1, 1),
        assigned_by_id=user,
        assigned_at=NOW,
        answered_by_id=user if answered else None,
        answered_at=NOW if answered else None,
        ended_by_id=user if ended else None,
        ended_at=NOW if ended else None,
        reason="Because"
        if state in (AssignmentState.REFUSED, AssignmentState.ENDED, AssignmentState.REASSIGN)
        else "",
    )


def _ids(rows: Iterable[Any]) -> set[int]:
    return {row.pk for row in rows}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    grants=_grants,
    contributions=_contributions,
    involvement=_involvement,
    assignments=_assignments,
)
def test_the_filters_return_exactly_what_the_predicates_allow(
    world, grants, contributions, involvement, assignments
) -> None:
    institutions, items, user = world
    reader = Reader(
        user_id=user,
        name="Somebody",
        language="en",
        grants=tuple(
            Grant(role, institutions[min(covers)].pk, frozenset(institutions[one].pk for one in covers))
            for role, covers in grants
        ),
    )
    with transaction.atomic():
        with audit.change("test.world", by=audit.SYSTEM):
            for item, institution in involvement:
                Access.objects.create(
                    recommendation=items[item],
                    institution=institutions[institution],
                    level=AccessLevel.SUPPORT,
                )
            for item, institution, state, files in contributions:
                row = _make_contribution(items[item], institutions[institution], state, user)
                for number, (mark, removed) in enumerate(files):
                    _make_evidence(row, mark, removed, user, number)
            for (item, institution), state in assignments.items():
                _make_assignment(items[item], institutions[institution], state, user)
        involved = {
            row.pk: set(Access.objects.filter(recommendation=row).values_list("institution_id", flat=True))
            for row in items
        }
        assert _ids(contributions_for(reader)) == {
            row.pk
            for row in Contribution.objects.all()
            if visibility.can_view_contribution(reader, row, involved[row.recommendation_id])
        }
        assert _ids(evidence_for(reader)) == {
            row.pk
            for row in Evidence.objects.select_related("contribution")
            if visibility.can_view_evidence(reader, row, involved[row.contribution.recommendation_id])
        }
        assert _ids(assignments_for(reader)) == {
            row.pk
            for row in Assignment.objects.all()
            if visibility.can_view_assignment(reader, row, involved[row.recommendation_id])
        }
        seen = Recommendation.objects.filter(recommendation_visibility.visible_to(reader))
        assert _ids(seen) == {
            row.pk for row in Recommendation.objects.all() if recommendation_visibility.can_view(reader, row)
        }
        transaction.set_rollback(True)


# --- The table of DOMAIN §9, cell by cell, with real people and real pages. ---

EVERYBODY = (
    "own focal point",
    "own validator",
    "support",
    "outside",
    "coordinator",
    "analyst",
    "administrator",
    "observer",
    "nhri",
    "organisation",
    "no role",
    "public",
)
INSIDE = {"own focal point", "own validator"}
SENT = INSIDE | {"coordinator", "analyst"}

CONTRIBUTION_READERS: dict[ContributionState, set[str]] = {
    ContributionState.DRAFT: INSIDE,
    ContributionState.WITH_VALIDATOR: INSIDE,
    ContributionState.RETURNED_BY_VALIDATOR: INSIDE,
    ContributionState.WITH_DELEGATION: SENT,
    ContributionState.RETURNED_BY_DELEGATION: SENT,
    ContributionState.VALIDATED: SENT | {"observer", "administrator", "support"},
}


@pytest.mark.parametrize("state", list(ContributionState))
def test_a_contribution_is_read_by_whom_the_table_names_and_nobody_else(
    cast: Cast, address, state: ContributionState
) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    factories.make_assignment(recommendation=cast.item, institution=cast.support, level=AccessLevel.SUPPORT)
    row = factories.make_contribution(
        state, recommendation=cast.item, institution=cast.lead, measures_taken="A secret measure"
    )
    for name in EVERYBODY:
        expected = name in CONTRIBUTION_READERS[state]
        reader = cast.reader(name)
        assert contributions_for(reader).filter(pk=row.pk).exists() == expected, name
        client = cast.client(name)
        answer = client.get(address("followup:contribution", row.pk))
        if name == "public":
            assert answer.status_code == 302, name
            continue
        assert answer.status_code == (200 if expected else 404), name
        for page in ("followup:contributions", "followup:contributions-json", "followup:contributions-csv"):
            listed = client.get(address(page))
            text = b"".join(listed) if listed.streaming else listed.content
            assert (f"contributions/{row.pk}/".encode() in text or b"A secret measure" in text) == expected
        shown = client.get(address("followup:item", cast.item.pk))
        assert (b"A secret measure" in shown.content) == expected, name


ASSIGNMENT_READERS = SENT | {"support", "observer", "administrator"}
# Other institutions know who leads, and nothing more; NHRI and organisations not even that.
LEAD_READERS = ASSIGNMENT_READERS | {"outside"}


def test_an_assignment_is_read_by_those_concerned_and_others_know_the_lead_only(cast: Cast, address) -> None:
    row = factories.make_assignment(
        recommendation=cast.item, institution=cast.lead, note="A note between us", deadline=date(2031, 5, 17)
    )
    factories.make_assignment(recommendation=cast.item, institution=cast.support, level=AccessLevel.SUPPORT)
    lead, support = cast.lead.names["en"].encode(), cast.support.names["en"].encode()
    for name in EVERYBODY:
        expected = name in ASSIGNMENT_READERS
        assert assignments_for(cast.reader(name)).filter(pk=row.pk).exists() == expected, name
        answer = cast.client(name).get(address("followup:item", cast.item.pk))
        if name in ("no role", "public"):
            assert answer.status_code == (404 if name == "no role" else 302), name
            continue
        assert answer.status_code == 200, name
        assert (b"A note between us" in answer.content) == expected, name
        assert (b"17 May 2031" in answer.content) == expected, name
        assert (lead in answer.content) == (name in LEAD_READERS), name
        assert (support in answer.content) == expected, name


@pytest.mark.parametrize(
    ("mark", "readers"),
    [
        (EvidenceMark.PUBLIC, SENT | {"observer", "administrator", "support"}),
        (EvidenceMark.INTERNAL, SENT | {"observer", "administrator", "support"}),
        (EvidenceMark.RESTRICTED, SENT),
    ],
)
def test_a_file_of_a_validated_contribution_follows_its_mark(
    cast: Cast, address, mark: EvidenceMark, readers: set[str]
) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    factories.make_assignment(recommendation=cast.item, institution=cast.support, level=AccessLevel.SUPPORT)
    row = factories.make_contribution(recommendation=cast.item, institution=cast.lead)
    file = factories.make_evidence(row, mark=mark, title="The title of a file")
    for action, name in (("submit", "own focal point"), ("approve", "own validator")):
        act_on_contribution(contribution=row, action=action, by=cast.reader(name))
    act_on_contribution(contribution=row, action="validate", by=cast.reader("coordinator"))
    for name in EVERYBODY:
        if name == "public":
            continue
        client = cast.client(name)
        answer = client.get(address("followup:evidence", file.pk))
        assert answer.status_code == (200 if name in readers else 404), name
        for page in ("followup:item", "followup:contribution"):
            shown = client.get(address(page, cast.item.pk if page == "followup:item" else row.pk))
            assert (b"The title of a file" in shown.content) == (name in readers), name


@pytest.mark.parametrize("mark", list(EvidenceMark))
@pytest.mark.parametrize(
    ("state", "readers"),
    [(ContributionState.DRAFT, INSIDE), (ContributionState.RETURNED_BY_DELEGATION, SENT)],
)
def test_a_file_is_never_more_visible_than_its_contribution(
    cast: Cast, mark: EvidenceMark, state: ContributionState, readers: set[str]
) -> None:
    row = factories.make_contribution(state, recommendation=cast.item, institution=cast.lead)
    file = factories.make_evidence(row, mark=mark)
    assert {name for name in EVERYBODY if evidence_for(cast.reader(name)).filter(pk=file.pk)} == readers


def test_the_status_is_read_inside_and_by_institutions(cast: Cast, address) -> None:
    factories.make_assessment(cast.item, justification="Because of the law of March")
    readers = SENT | {"support", "outside", "observer", "administrator"}
    for name in EVERYBODY:
        assert assessments_for(cast.reader(name)).exists() == (name in readers), name
        answer = cast.client(name).get(address("followup:item", cast.item.pk))
        assert (b"Because of the law of March" in answer.content) == (name in readers), name
        assert (b"In progress" in answer.content) == (name in readers), name


# --- History: an event is seen by whoever may see its subject in the state it had then. ---


def _codes(cast: Cast, name: str) -> list[str]:
    events = history_of(cast.item.pk, cast.reader(name)).order_by("position")
    return [event.code for event in events if event.code.startswith("contribution.")]


def test_a_return_inside_the_institution_stays_inside(cast: Cast, address) -> None:
    row = factories.make_contribution(
        ContributionState.WITH_VALIDATOR, recommendation=cast.item, institution=cast.lead
    )
    act_on_contribution(
        contribution=row, action="return", by=cast.reader("own validator"), reason="The figure is wrong"
    )
    act_on_contribution(contribution=row, action="submit", by=cast.reader("own focal point"))
    act_on_contribution(contribution=row, action="approve", by=cast.reader("own validator"))
    whole = [
        "contribution.started",
        "contribution.with_validator",
        "contribution.returned_by_validator",
        "contribution.with_validator",
        "contribution.with_delegation",
    ]
    assert _codes(cast, "own focal point") == whole
    assert _codes(cast, "coordinator") == ["contribution.with_delegation"]
    assert _codes(cast, "analyst") == ["contribution.with_delegation"]
    for name in ("observer", "administrator", "outside", "nhri", "organisation", "no role", "public"):
        assert _codes(cast, name) == [], name
    act_on_contribution(contribution=row, action="validate", by=cast.reader("coordinator"))
    assert _codes(cast, "observer") == ["contribution.validated"]
    assert _codes(cast, "coordinator") == ["contribution.with_delegation", "contribution.validated"]
    for name in ("coordinator", "observer", "outside"):
        page = cast.client(name).get(address("followup:item", cast.item.pk) + "?history=all")
        assert b"The figure is wrong" not in page.content, name
    page = cast.client("own focal point").get(address("followup:item", cast.item.pk) + "?history=all")
    assert b"The figure is wrong" in page.content


def test_while_the_validator_has_it_again_the_delegation_sees_no_trace(cast: Cast, address) -> None:
    row = factories.make_contribution(
        ContributionState.RETURNED_BY_DELEGATION, recommendation=cast.item, institution=cast.lead
    )
    assert "contribution.returned_by_delegation" in _codes(cast, "coordinator")
    act_on_contribution(contribution=row, action="submit", by=cast.reader("own focal point"))
    assert _codes(cast, "coordinator") == []
    assert cast.client("coordinator").get(address("followup:contribution", row.pk)).status_code == 404


def test_lateness_betrays_no_contribution_that_the_reader_does_not_see(cast: Cast) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead, deadline=date(2020, 1, 1))

    def late(name: str) -> bool:
        return assignments_for(cast.reader(name)).get().is_late

    assert late("own focal point")
    assert late("coordinator")
    assert late("observer")
    row = factories.make_contribution(
        ContributionState.WITH_DELEGATION, recommendation=cast.item, institution=cast.lead
    )
    assert not late("own focal point")
    assert not late("coordinator")
    assert late("observer")
    act_on_contribution(contribution=row, action="validate", by=cast.reader("coordinator"))
    assert not late("observer")
