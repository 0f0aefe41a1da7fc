"""Tags that people set and unofficial translations: who may, what is written, what the history says."""

import pytest

from tawsiya.audit import commands as audit
from tawsiya.audit.models import Event
from tawsiya.core import clock
from tawsiya.core.errors import PermissionRefused, RuleViolated, StaleData
from tawsiya.recommendations.commands import add_translation, set_national_grade, set_tags
from tawsiya.recommendations.models import Recommendation
from tests.recommendations.world import World, address

REFUSED = ("administrator", "observer", "justice", "other", "nhri", "organisation", "without_role")


def _tags(item: Recommendation) -> dict[str, str]:
    return {link.tag.code: link.origin for link in item.tag_links.select_related("tag")}


def _withdraw(item: Recommendation) -> None:
    with audit.change("recommendation.imported", by=audit.SYSTEM):
        item.withdrawn_at = clock.now()
        item.save()


@pytest.mark.parametrize("name", ["coordinator", "analyst"])
def test_the_delegation_tags_beside_the_import(world: World, name: str) -> None:
    item = world.rows["school"]
    set_tags(recommendation=item, tags=[world.tags["prisons"], world.tags["girls"]], by=world.reader(name))
    assert _tags(item) == {"education": "import", "girls": "import", "4": "import", "prisons": "person"}
    link = item.tag_links.get(tag=world.tags["prisons"])
    assert link.set_by == world.users[name]
    event = Event.objects.get(code="recommendation.tagged")
    assert (event.item_id, event.actor_id) == (item.pk, world.users[name].pk)
    assert (event.before, event.after) == ({"tags": []}, {"tags": ["prisons"]})
    set_tags(recommendation=item, tags=[], by=world.reader(name))
    assert _tags(item) == {"education": "import", "girls": "import", "4": "import"}


def test_a_target_brings_its_goal(world: World) -> None:
    item = world.rows["migrants"]
    set_tags(recommendation=item, tags=[world.tags["4.5"]], by=world.reader("analyst"))
    assert _tags(item) == {"4.5": "person", "4": "person"}


def test_the_same_tags_again_write_nothing(world: World) -> None:
    item = world.rows["migrants"]
    tags = [world.tags["girls"]]
    first = set_tags(recommendation=item, tags=tags, by=world.reader("analyst"))
    again = set_tags(recommendation=item, tags=tags, by=world.reader("analyst"), seen_version=first.version)
    assert again.version == first.version == item.version + 1
    assert Event.objects.filter(code="recommendation.tagged").count() == 1


def test_others_neither_tag_nor_translate(world: World) -> None:
    item = world.rows["school"]
    for name in REFUSED:
        with pytest.raises(PermissionRefused, match="Only the delegation changes tags"):
            set_tags(recommendation=item, tags=[], by=world.reader(name))
        with pytest.raises(PermissionRefused, match="Only the delegation records the national grade"):
            set_national_grade(recommendation=item, grade="", by=world.reader(name))
        with pytest.raises(PermissionRefused, match="Only the delegation adds translations"):
            add_translation(recommendation=item, language="ar", text="نص", by=world.reader(name))
    assert not Event.objects.filter(code__in=["recommendation.tagged", "recommendation.translated"]).exists()


def test_what_changed_meanwhile_is_not_overwritten(world: World) -> None:
    item, by = world.rows["school"], world.reader("coordinator")
    with pytest.raises(StaleData):
        set_tags(recommendation=item, tags=[], by=by, seen_version=item.version - 1)
    with pytest.raises(StaleData):
        add_translation(recommendation=item, language="ar", text="نص", by=by, seen_version=item.version - 1)


def test_a_withdrawn_recommendation_is_left_as_it_was(world: World) -> None:
    item, by = world.rows["school"], world.reader("coordinator")
    _withdraw(item)
    with pytest.raises(RuleViolated, match="withdrawn"):
        set_tags(recommendation=item, tags=[world.tags["prisons"]], by=by)
    with pytest.raises(RuleViolated, match="withdrawn"):
        add_translation(recommendation=item, language="ar", text="نص", by=by)


def test_a_translation_is_unofficial_and_can_be_replaced(world: World) -> None:
    item, by = world.rows["school"], world.reader("analyst")
    add_translation(recommendation=item, language="ar", text="  إبقاء الفتيات  ", by=by)
    add_translation(recommendation=item, language="ar", text="إبقاء الفتيات في المدرسة", by=by)
    row = item.texts.get(language="ar")
    assert (row.text, row.status) == ("إبقاء الفتيات في المدرسة", "unofficial")
    events = Event.objects.filter(code="recommendation.translated").order_by("position")
    assert [(event.before, event.after) for event in events] == [
        ({}, {"language": "ar", "text": "إبقاء الفتيات"}),
        (
            {"language": "ar", "text": "إبقاء الفتيات"},
            {"language": "ar", "text": "إبقاء الفتيات في المدرسة"},
        ),
    ]
    item.refresh_from_db()
    assert item.version == world.rows["school"].version


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("en", "Another text", "official text in this language"),
        ("ar", "   ", "Write the text"),
        ("es", "Texto", "not one of the system's"),
    ],
)
def test_translations_that_are_refused(world: World, language: str, text: str, reason: str) -> None:
    item = world.rows["school"]
    with pytest.raises(RuleViolated, match=reason):
        add_translation(recommendation=item, language=language, text=text, by=world.reader("analyst"))
    assert item.texts.count() == 2


def test_pages_of_tags_and_translations_by_role(world: World) -> None:
    pk = world.rows["school"].pk
    expected = dict.fromkeys(REFUSED, 403) | {
        "coordinator": 200,
        "analyst": 200,
        "without_role": 404,
        "nobody": 302,
    }
    for page in ("tags", "grade", "translate"):
        found = {name: world.client(name).get(address(page, pk)).status_code for name in expected}
        assert found == expected
        assert world.client("coordinator").get(address(page, 999_999)).status_code == 404


def test_the_tags_page_saves(world: World) -> None:
    item = world.rows["school"]
    client = world.client("analyst")
    page = client.get(address("tags", item.pk)).content.decode()
    # What came with the import is said, and not offered.
    assert "These came with the import" in page
    assert f'value="{world.tags["girls"].pk}"' not in page
    answer = client.post(
        address("tags", item.pk), {"theme": [world.tags["prisons"].pk], "seen_version": item.version}
    )
    assert answer.status_code == 302 and answer["Location"] == f"/en/recommendations/{item.pk}/"
    assert _tags(item)["prisons"] == "person"


def test_a_stale_form_keeps_what_was_typed(world: World) -> None:
    item = world.rows["school"]
    client = world.client("analyst")
    sent = {"language": "ar", "text": "إبقاء الفتيات", "seen_version": item.version - 1}
    answer = client.post(address("translate", item.pk), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "changed meanwhile" in page and "إبقاء الفتيات</textarea>" in page
    sent["seen_version"] = item.version
    assert client.post(address("translate", item.pk), sent).status_code == 302
    answer = client.post(
        address("tags", item.pk), {"theme": [world.tags["prisons"].pk], "seen_version": item.version}
    )
    assert answer.status_code == 409
    assert f'value="{world.tags["prisons"].pk}"' in answer.content.decode()
    assert "checked" in answer.content.decode()


def test_a_grade_fits_the_position_at_the_un(world: World) -> None:
    supported, noted, by = world.rows["school"], world.rows["old"], world.reader("analyst")
    set_national_grade(recommendation=supported, grade="accepted_in_progress", by=by)
    set_national_grade(recommendation=noted, grade="outside_mandate", by=by)
    for item, grade in ((supported, "noted_wholly"), (noted, "accepted_implemented"), (noted, "bogus")):
        with pytest.raises(RuleViolated, match="does not fit the position"):
            set_national_grade(recommendation=item, grade=grade, by=by)
    with pytest.raises(RuleViolated):  # a treaty body's: there is no position to grade
        set_national_grade(recommendation=world.rows["migrants"], grade="noted_partly", by=by)
    supported.refresh_from_db()
    assert supported.national_grade == "accepted_in_progress"
    event = Event.objects.get(code="recommendation.graded", item_id=supported.pk)
    assert (event.before, event.after) == ({"grade": ""}, {"grade": "accepted_in_progress"})
    set_national_grade(recommendation=supported, grade="", by=by)
    supported.refresh_from_db()
    assert supported.national_grade == ""


def test_the_page_of_the_grade_offers_what_fits(world: World) -> None:
    item, client = world.rows["old"], world.client("coordinator")
    page = client.get(address("grade", item.pk)).content.decode()
    assert 'value="outside_mandate"' in page and 'value="accepted_implemented"' not in page
    sent = {"grade": "outside_mandate", "seen_version": item.version}
    assert client.post(address("grade", item.pk), sent).status_code == 302
    assert client.post(address("grade", item.pk), {**sent, "grade": ""}).status_code == 409
    shown = client.get(f"/en/recommendations/{item.pk}/").content.decode()
    assert "Declared outside the Council&#x27;s mandate" in shown and "Change the grade" in shown
    others = world.client("justice").get(f"/en/recommendations/{item.pk}/").content.decode()
    assert "Change the grade" not in others and "Add a translation" not in others
