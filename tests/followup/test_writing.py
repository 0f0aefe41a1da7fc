"""Parts and their confidentiality, figures, references, what is being typed, conversations."""

from datetime import timedelta

import pytest

from tawsiya.accounts.choices import Role
from tawsiya.audit import commands as audit
from tawsiya.audit.models import Event
from tawsiya.core import clock
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.followup.choices import Circle, EvidenceMark, ReferenceKind
from tawsiya.followup.commands.contributions import Content, edit_contribution
from tawsiya.followup.commands.messages import mark_thread_read, write_message
from tawsiya.followup.commands.references import Cited, add_reference, remove_reference
from tawsiya.followup.commands.typing import forget_expired, keep_typed_on
from tawsiya.followup.figures import as_text, tidy
from tawsiya.followup.mentions import mentioned
from tawsiya.followup.models import Contribution, MessageMention, Reference, TypedText
from tawsiya.followup.queries import contributions_for, references_for
from tawsiya.followup.queries_of_messages import messages_for, participants, unread_threads
from tawsiya.followup.queries_of_writing import joined
from tawsiya.followup.visibility import can_view_message
from tawsiya.notifications.models import Notification
from tests import factories
from tests.followup.cast import Cast

GIRLS = {"label": "Girls", "value": "212", "unit": "pupils", "period": "2025", "source": "Ministry"}
SEALED = "What only the institution and the delegation read"


def _validated_with_a_sealed_part(cast: Cast) -> Contribution:
    """A validated contribution with a supporting institution on the item, its obstacles restricted."""
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    factories.make_contribution(recommendation=cast.item, institution=cast.support)
    row = factories.make_contribution(recommendation=cast.item, institution=cast.lead)
    edit_contribution(
        contribution=row,
        content=Content(
            "en", "For everybody", obstacles=SEALED, obstacles_mark="restricted", figures=[GIRLS]
        ),
        seen_version=row.version,
        by=cast.reader("own focal point"),
    )
    for action, name in (("submit", "own focal point"), ("approve", ""), ("validate", "coordinator")):
        by = cast.reader(name) if name else factories.make_reader(Role.VALIDATOR, cast.lead)
        from tawsiya.followup.commands.contributions import act_on_contribution

        act_on_contribution(contribution=row, action=action, by=by)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("own focal point", True),
        ("own validator", True),
        ("coordinator", True),
        ("analyst", True),
        ("support", False),
        ("administrator", False),
        ("observer", False),
    ],
)
def test_a_restricted_part_stays_with_institution_and_delegation(
    cast: Cast, address, name: str, sees: bool
) -> None:
    row = _validated_with_a_sealed_part(cast)

    read = contributions_for(cast.reader(name)).get(pk=row.pk)
    assert (read.measures_taken, read.obstacles) == ("For everybody", SEALED if sees else "")
    client = cast.client(name)
    for page in (
        address("followup:contribution", row.pk),
        address("followup:item", cast.item.pk),
        address("followup:contributions-json"),
        address("followup:contributions-csv"),
    ):
        text = client.get(page).getvalue().decode()
        assert (SEALED in text) is (sees and "contributions/" not in page.removesuffix(f"{row.pk}/")) or (
            (SEALED in text) is sees
        ), page
        assert "For everybody" in text


def test_a_new_part_is_internal_until_its_author_says_otherwise(cast: Cast) -> None:
    assert Content("en", "Something").measures_taken_mark == EvidenceMark.INTERNAL
    assert Contribution().obstacles_mark == EvidenceMark.INTERNAL


def test_figures_come_from_the_form_and_stand_on_the_page(cast: Cast, address) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    client = cast.client("own focal point")
    sent = {f"figures-0-{key}": value for key, value in GIRLS.items()} | {"figures-1-value": ""}

    client.post(
        address("followup:contribute", cast.item.pk),
        {"language": "en", "measures_taken": "Done", "figures_mark": "public", **sent},
    )

    row = Contribution.objects.get()
    assert (row.figures, row.figures_mark) == ([GIRLS], "public")
    assert "212 pupils" in client.get(address("followup:contribution", row.pk)).content.decode()


def test_a_figure_without_a_value_is_refused_and_stays_in_the_form(cast: Cast, address) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)

    answer = cast.client("own focal point").post(
        address("followup:contribute", cast.item.pk),
        {"language": "en", "measures_taken": "Done", "figures-0-label": "Girls", "figures-0-value": ""},
    )

    assert "Each figure needs what it counts and its value." in answer.content.decode()
    assert 'value="Girls"' in answer.content.decode()
    assert not Contribution.objects.exists()


def test_figures_in_words() -> None:
    rows = tidy([GIRLS, {"label": " ", "value": ""}, {"label": "Boys", "value": "3"}])
    assert as_text(rows) == "Girls: 212 pupils (2025; Ministry)\nBoys: 3"


# --- References ---


def test_a_law_and_a_link_are_evidence_by_their_own_marks(cast: Cast) -> None:
    row = _validated_with_a_sealed_part(cast)
    with pytest.raises(PermissionRefused):
        add_reference(
            contribution=row,
            cited=Cited(ReferenceKind.LAW, "Too late", number="1"),
            by=cast.reader("own focal point"),
        )
    draft = factories.make_contribution(institution=cast.lead)
    by = cast.reader("own focal point")
    law = add_reference(
        contribution=draft, cited=Cited(ReferenceKind.LAW, "Law on schools", number="7-26"), by=by
    )
    add_reference(
        contribution=draft,
        cited=Cited(ReferenceKind.LINK, "A page", url="https://example.org/", mark=EvidenceMark.RESTRICTED),
        by=by,
    )
    assert references_for(by).count() == 2
    assert not references_for(cast.reader("observer")).exists()
    assert not references_for(cast.reader("outside")).exists()
    remove_reference(reference=law, by=by)
    assert references_for(by).count() == 1
    assert Reference.objects.count() == 2, "the row stays for the record"


@pytest.mark.parametrize(
    ("cited", "said"),
    [
        (Cited(ReferenceKind.LAW, "A law"), "Give the number of the law."),
        (Cited(ReferenceKind.LINK, "A page"), "Give the address of the page."),
        (Cited(ReferenceKind.LINK, "A page", url="javascript:alert(1)"), "An address begins with"),
        (Cited(ReferenceKind.LAW, " ", number="1"), "Give a title."),
    ],
)
def test_a_reference_says_where(cast: Cast, cited: Cited, said: str) -> None:
    draft = factories.make_contribution(institution=cast.lead)
    with pytest.raises(RuleViolated, match=said):
        add_reference(contribution=draft, cited=cited, by=cast.reader("own focal point"))


# --- What is being typed ---


def test_what_is_typed_comes_back_to_its_author_alone(cast: Cast, address) -> None:
    row = factories.make_contribution(recommendation=cast.item, institution=cast.lead)
    edit = address("followup:contribution-edit", row.pk)
    before = Event.objects.count()

    answer = cast.client("own focal point").post(
        address("followup:contribution-typing", row.pk),
        {"measures_taken": "Half a sent", "language": "en", "seen_version": row.version},
    )

    assert answer.json()["said"].startswith("Kept as you type")
    assert answer.json()["stale"] == ""
    assert Event.objects.count() == before, "no record of what is only typed"
    mine = cast.client("own focal point").get(edit).content.decode()
    assert "What you had typed is in the form again" in mine
    assert "Half a sent" in mine
    for name in ("own validator", "coordinator", "support"):
        for page in (edit, address("followup:contribution", row.pk), address("followup:item", cast.item.pk)):
            assert "Half a sent" not in cast.client(name).get(page).content.decode()
    row.refresh_from_db()
    assert row.measures_taken == "The bill was adopted by the Council of Ministers."


def test_a_text_typed_on_an_older_version_is_shown_beside_the_newer_one(cast: Cast, address) -> None:
    row = factories.make_contribution(recommendation=cast.item, institution=cast.lead)
    by = cast.reader("own focal point")
    keep_typed_on(row, fields={"measures_taken": "Mine", "obstacles": ""}, seen=row.version, by=by)
    edit_contribution(
        contribution=row,
        content=Content("en", "Theirs", obstacles="Theirs too", measures_taken_mark="public"),
        seen_version=row.version,
        by=cast.reader("own validator"),
    )
    row.refresh_from_db()

    page = cast.client("own focal point").get(address("followup:contribution-edit", row.pk)).content.decode()

    assert "Somebody else saved meanwhile" in page
    assert "Theirs" in page and "Mine" in page
    # Nobody had touched the obstacles here: the colleague's stand in the form.
    assert ">\nTheirs too</textarea>" in page
    assert f'name="seen_version" value="{row.version}"' in page


def test_a_text_is_kept_when_a_colleague_submits_meanwhile(cast: Cast, address) -> None:
    row = factories.make_contribution(recommendation=cast.item, institution=cast.lead)
    colleague = factories.make_person(Role.FOCAL_POINT, cast.lead)
    from tests.followup.cast import BACKEND

    client = cast.client("own validator")
    client.force_login(colleague, backend=BACKEND)
    client.post(address("followup:contribution-submit", row.pk), {"seen_version": row.version})

    answer = cast.client("own focal point").post(
        address("followup:contribution-edit", row.pk),
        {"measures_taken": "Words of half an hour", "language": "en", "seen_version": row.version},
    )

    assert answer.status_code == 403
    assert "Words of half an hour" in answer.content.decode()
    shown = cast.client("own focal point").get(address("followup:contribution", row.pk)).content.decode()
    assert "Words of half an hour" in shown


def test_saving_forgets_what_was_typed_and_so_does_its_author(cast: Cast, address) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    client, typing = cast.client("own focal point"), address("followup:item-typing", cast.item.pk)
    client.post(typing, {"measures_taken": "Half", "language": "en"})
    assert "Half" in client.get(address("followup:contribute", cast.item.pk)).content.decode()
    client.post(typing, {"then": "discard"})
    assert not TypedText.objects.exists()

    client.post(typing, {"measures_taken": "Half", "language": "en"})
    client.post(address("followup:contribute", cast.item.pk), {"measures_taken": "Whole", "language": "en"})

    assert not TypedText.objects.exists()


def test_what_nobody_comes_back_to_expires(cast: Cast, settings) -> None:
    row = factories.make_contribution(institution=cast.lead)
    by = cast.reader("own focal point")
    with clock.at(clock.now() - timedelta(days=settings.TYPED_TEXT_DAYS, minutes=1)):
        keep_typed_on(row, fields={"measures_taken": "Old"}, seen=1, by=by)

    assert forget_expired() == 1
    assert not TypedText.objects.exists()


def test_the_device_keeps_nothing_where_policy_says_so(cast: Cast, address, settings) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    page = address("followup:contribute", cast.item.pk)
    assert 'data-keep="yes"' in cast.client("own focal point").get(page).content.decode()
    settings.KEEP_TYPED_ON_DEVICE = False
    assert 'data-keep="no"' in cast.client("own focal point").get(page).content.decode()


def test_two_texts_are_joined_field_by_field() -> None:
    base = {"measures_taken": "A", "obstacles": "B", "next_steps": "C"}
    saved = {"measures_taken": "A2", "obstacles": "B2", "next_steps": "C"}
    typed = {"measures_taken": "A3", "obstacles": "B", "next_steps": "C3"}
    assert joined(base, saved, typed) == {"measures_taken": "A3", "obstacles": "B2", "next_steps": "C3"}
    assert joined({}, saved, typed) == typed, "where the beginning is unknown all that was typed counts"


# --- Conversations ---

INSIDE = {"own focal point", "own validator"}
DELEGATION = {"coordinator", "analyst"}
# By hand, DOMAIN §9: the conversation inside, the one with the delegation, the delegation's notes.
TALK = {
    Circle.INSIDE: INSIDE,
    Circle.WITH_DELEGATION: INSIDE | DELEGATION,
    Circle.DELEGATION: DELEGATION,
}


@pytest.mark.parametrize("circle", list(Circle))
def test_who_reads_and_writes_in_a_conversation(cast: Cast, address, circle: Circle) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    factories.make_contribution(recommendation=cast.item, institution=cast.support)
    institution = None if circle == Circle.DELEGATION else cast.lead
    writer = cast.reader("coordinator" if circle == Circle.DELEGATION else "own focal point")
    message = write_message(
        item=cast.item, circle=circle, institution=institution, text="Between us", by=writer
    )
    page = address("followup:item", cast.item.pk)
    for name in [*cast.users, "public"]:
        reader = cast.reader(name)
        sees = name in TALK[circle]
        assert messages_for(reader).filter(pk=message.pk).exists() is sees, name
        assert can_view_message(reader, message) is sees, name
        if name != "public":
            shown = cast.client(name).get(page).content.decode()
            assert (f"/talk/{circle.value}/{institution.pk if institution else 0}/" in shown) is sees, name
        if not sees:
            with pytest.raises(PermissionRefused):
                write_message(
                    item=cast.item, circle=circle, institution=institution, text="Me too", by=reader
                )


def test_a_mention_tells_people_of_the_conversation_only(cast: Cast) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    by = cast.reader("own focal point")
    write_message(
        item=cast.item,
        circle=Circle.INSIDE,
        institution=cast.lead,
        text="See this, @Own Validator and @coordinator",
        by=by,
    )
    told = Notification.objects.filter(code="message.mentioned")
    assert [row.recipient_id for row in told] == [cast.users["own validator"].pk]
    assert MessageMention.objects.count() == 1
    with pytest.raises(RuleViolated, match="Only people of the conversation"):
        write_message(
            item=cast.item,
            circle=Circle.INSIDE,
            institution=cast.lead,
            text="And you",
            mentions=[cast.users["coordinator"].pk],
            by=by,
        )


def test_whoever_left_is_not_mailed_any_more(cast: Cast) -> None:
    from tawsiya.accounts.commands import end_membership
    from tawsiya.accounts.models import Membership
    from tawsiya.notifications.sentences import still_holds

    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    write_message(
        item=cast.item,
        circle=Circle.INSIDE,
        institution=cast.lead,
        text="@own validator, please",
        by=cast.reader("own focal point"),
    )
    notification = Notification.objects.get(code="message.mentioned")
    assert still_holds(notification)
    held = Membership.objects.get(user=cast.users["own validator"])
    with audit.change("membership.ended", by=audit.SYSTEM):
        Membership.objects.filter(pk=held.pk).delete()
    assert end_membership is not None
    assert not still_holds(notification)


def test_unread_until_it_is_read(cast: Cast, address) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    place = {"item": cast.item, "circle": Circle.WITH_DELEGATION, "institution": cast.lead}
    write_message(**place, text="A question", by=cast.reader("coordinator"))
    own, asker = cast.reader("own focal point"), cast.reader("coordinator")
    assert (unread_threads(own), unread_threads(asker)) == (1, 0)
    page = address("followup:thread", cast.item.pk, "with_delegation", cast.lead.pk)
    client = cast.client("own focal point")
    assert "Mark as read" in client.get(page).content.decode()
    assert unread_threads(own) == 1, "reading a page writes nothing"
    assert client.post(f"{page}read/").status_code == 302
    assert unread_threads(own) == 0
    write_message(**place, text="An answer", by=own)
    assert (unread_threads(own), unread_threads(asker)) == (0, 1)
    mark_thread_read(**place, by=asker)
    assert unread_threads(asker) == 0


def test_no_conversation_with_an_institution_that_never_had_the_item(cast: Cast, address) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    with pytest.raises(PermissionRefused, match="never assigned"):
        write_message(
            item=cast.item,
            circle=Circle.INSIDE,
            institution=cast.outside,
            text="Us too",
            by=cast.reader("outside"),
        )
    page = address("followup:thread", cast.item.pk, "inside", cast.outside.pk)
    assert cast.client("outside").get(page).status_code == 404


def test_participants_are_those_who_read(cast: Cast) -> None:
    names = {person.name for person in participants(Circle.INSIDE, cast.lead.pk)}
    assert names == INSIDE
    names = {person.name for person in participants(Circle.WITH_DELEGATION, cast.lead.pk)}
    assert names == INSIDE | DELEGATION
    assert {person.name for person in participants(Circle.DELEGATION, None)} == DELEGATION


def test_names_in_a_text() -> None:
    names = {1: ["Amal Ait", "أمل آيت"], 2: ["Amal Ait Ali", ""]}
    assert mentioned("ask @amal ait, then @Amal Ait Ali!", names) == {1, 2}
    assert mentioned("@Amal Aitken wrote to amal ait", names) == set()
    assert mentioned("ليراجعها @أمل آيت من فضلكم", names) == {1}


def test_the_time_line_can_be_narrowed(cast: Cast, address) -> None:
    factories.make_contribution(recommendation=cast.item, institution=cast.lead)
    write_message(
        item=cast.item,
        circle=Circle.INSIDE,
        institution=cast.lead,
        text="Not in the history",
        by=cast.reader("own focal point"),
    )
    client, page = cast.client("own focal point"), address("followup:item", cast.item.pk)
    whole = client.get(page).content.decode()
    assert "wrote in a conversation" in whole and "began a contribution" in whole
    assert "Not in the history" not in whole
    talk = client.get(page, {"kind": "conversations"}).content.decode()
    assert "wrote in a conversation" in talk and "began a contribution" not in talk
    outside = cast.client("coordinator").get(page, {"kind": "conversations"}).content.decode()
    assert "wrote in a conversation" not in outside
