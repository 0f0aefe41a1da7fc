"""Publishing: by whom, what may leave, what is written, and that it never changes afterwards."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.utils import DatabaseError
from PIL import Image

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.audit import commands as audit
from tawsiya.audit.models import Event
from tawsiya.audit.visibility import visible_to
from tawsiya.core import clock
from tawsiya.core.errors import PermissionRefused, RuleViolated, StaleData
from tawsiya.followup.choices import AssignmentState, ContributionState, EvidenceMark
from tawsiya.followup.commands.evidence import attach_evidence
from tawsiya.notifications.models import Notification
from tawsiya.portal.choices import TEXT_ONLY, Part, Selection
from tawsiya.portal.commands import publish, publish_many, withdraw_publication
from tawsiya.portal.composing import compose
from tawsiya.portal.models import Snapshot
from tawsiya.recommendations.choices import Kind, Status
from tawsiya.recommendations.models import Recommendation
from tests.factories import (
    make_assessment,
    make_assignment,
    make_contribution,
    make_document,
    make_reader,
    make_recommendation,
    reader_in,
)
from tests.portal.stories import (
    JUSTIFICATION,
    MEASURES,
    PUBLIC_FILE,
    SECRETS,
    Story,
    make_story,
    publisher,
    validate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return make_story()


def publish_all(story: Story) -> Snapshot:
    return publish(recommendation=story.item, selection=story.everything, by=publisher())


@pytest.mark.parametrize(
    "role",
    [
        Role.ADMINISTRATOR,
        Role.ANALYST,
        Role.VALIDATOR,
        Role.FOCAL_POINT,
        Role.OBSERVER,
        Role.NHRI,
        Role.CIVIL_SOCIETY,
        None,
    ],
)
def test_only_a_coordinator_publishes_and_withdraws(role: Role | None) -> None:
    item, reader = make_recommendation(), make_reader(role)
    with pytest.raises(PermissionRefused):
        publish(recommendation=item, selection=TEXT_ONLY, by=reader)
    with pytest.raises(PermissionRefused):
        publish_many(recommendations=[item], with_status=False, by=reader)
    publish(recommendation=item, selection=TEXT_ONLY, by=publisher())
    with pytest.raises(PermissionRefused):
        withdraw_publication(recommendation=item, by=reader, reason="A mistake")
    assert Snapshot.objects.count() == 1


def test_the_text_alone_says_nothing_of_the_follow_up(story: Story) -> None:
    snapshot = publish(recommendation=story.item, selection=TEXT_ONLY, by=publisher())
    content = snapshot.content
    assert [(row["language"], row["status"]) for row in content["texts"]] == [
        ("ar", "official"),
        ("en", "official"),
        ("fr", "official"),
    ]
    assert content["position"] == "supported"
    assert content["recommending_states"][0]["names"]["ar"] == "فرنسا"
    assert (content["status"], content["lead"], content["deadline"]) == (None, None, None)
    assert (content["contributions"], content["evidence"]) == ([], [])
    assert (snapshot.status, snapshot.lead, snapshot.position) == ("", "", "supported")
    assert not any(word in str(content) + snapshot.text for word in (MEASURES, JUSTIFICATION, *SECRETS))


def test_what_was_chosen_is_frozen_and_nothing_else(story: Story) -> None:
    snapshot = publish_all(story)
    content = snapshot.content
    assert content["status"]["code"] == "in_progress"
    assert content["status"]["justification"] == {"text": JUSTIFICATION, "language": "en"}
    assert content["lead"]["names"] == story.lead.names
    assert content["deadline"] == "2030-01-01"
    assert [part["text"] for part in content["contributions"][0]["parts"]] == [MEASURES]
    assert [file.title for file in snapshot.files.all()] == [PUBLIC_FILE]
    assert not any(secret in str(content) for secret in SECRETS)


@pytest.mark.parametrize("which", ["draft", "returned"])
def test_a_contribution_that_is_not_validated_is_never_published(story: Story, which: str) -> None:
    chosen = Selection(contributions={getattr(story, which).pk: frozenset(Part)})
    with pytest.raises(RuleViolated, match="validated"):
        publish(recommendation=story.item, selection=chosen, by=publisher())
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize(
    "state", [state for state in ContributionState if state != ContributionState.VALIDATED]
)
def test_every_state_before_validation_is_refused(state: ContributionState) -> None:
    contribution = make_contribution(state)
    chosen = Selection(contributions={contribution.pk: frozenset({Part.MEASURES_TAKEN})})
    with pytest.raises(RuleViolated):
        publish(recommendation=contribution.recommendation, selection=chosen, by=publisher())


def test_another_recommendation_s_contribution_is_refused(story: Story) -> None:
    other = make_contribution(ContributionState.VALIDATED)
    with pytest.raises(RuleViolated):
        publish(
            recommendation=story.item,
            selection=Selection(contributions={other.pk: frozenset(Part)}),
            by=publisher(),
        )


@pytest.mark.parametrize("which", ["restricted", "internal"])
def test_evidence_not_marked_public_is_never_published(story: Story, which: str) -> None:
    chosen = Selection(evidence=frozenset({story.public.pk, getattr(story, which).pk}))
    with pytest.raises(RuleViolated, match="marked public"):
        publish(recommendation=story.item, selection=chosen, by=publisher())
    assert not Snapshot.objects.exists()


def test_public_evidence_of_a_contribution_not_validated_is_refused(story: Story) -> None:
    file = attach_evidence(
        contribution=story.draft,
        title="Early",
        file_name="early.txt",
        data=b"too early",
        mark=EvidenceMark.PUBLIC,
        by=reader_in(story.draft.institution, Role.FOCAL_POINT),
    )
    with pytest.raises(RuleViolated):
        publish(recommendation=story.item, selection=Selection(evidence=frozenset({file.pk})), by=publisher())


@pytest.mark.parametrize(
    "chosen",
    [
        Selection(status=True),
        Selection(lead=True),
        Selection(deadline=True),
        Selection(justification=True),
    ],
)
def test_what_does_not_exist_cannot_be_chosen(chosen: Selection) -> None:
    with pytest.raises(RuleViolated):
        publish(recommendation=make_recommendation(), selection=chosen, by=publisher())


def test_a_lead_that_has_not_accepted_is_not_named() -> None:
    item = make_assignment(AssignmentState.PROPOSED).recommendation
    with pytest.raises(RuleViolated, match="accepted"):
        publish(recommendation=item, selection=Selection(lead=True), by=publisher())


def test_a_part_has_its_paragraph_s_lead_and_shows_its_opening() -> None:
    document = make_document("CRC/C/XTM/CO/4", body="CRC")
    paragraph = make_recommendation(document, paragraph="9", texts={"en": "The Committee recommends:"})
    part = make_recommendation(document, paragraph="9", subparagraph="a", texts={"en": "Adopt a law;"})
    lead = make_assignment(recommendation=paragraph).institution
    snapshot = publish(recommendation=part, selection=Selection(lead=True), by=publisher())
    assert snapshot.is_part
    assert snapshot.content["lead"]["names"] == lead.names
    assert snapshot.content["item"]["label"] == "9 (a)"
    assert snapshot.content["lead_in"][0]["text"] == "The Committee recommends:"


def test_only_recommendations_that_stand_are_published() -> None:
    concern = make_recommendation(kind=Kind.CONCERN)
    with pytest.raises(RuleViolated):
        publish(recommendation=concern, selection=TEXT_ONLY, by=publisher())
    gone = make_recommendation()
    with audit.change("recommendation.imported", by=audit.SYSTEM):
        Recommendation.objects.filter(pk=gone.pk).update(withdrawn_at=clock.now())
    with pytest.raises(RuleViolated, match="withdrawn"):
        publish(recommendation=gone, selection=TEXT_ONLY, by=publisher())


def test_versions_follow_one_another_and_an_unchanged_one_is_refused(story: Story) -> None:
    first = publish(recommendation=story.item, selection=TEXT_ONLY, by=publisher())
    with pytest.raises(RuleViolated, match="Nothing has changed"):
        publish(recommendation=story.item, selection=TEXT_ONLY, by=publisher())
    second = publish_all(story)
    gone = withdraw_publication(recommendation=story.item, by=publisher(), reason="An error")
    again = publish_all(story)
    assert [first.version, second.version, gone.version, again.version] == [1, 2, 3, 4]
    first.refresh_from_db()
    assert first.content["status"] is None


def test_a_snapshot_cannot_be_changed_or_deleted(story: Story) -> None:
    snapshot = publish_all(story)
    for act in (
        lambda: Snapshot.objects.filter(pk=snapshot.pk).update(text="other"),
        lambda: Snapshot.objects.filter(pk=snapshot.pk)._raw_delete("default"),
    ):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            audit.change("publication.published", by=audit.SYSTEM),
        ):
            act()
    snapshot.refresh_from_db()
    assert "other" not in snapshot.text


def test_a_preview_that_no_longer_holds_is_not_published(story: Story) -> None:
    seen = compose(story.item, story.everything, publisher()).fingerprint
    make_assessment(story.item, Status.IMPLEMENTED)
    with pytest.raises(StaleData):
        publish(recommendation=story.item, selection=story.everything, by=publisher(), seen=seen)
    assert not Snapshot.objects.exists()


def test_withdrawing_needs_a_reason_and_a_publication(story: Story) -> None:
    with pytest.raises(RuleViolated, match="not published"):
        withdraw_publication(recommendation=story.item, by=publisher(), reason="x")
    publish_all(story)
    with pytest.raises(RuleViolated, match="reason"):
        withdraw_publication(recommendation=story.item, by=publisher(), reason="  ")
    row = withdraw_publication(recommendation=story.item, by=publisher(), reason="Wrong figures")
    assert (row.act, row.content, row.text, row.symbol) == ("withdraw", {}, "", "")
    with pytest.raises(RuleViolated, match="not published"):
        withdraw_publication(recommendation=story.item, by=publisher(), reason="again")


def test_the_history_says_it_to_everyone_inside_and_the_institutions_are_told(story: Story) -> None:
    focal = reader_in(story.lead, Role.FOCAL_POINT)
    snapshot = publish_all(story)
    withdraw_publication(recommendation=story.item, by=publisher(), reason="Wrong figures")
    events = Event.objects.filter(code__startswith="publication.").order_by("position")
    assert [(event.code, event.reason, event.item_id) for event in events] == [
        ("publication.published", "", story.item.pk),
        ("publication.withdrawn", "Wrong figures", story.item.pk),
    ]
    assert events[0].subject_id == snapshot.pk
    for role in (Role.NHRI, Role.CIVIL_SOCIETY, Role.OBSERVER, Role.VALIDATOR):
        assert events.filter(visible_to(make_reader(role))).count() == 2
    assert events.filter(visible_to(make_reader(None))).count() == 0
    told = Notification.objects.filter(recipient_id=focal.user_id, code__startswith="publication.").order_by(
        "pk"
    )
    assert [row.code for row in told] == ["publication.published", "publication.withdrawn"]


def test_a_published_picture_has_lost_its_author() -> None:
    contribution = make_contribution()
    exif = Image.Exif()
    exif[0x013B] = "Fatima-Secret"
    target = BytesIO()
    Image.new("RGB", (8, 8)).save(target, "JPEG", exif=exif)
    file = attach_evidence(
        contribution=contribution,
        title="The new court",
        file_name="fatima-draft.jpg",
        data=target.getvalue(),
        mark=EvidenceMark.PUBLIC,
        by=reader_in(contribution.institution, Role.FOCAL_POINT),
    )
    validate(contribution)
    snapshot = publish(
        recommendation=contribution.recommendation,
        selection=Selection(evidence=frozenset({file.pk})),
        by=publisher(),
    )
    copy = snapshot.files.get()
    with default_storage.open(copy.stored_as) as stored:
        data = stored.read()
    assert b"Fatima-Secret" in target.getvalue()
    assert b"Fatima-Secret" not in data
    assert (copy.file_name, copy.size) == ("the-new-court.jpg", len(data))


def test_a_file_that_cannot_be_cleaned_stops_the_publication() -> None:
    contribution = make_contribution()
    file = attach_evidence(
        contribution=contribution,
        title="Report",
        file_name="report.pdf",
        data=b"%PDF-1.7\nbroken",
        mark=EvidenceMark.PUBLIC,
        by=reader_in(contribution.institution, Role.FOCAL_POINT),
    )
    validate(contribution)
    with pytest.raises(RuleViolated, match=r"“Report” cannot be published.*damaged"):
        publish(
            recommendation=contribution.recommendation,
            selection=Selection(evidence=frozenset({file.pk})),
            by=publisher(),
        )
    assert not Snapshot.objects.exists()
    assert not Event.objects.filter(code="publication.published").exists()


def test_many_at_once_keep_what_was_chosen_and_add_statuses_where_there_are_some(story: Story) -> None:
    plain, assessed = make_recommendation(), make_recommendation()
    make_assessment(assessed, Status.IMPLEMENTED)
    chosen = Selection(contributions={story.validated.pk: frozenset({Part.MEASURES_TAKEN})})
    publish(recommendation=story.item, selection=chosen, by=publisher())

    without = publish_many(recommendations=[story.item, plain, assessed], with_status=False, by=publisher())
    assert (len(without.snapshots), without.unchanged) == (2, 1)
    assert not Snapshot.objects.exclude(status="").exists()

    done = publish_many(recommendations=[story.item, plain, assessed], with_status=True, by=publisher())
    assert (len(done.snapshots), done.unchanged) == (2, 1)
    latest = Snapshot.objects.get(recommendation_id=story.item.pk, version=2)
    assert latest.status == "in_progress"
    assert latest.content["contributions"][0]["parts"][0]["text"] == MEASURES


def test_many_are_all_published_or_none() -> None:
    good, concern = make_recommendation(), make_recommendation(kind=Kind.CONCERN)
    with pytest.raises(RuleViolated):
        publish_many(recommendations=[good, concern], with_status=False, by=publisher())
    with pytest.raises(RuleViolated, match="at least one"):
        publish_many(recommendations=[], with_status=False, by=publisher())
    assert not Snapshot.objects.exists()


def test_a_renamed_institution_stays_as_published(story: Story) -> None:
    snapshot = publish_all(story)
    before = snapshot.content["lead"]["names"]["en"]
    with audit.change("institution.changed", by=audit.SYSTEM):
        Institution.objects.filter(pk=story.lead.pk).update(names={"en": "Ministry of Other Things"})
    snapshot.refresh_from_db()
    assert snapshot.content["lead"]["names"]["en"] == before
