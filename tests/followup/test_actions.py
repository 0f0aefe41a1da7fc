"""Follow-up by its pages: what each role can do, what is said when not, and that nothing typed is lost."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tawsiya.accounts.choices import InstitutionKind, Role
from tawsiya.accounts.commands import appoint_deputy
from tawsiya.audit import commands as audit
from tawsiya.audit.models import AccessLog, Event
from tawsiya.core import clock
from tawsiya.followup.choices import AssignmentState, ContributionState, EvidenceMark
from tawsiya.followup.models import Assessment, Assignment, Contribution, Evidence
from tawsiya.recommendations.choices import AccessLevel
from tawsiya.recommendations.models import Access
from tests import factories
from tests.followup.cast import Cast

OUTSIDERS = ("support", "outside", "analyst", "administrator", "observer", "nhri", "organisation")


def _assign(cast: Cast, **changes: object) -> dict[str, object]:
    return {
        "step": "preview",
        "ids": str(cast.item.pk),
        "lead": cast.lead.pk,
        "supporting": [cast.support.pk],
        "deadline": "2031-05-17",
        "note": "Kindly answer before the session",
        "letter_reference": "L/1",
        "letter_date": "2026-01-02",
    } | changes


# --- Assigning ---


@pytest.mark.parametrize("name", ["own focal point", "own validator", *OUTSIDERS])
def test_only_a_coordinator_assigns(cast: Cast, address, name: str) -> None:
    client = cast.client(name)
    assert client.get(address("followup:assign"), {"ids": cast.item.pk}).status_code == 403
    answer = client.post(address("followup:assign"), _assign(cast, step="apply"))
    assert answer.status_code == 403
    assert b"Only a coordinator of the delegation assigns recommendations." in answer.content
    assert not Assignment.objects.exists()


def test_a_selection_may_come_by_get_or_post_in_both_spellings(cast: Cast, address) -> None:
    client, other = cast.client("coordinator"), factories.make_recommendation()
    for answer in (
        client.get(address("followup:assign"), {"ids": f"{cast.item.pk},{other.pk}"}),
        client.post(address("followup:assign"), {"selected": [cast.item.pk, other.pk]}),
    ):
        assert answer.status_code == 200
        assert b"2 recommendations selected" in answer.content
    assert b"Nothing is selected" in client.get(address("followup:assign")).content


def test_the_preview_writes_nothing_and_says_what_will_happen(cast: Cast, address) -> None:
    led = factories.make_assignment(institution=cast.lead).recommendation
    answer = cast.client("coordinator").post(
        address("followup:assign"), _assign(cast, ids=f"{cast.item.pk},{led.pk}")
    )
    assert answer.status_code == 200
    assert b"Make 3 assignments" in answer.content
    assert Assignment.objects.count() == 1


def test_applying_assigns_all_with_letter_note_and_deadline(cast: Cast, address) -> None:
    other = factories.make_recommendation()
    answer = cast.client("coordinator").post(
        address("followup:assign"), _assign(cast, step="apply", ids=f"{cast.item.pk},{other.pk}")
    )
    assert answer.status_code == 302
    rows = Assignment.objects.filter(recommendation__in=[cast.item, other])
    assert sorted(rows.values_list("recommendation_id", "institution_id", "level")) == sorted(
        (item.pk, institution.pk, level)
        for item in (cast.item, other)
        for institution, level in ((cast.lead, AccessLevel.LEAD), (cast.support, AccessLevel.SUPPORT))
    )
    assert {(row.deadline, row.note, row.letter_reference, row.letter_date) for row in rows} == {
        (date(2031, 5, 17), "Kindly answer before the session", "L/1", date(2026, 1, 2))
    }
    assert Event.objects.filter(code="assignment.created").count() == 4


def test_one_refused_row_stops_all_and_is_named(cast: Cast, address) -> None:
    led = factories.make_assignment(institution=cast.outside).recommendation
    client, data = cast.client("coordinator"), _assign(cast, step="apply", ids=f"{cast.item.pk},{led.pk}")
    answer = client.post(address("followup:assign"), data)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert f"{led} is already led by {cast.outside.names['en']}" in text
    assert "1 recommendation cannot be assigned so" in text
    assert f'value="{cast.item.pk}"' in text, "the rest can go on without it"
    assert Assignment.objects.count() == 1


def test_a_withdrawn_recommendation_is_refused_by_name(cast: Cast, address) -> None:
    with audit.change("test.withdrawn", by=audit.SYSTEM):
        cast.item.withdrawn_at = clock.now()
        cast.item.save()
    answer = cast.client("coordinator").post(address("followup:assign"), _assign(cast))
    assert f"{cast.item} was withdrawn from its document." in answer.content.decode()


def test_what_was_typed_stays_when_the_form_is_wrong(cast: Cast, address) -> None:
    data = _assign(cast, supporting=[cast.lead.pk])
    answer = cast.client("coordinator").post(address("followup:assign"), data)
    assert b"An institution either leads or supports, not both." in answer.content
    assert b"Kindly answer before the session" in answer.content
    assert b"2031-05-17" in answer.content


def test_the_nhri_and_organisations_cannot_be_chosen(cast: Cast, address) -> None:
    nhri = factories.make_institution(InstitutionKind.NHRI)
    answer = cast.client("coordinator").post(address("followup:assign"), _assign(cast, lead=nhri.pk))
    assert answer.status_code == 200
    assert not Assignment.objects.exists()


# --- Answering an assignment ---


@pytest.mark.parametrize("name", ["own focal point", "own validator"])
def test_the_institution_accepts(cast: Cast, address, name: str) -> None:
    row = factories.make_assignment(AssignmentState.PROPOSED, recommendation=cast.item, institution=cast.lead)
    answer = cast.client(name).post(address("followup:assignment-accept", row.pk))
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.state == AssignmentState.ACCEPTED
    assert row.answered_by_id == cast.users[name].pk


def test_a_refusal_needs_a_reason_and_takes_the_access_away(cast: Cast, address) -> None:
    row = factories.make_assignment(AssignmentState.PROPOSED, recommendation=cast.item, institution=cast.lead)
    client = cast.client("own focal point")
    answer = client.post(address("followup:assignment-refuse", row.pk), {"reason": " "}, follow=True)
    assert b"Give the reason." in answer.content
    row.refresh_from_db()
    assert row.state == AssignmentState.PROPOSED
    client.post(address("followup:assignment-refuse", row.pk), {"reason": "The judiciary is concerned"})
    row.refresh_from_db()
    assert (row.state, row.reason) == (AssignmentState.REFUSED, "The judiciary is concerned")
    assert not Access.objects.filter(institution=cast.lead).exists()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("support", 404),
        ("outside", 404),
        ("nhri", 404),
        ("organisation", 404),
        ("no role", 404),
        ("coordinator", 403),
        ("analyst", 403),
        ("administrator", 403),
        ("observer", 403),
    ],
)
def test_nobody_else_answers(cast: Cast, address, name: str, status: int) -> None:
    row = factories.make_assignment(AssignmentState.PROPOSED, recommendation=cast.item, institution=cast.lead)
    for action in ("accept", "refuse"):
        answer = cast.client(name).post(address(f"followup:assignment-{action}", row.pk), {"reason": "No"})
        assert answer.status_code == status
    row.refresh_from_db()
    assert row.state == AssignmentState.PROPOSED


def test_a_coordinator_ends_an_assignment_with_a_reason(cast: Cast, address) -> None:
    row = factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    cast.client("coordinator").post(address("followup:assignment-end", row.pk), {"reason": "Merged"})
    row.refresh_from_db()
    assert (row.state, row.reason) == (AssignmentState.ENDED, "Merged")


def test_actions_are_never_taken_by_get(cast: Cast, address) -> None:
    row = factories.make_assignment(AssignmentState.PROPOSED, recommendation=cast.item, institution=cast.lead)
    written = factories.make_contribution(recommendation=cast.item, institution=cast.support)
    for name, pk in (
        ("followup:assignment-accept", row.pk),
        ("followup:contribution-submit", written.pk),
        ("followup:evidence-attach", written.pk),
    ):
        assert cast.client("own focal point").get(address(name, pk)).status_code == 405


def test_a_post_without_its_token_is_refused(cast: Cast, address) -> None:
    row = factories.make_assignment(AssignmentState.PROPOSED, recommendation=cast.item, institution=cast.lead)
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        cast.users["own focal point"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.post(address("followup:assignment-accept", row.pk)).status_code == 403


# --- Writing ---

TYPED = {
    "language": "fr",
    "measures_taken": "La loi 12 est adoptée.",
    "obstacles": "Moyens",
    "next_steps": "Décret",
    "proposed_status": "in_progress",
}


def test_the_focal_point_writes_and_submits(cast: Cast, address) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    client = cast.client("own focal point")
    assert client.get(address("followup:contribute", cast.item.pk)).status_code == 200
    answer = client.post(address("followup:contribute", cast.item.pk), TYPED | {"then": "submit"})
    row = Contribution.objects.get()
    assert answer.url == address("followup:contribution", row.pk)
    assert row.state == ContributionState.WITH_VALIDATOR
    assert {name: getattr(row, name) for name in TYPED} == TYPED
    assert row.institution == cast.lead


def test_a_draft_may_be_empty_but_not_submitted(cast: Cast, address) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    client, empty = cast.client("own focal point"), {"language": "fr", "then": "submit"}
    answer = client.post(address("followup:contribute", cast.item.pk), empty, follow=True)
    assert b"Saved, but not submitted: Describe the measures taken before you submit." in answer.content
    assert Contribution.objects.get().state == ContributionState.DRAFT


@pytest.mark.parametrize(
    ("position", "offered", "not_offered"),
    [("supported", b"partly_implemented", b"acted_upon"), ("noted", b"acted_upon", b"partly_implemented")],
)
def test_the_statuses_offered_fit_the_position(
    cast: Cast, address, position: str, offered: bytes, not_offered: bytes
) -> None:
    item = factories.make_recommendation(position=position)
    factories.make_assignment(recommendation=item, institution=cast.lead)
    for name, page in (("own focal point", "followup:contribute"), ("coordinator", "followup:status")):
        answer = cast.client(name).get(address(page, item.pk))
        assert b'value="' + offered + b'"' in answer.content
        assert b'value="' + not_offered + b'"' not in answer.content


@pytest.mark.parametrize("name", ["outside", "coordinator", "analyst", "administrator", "observer", "nhri"])
def test_nobody_else_begins_a_contribution(cast: Cast, address, name: str) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    client = cast.client(name)
    assert client.get(address("followup:contribute", cast.item.pk)).status_code == 403
    assert client.post(address("followup:contribute", cast.item.pk), TYPED).status_code == 403
    assert not Contribution.objects.exists()


def test_two_who_edit_at_once_see_both_texts(cast: Cast, address) -> None:
    row = factories.make_contribution(recommendation=cast.item, institution=cast.lead)
    page, seen = address("followup:contribution-edit", row.pk), {"seen_version": row.version}
    first = cast.client("own focal point").post(
        page, TYPED | seen | {"measures_taken": "The text of the first"}
    )
    assert first.status_code == 302
    second = cast.client("own validator").post(
        page, TYPED | seen | {"measures_taken": "The text of the second"}
    )
    assert second.status_code == 409
    text = second.content.decode()
    assert "Somebody else saved this contribution meanwhile" in text
    assert text.count("The text of the first") == 1
    assert text.count("The text of the second") == 2, "beside the other one, and kept in the form"
    row.refresh_from_db()
    assert row.measures_taken == "The text of the first"
    assert f'name="seen_version" value="{row.version}"' in text
    again = cast.client("own validator").post(
        page, TYPED | {"seen_version": row.version, "measures_taken": "Both together"}
    )
    assert again.status_code == 302
    row.refresh_from_db()
    assert row.measures_taken == "Both together"


# --- Deciding ---


def test_the_way_of_a_contribution_through_all_hands(cast: Cast, address) -> None:
    row = factories.make_contribution(recommendation=cast.item, institution=cast.lead)

    def act(name: str, action: str, **data: str) -> int:
        answer = cast.client(name).post(address(f"followup:contribution-{action}", row.pk), data)
        row.refresh_from_db()
        return answer.status_code

    assert (act("own focal point", "submit"), row.state) == (302, "with_validator")
    assert act("coordinator", "validate") == 404
    assert act("own focal point", "approve") == 403
    assert (act("own validator", "return", reason="Add the date"), row.state) == (
        302,
        "returned_by_validator",
    )
    assert row.return_reason == "Add the date"
    assert (act("own focal point", "submit"), row.state) == (302, "with_validator")
    assert (act("own validator", "approve"), row.state) == (302, "with_delegation")
    assert act("analyst", "validate") == 403
    assert act("own validator", "approve") == 403
    assert (act("coordinator", "send_back", reason="Which law?"), row.state) == (
        302,
        "returned_by_delegation",
    )
    assert (act("own focal point", "submit"), row.state) == (302, "with_validator")
    assert (act("own validator", "approve"), row.state) == (302, "with_delegation")
    assert (act("coordinator", "validate"), row.state) == (302, "validated")
    assert act("support", "submit") == 404


def test_a_return_without_reason_shows_the_page_again(cast: Cast, address) -> None:
    row = factories.make_contribution(
        ContributionState.WITH_VALIDATOR, recommendation=cast.item, institution=cast.lead
    )
    answer = cast.client("own validator").post(
        address("followup:contribution-return", row.pk), {"reason": ""}
    )
    assert answer.status_code == 422
    assert b"Give the reason." in answer.content


def test_a_decision_on_a_text_that_changed_is_refused_and_the_reason_kept(cast: Cast, address) -> None:
    row = factories.make_contribution(
        ContributionState.WITH_VALIDATOR, recommendation=cast.item, institution=cast.lead
    )
    answer = cast.client("own validator").post(
        address("followup:contribution-return", row.pk),
        {"reason": "A long reason, typed with care", "seen_version": row.version - 1},
    )
    assert answer.status_code == 409
    assert b"This contribution changed meanwhile" in answer.content
    assert b"A long reason, typed with care" in answer.content
    row.refresh_from_db()
    assert row.state == ContributionState.WITH_VALIDATOR


def test_an_author_is_not_offered_to_approve_the_own_text(cast: Cast, address) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    client = cast.client("own validator")
    client.post(address("followup:contribute", cast.item.pk), TYPED | {"then": "submit"})
    row = Contribution.objects.get()
    page = address("followup:contribution-approve", row.pk)
    assert page.encode() not in client.get(address("followup:contribution", row.pk)).content
    answer = client.post(page)
    assert answer.status_code == 403
    assert b"Whoever wrote in a contribution never validates it." in answer.content


# --- Evidence ---

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def _upload(client: Client, page: str, data: bytes, name: str = "law.pdf", **fields: str):
    file = SimpleUploadedFile(name, data, content_type="text/html")
    return client.post(page, {"file": file, "mark": "internal", "title": "The law", **fields})


def test_evidence_is_attached_read_and_removed(cast: Cast, address) -> None:
    row = factories.make_contribution(recommendation=cast.item, institution=cast.lead)
    client = cast.client("own focal point")
    answer = _upload(client, address("followup:evidence-attach", row.pk), PDF, mark="restricted")
    assert answer.status_code == 302
    file = Evidence.objects.get()
    assert (file.title, file.mark, file.media_type) == ("The law", EvidenceMark.RESTRICTED, "application/pdf")
    got = client.get(address("followup:evidence", file.pk))
    assert got.content == PDF
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Disposition"] == 'attachment; filename="law.pdf"'
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert got["Cache-Control"] == "private, no-store"
    logged = AccessLog.objects.get()
    assert (logged.user_id, logged.object_type, logged.object_id) == (
        cast.users["own focal point"].pk,
        "followup.evidence",
        file.pk,
    )
    assert client.post(address("followup:evidence-remove", file.pk)).status_code == 302
    assert client.get(address("followup:evidence", file.pk)).status_code == 404


def test_a_refused_read_is_not_logged(cast: Cast, address) -> None:
    row = factories.make_contribution(recommendation=cast.item, institution=cast.lead)
    file = factories.make_evidence(row)
    assert cast.client("coordinator").get(address("followup:evidence", file.pk)).status_code == 404
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", b"empty"), (b"<html><script>alert(1)</script>", b"This kind of file is not accepted")],
)
def test_a_bad_file_is_refused_in_words_and_the_title_kept(
    cast: Cast, address, data: bytes, reason: bytes
) -> None:
    row = factories.make_contribution(recommendation=cast.item, institution=cast.lead)
    page = address("followup:evidence-attach", row.pk)
    answer = _upload(cast.client("own focal point"), page, data, title="A title typed with care")
    assert answer.status_code == 422
    assert reason in answer.content
    assert b"A title typed with care" in answer.content
    assert not Evidence.objects.exists()


def test_evidence_of_what_left_the_institution_cannot_be_changed(cast: Cast, address) -> None:
    row = factories.make_contribution(recommendation=cast.item, institution=cast.lead)
    file = factories.make_evidence(row)
    client = cast.client("own focal point")
    client.post(address("followup:contribution-submit", row.pk))
    assert _upload(client, address("followup:evidence-attach", row.pk), PDF).status_code == 403
    assert client.post(address("followup:evidence-remove", file.pk)).status_code == 403


# --- Status ---


def _status(cast: Cast, **changes: object) -> dict[str, object]:
    return {
        "status": "partly_implemented",
        "justification": "The law is in force",
        "language": "en",
        "seen_version": cast.item.version,
    } | changes


def test_the_coordinator_sets_the_status(cast: Cast, address) -> None:
    page = address("followup:status", cast.item.pk)
    client = cast.client("coordinator")
    assert client.get(page).status_code == 200
    assert client.post(page, _status(cast)).status_code == 302
    cast.item.refresh_from_db()
    assert cast.item.status == "partly_implemented"
    shown = client.get(address("followup:item", cast.item.pk)).content
    assert b"The law is in force" in shown
    assert b"set the status of implementation" in shown


@pytest.mark.parametrize("name", ["own focal point", "own validator", *OUTSIDERS])
def test_nobody_else_sets_it(cast: Cast, address, name: str) -> None:
    page = address("followup:status", cast.item.pk)
    client = cast.client(name)
    assert client.get(page).status_code == 403
    assert client.post(page, _status(cast)).status_code == 403
    assert not Assessment.objects.exists()


def test_a_status_decided_on_an_older_version_is_refused_and_kept(cast: Cast, address) -> None:
    factories.make_assessment(cast.item)
    page = address("followup:status", cast.item.pk)
    answer = cast.client("coordinator").post(page, _status(cast))
    assert answer.status_code == 409
    assert b"This recommendation changed meanwhile" in answer.content
    assert b"The law is in force" in answer.content
    cast.item.refresh_from_db()
    assert cast.item.status == "in_progress"
    retried = cast.client("coordinator").post(page, _status(cast, seen_version=cast.item.version))
    assert retried.status_code == 302


# --- The lists ---


def test_facets_ignore_their_own_filter_and_combine(cast: Cast, address) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    factories.make_assignment(
        AssignmentState.PROPOSED,
        recommendation=cast.item,
        institution=cast.support,
        level=AccessLevel.SUPPORT,
    )
    factories.make_assignment(AssignmentState.REFUSED, institution=cast.support)
    client = cast.client("coordinator")
    answer = client.get(address("followup:assignments"), {"state": "accepted"})
    counts = {
        facet["name"]: {option["value"]: option["count"] for option in facet["options"]}
        for facet in answer.context["facets"]
    }
    assert counts["state"] == {"accepted": 1, "proposed": 1, "refused": 1}
    assert counts["institution"] == {str(cast.lead.pk): 1}
    both = client.get(address("followup:assignments"), {"state": ["accepted", "refused"]})
    assert both.context["count"] == 2
    combined = client.get(
        address("followup:assignments"), {"state": ["accepted", "refused"], "institution": cast.support.pk}
    )
    assert combined.context["count"] == 1


@pytest.mark.parametrize(
    ("name", "figure", "page"),
    [
        ("own focal point", "to_answer", "followup:assignments"),
        ("own validator", "to_approve", "followup:contributions"),
        ("coordinator", "to_validate", "followup:contributions"),
    ],
)
def test_what_is_expected_lists_exactly_that(cast: Cast, address, name: str, figure: str, page: str) -> None:
    factories.make_assignment(AssignmentState.PROPOSED, institution=cast.lead)
    factories.make_assignment(AssignmentState.PROPOSED, institution=cast.outside)
    factories.make_contribution(ContributionState.WITH_VALIDATOR, institution=cast.lead)
    factories.make_contribution(ContributionState.WITH_DELEGATION, institution=cast.outside)
    answer = cast.client(name).get(address(page), {"expected": figure})
    assert answer.context["count"] == 1


def test_the_deputy_acts_in_the_name_of_the_person_replaced(cast: Cast, address) -> None:
    row = factories.make_contribution(
        ContributionState.WITH_VALIDATOR, recommendation=cast.item, institution=cast.lead
    )
    validator = factories.make_person(Role.VALIDATOR, cast.lead, name="The one away")
    deputy = factories.make_person(Role.FOCAL_POINT, cast.lead, name="The deputy")
    cast.users["deputy"] = deputy
    approve = address("followup:contribution-approve", row.pk)
    assert cast.client("deputy").post(approve).status_code == 403
    appoint_deputy(person=validator, deputy=deputy, starts_on=date(2020, 1, 1), ends_on=date(2090, 1, 1))
    assert cast.client("deputy").post(approve).status_code == 302
    shown = cast.client("coordinator").get(address("followup:item", cast.item.pk)).content.decode()
    assert "The deputy, in the name of The one away" in shown


def test_a_second_contribution_is_not_begun_while_one_is_under_way(cast: Cast, address) -> None:
    row = factories.make_contribution(recommendation=cast.item, institution=cast.lead)
    page = address("followup:contribute", cast.item.pk)
    answer = cast.client("own validator").post(page, TYPED)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Your institution has a contribution on this recommendation under way already." in text
    assert TYPED["measures_taken"] in text
    assert Contribution.objects.count() == 1
    for action, name in (
        ("submit", "own focal point"),
        ("approve", "own validator"),
        ("validate", "coordinator"),
    ):
        assert cast.client(name).post(address(f"followup:contribution-{action}", row.pk)).status_code == 302
    assert cast.client("own validator").post(page, TYPED).status_code == 302
    assert Contribution.objects.count() == 2
