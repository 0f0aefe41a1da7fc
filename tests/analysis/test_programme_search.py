"""Measures, indicators, texts of law and conversations in the search: what is found, by whom, and how often."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tawsiya.accounts.choices import Role
from tawsiya.accounts.queries import reader_for
from tawsiya.analysis.choices import Scope
from tawsiya.analysis.commands.saved_searches import save_search
from tawsiya.analysis.tasks import send_alerts
from tawsiya.followup.choices import Circle, ContributionState, EvidenceMark
from tawsiya.followup.commands.contributions import edit_contribution
from tawsiya.followup.commands.messages import write_message
from tawsiya.followup.content import Content
from tawsiya.notifications.models import Notification
from tawsiya.programme.commands.measures import LawFacts, MilestoneFacts
from tawsiya.programme.commands.programmes import NodeFacts, save_node
from tawsiya.programme.commands.versions import begin_revision
from tawsiya.programme.models import Node
from tests import factories
from tests.programme import making, measuring
from tests.recommendations.world import World


def rows_of(client: Client, scope: str, query: str, **more: str) -> list[dict[str, object]]:
    with translation.override("en"):
        answer = client.get(reverse("analysis:search-json"), {"scope": scope, "q": query, **more})
    assert answer.status_code == 200
    found: list[dict[str, object]] = answer.json()["results"]
    return found


def page_of(client: Client, scope: str, query: str, language: str = "en", **more: str) -> BeautifulSoup:
    with translation.override(language):
        answer = client.get(reverse("analysis:search"), {"scope": scope, "q": query, **more})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def codes(client: Client, query: str, **more: str) -> list[object]:
    return [row["number"] for row in rows_of(client, "measures", query, **more)]


def words(node: object) -> str:
    return " ".join(node.get_text(" ", strip=True).split())  # type: ignore[attr-defined]


def test_a_measure_by_its_title_its_milestones_and_the_axes_above_it(world: World) -> None:
    version = making.make_version()
    axis = Node.objects.get(version=version)
    below = save_node(
        version=version,
        facts=NodeFacts("1.1", {"en": "Courts of appeal"}, parent_id=axis.pk),
        by=factories.coordinator(),
    )
    making.make_measure(
        version,
        title="Train judges on evidence",
        milestones=(MilestoneFacts({"en": "First seminar held"}, date(2027, 3, 1)),),
    )
    making.make_measure(version, title="Translate the forms", node=below)
    making.adopted(version)
    client = world.client("nhri")
    assert codes(client, "judge") == ["1.1"]
    assert codes(client, "seminars") == ["1.1"]
    assert codes(client, "appeals") == ["1.2"]
    assert codes(client, "justice") == ["1.1", "1.2"]
    (answer,) = page_of(client, "measures", "seminars").select(".tw-answer")
    assert [words(mark) for mark in answer.select("mark")] == ["seminar"]
    assert "Milestone" in words(answer.select_one(".tw-answer__note"))


def test_a_draft_is_found_by_those_who_see_it(world: World) -> None:
    version = making.make_version()
    making.make_measure(version, title="Build a shelter", lead=world.justice)
    making.make_measure(version, title="Paint a shelter")
    found = {
        name: codes(world.client(name), "shelters")
        for name in ("coordinator", "observer", "justice", "health", "nhri")
    }
    assert found == {
        "coordinator": ["1.1", "1.2"],
        "observer": ["1.1", "1.2"],
        "justice": ["1.1"],
        "health": [],
        "nhri": [],
    }
    tabs = {
        name: [words(tab) for tab in page_of(world.client(name), "measures", "shelters").select(".tw-tabs a")]
        for name in ("coordinator", "justice", "nhri")
    }
    assert {name: next(tab for tab in row if "Measures" in tab) for name, row in tabs.items()} == {
        "coordinator": "Measures 2",
        "justice": "Measures 1",
        "nhri": "Measures 0",
    }


def test_a_measure_of_several_versions_is_found_once_in_the_newest_one_that_is_seen(world: World) -> None:
    version = making.make_version()
    making.make_measure(version, title="Build a shelter")
    making.adopted(version)
    begin_revision(version=version, by=factories.coordinator())
    (row,) = rows_of(world.client("coordinator"), "measures", "shelter")
    assert (row["version"], row["version_state"]) == (2, "draft")
    (row,) = rows_of(world.client("nhri"), "measures", "shelter")
    assert (row["version"], row["version_state"]) == (1, "adopted")


def test_an_alert_tells_of_a_measure_once_whatever_its_versions(world: World) -> None:
    user = world.users["coordinator"]
    save_search(name="Shelters", scope=Scope.MEASURES, state="q=shelter", alerts=True, by=reader_for(user))
    version = making.make_version()
    making.make_measure(version, title="Build a shelter")
    send_alerts(timestamp=0)
    making.adopted(version)
    begin_revision(version=version, by=factories.coordinator())
    send_alerts(timestamp=0)
    assert Notification.objects.filter(recipient=user, code="search.new_matches").count() == 1
    with translation.override("en"):
        page = world.client("coordinator").get(
            reverse("analysis:saved-open", args=[user.saved_searches.get().pk]), follow=True
        )
    (answer,) = BeautifulSoup(page.content, "html.parser").select(".tw-answer__head")
    assert "New" in words(answer)


def test_facets_of_measures_count_what_a_click_gives(world: World) -> None:
    version = making.make_version()
    other = save_node(version=version, facts=NodeFacts("2", {"en": "Health"}), by=factories.coordinator())
    late = making.make_measure(version, title="Build one", lead=world.justice, ends_on=date(2020, 1, 1))
    making.make_measure(version, title="Build two", lead=world.justice)
    making.make_measure(version, title="Build three", node=other, code="2.1")
    making.adopted(version)
    client = world.client("observer")
    page = page_of(client, "measures", "build")

    def counts(name: str) -> dict[str, int]:
        return {
            str(option.select_one("input")["value"]): int(words(option.select_one(".tw-facet__count")))
            for option in page.select(f"#facet-{name} .tw-facet__option")
        }

    assert counts("standing") == {"late": 1, "planned": 2}
    assert counts("lead") == {str(world.justice.pk): 2}
    assert sorted(counts("axis").values()) == [1, 2]
    assert counts("version") == {"adopted": 3}
    assert codes(client, "build", standing="late") == [late.code]
    assert codes(client, "build", axis=str(other.key)) == ["2.1"]
    assert codes(client, "build", lead=str(world.justice.pk)) == ["1.1", "1.2"]
    for odd in ({"axis": "nonsense"}, {"lead": "x"}, {"programme": "none"}, {"standing": "\0"}):
        assert page_of(client, "measures", "build", **odd) is not None
    assert codes(client, "build", programme="no-such") == []


def test_measures_and_indicators_by_the_recommendation_that_they_are_about(world: World) -> None:
    version = making.make_version()
    making.make_measure(version, answers=(world.rows["prison"],))
    making.make_measure(version)
    making.adopted(version)
    assert codes(world.client("health"), "a hrc 36 6 144.10") == ["1.1"]


def test_an_indicator_by_its_sheet_and_a_draft_by_its_institution_only(world: World) -> None:
    measuring.make_indicator(
        world.justice,
        code="JUS-1",
        names={"en": "Judges per region", "fr": "Magistrats par région"},
        definitions={"en": "Counted at year's end"},
        sdg=("16.3.1",),
    )
    measuring.make_indicator(world.justice, code="JUS-2", names={"en": "Judges on leave"}, in_use=False)

    def found(name: str, query: str) -> list[object]:
        return [row["code"] for row in rows_of(world.client(name), "indicators", query)]

    assert found("nhri", "judges") == ["JUS-1"]
    assert found("health", "judges") == ["JUS-1"]
    assert sorted(map(str, found("justice", "judges"))) == ["JUS-1", "JUS-2"]
    assert found("nhri", "magistrat") == ["JUS-1"]
    assert found("nhri", "counted") == ["JUS-1"]
    assert found("nhri", "16.3.1") == ["JUS-1"]


def test_a_text_of_law_by_title_and_number_with_its_stage(world: World) -> None:
    version = making.make_version()
    law = LawFacts("law", {"en": "Bill on legal aid"}, number="41.05", stage="first_chamber")
    making.make_measure(version, title="Open offices", legislation=(law,), lead=world.justice)
    assert rows_of(world.client("nhri"), "laws", "legal aid") == []
    assert len(rows_of(world.client("justice"), "laws", "legal aid")) == 1
    making.adopted(version)
    (row,) = rows_of(world.client("nhri"), "laws", "legal aid")
    assert (row["title"], row["number"], row["stage"]) == ("Bill on legal aid", "41.05", "first_chamber")
    (answer,) = page_of(world.client("nhri"), "laws", "aid").select(".tw-answer")
    assert "Before the first chamber" in words(answer)


def test_a_conversation_is_found_by_those_who_take_part(world: World) -> None:
    item = world.rows["prison"]
    write_message(
        item=item,
        circle=Circle.INSIDE,
        institution=world.justice,
        text="Who counted the mattresses?",
        mentions=[],
        by=factories.reader_in(world.justice, Role.FOCAL_POINT),
    )
    write_message(
        item=item,
        circle=Circle.DELEGATION,
        institution=None,
        text="كم عدد الأسرة والمفارش؟",
        mentions=[],
        by=factories.coordinator(),
    )
    found = {
        name: [row["text"] for row in rows_of(world.client(name), "conversations", "mattress")]
        for name in ("justice", "health", "coordinator")
    }
    assert found == {"justice": ["Who counted the mattresses?"], "health": [], "coordinator": []}
    assert len(rows_of(world.client("coordinator"), "conversations", "المفارش")) == 1
    (answer,) = page_of(world.client("justice"), "conversations", "mattress").select(".tw-answer")
    assert [words(mark) for mark in answer.select("mark")] == ["mattresses"]
    # An observer has no such tab: the address leads to the recommendations.
    observer = page_of(world.client("observer"), "conversations", "mattress")
    assert not any("Conversations" in words(tab) for tab in observer.select(".tw-tabs a"))


def test_words_of_a_restricted_part_find_it_for_those_who_read_it(world: World) -> None:
    row = factories.make_contribution(
        ContributionState.DRAFT,
        recommendation=world.rows["prison"],
        institution=world.justice,
        measures_taken="Cells were painted",
    )
    row = edit_contribution(
        contribution=row,
        content=Content(
            language="en",
            measures_taken="Cells were painted",
            obstacles="The contractor was bribed",
            obstacles_mark=EvidenceMark.RESTRICTED.value,
        ),
        by=factories.reader_in(world.justice, Role.FOCAL_POINT),
        seen_version=row.version,
    )
    for action, by in (
        ("submit", factories.reader_in(world.justice, Role.FOCAL_POINT)),
        ("approve", factories.reader_in(world.justice, Role.VALIDATOR)),
        ("validate", factories.coordinator()),
    ):
        row = factories.act_on_contribution(contribution=row, action=action, by=by)

    def count(name: str, query: str) -> int:
        return len(rows_of(world.client(name), "contributions", query))

    readers = ("justice", "coordinator", "observer", "health")
    assert [count(name, "bribe") for name in readers] == [1, 1, 0, 0]
    assert [count(name, "cells") for name in readers] == [1, 1, 1, 1]
    # Both words stand in it for those who read both parts; an exclusion looks at what one reads.
    assert [count(name, "cells contractor") for name in readers] == [1, 1, 0, 0]
    assert [count(name, "cells -contractor") for name in readers] == [0, 0, 1, 1]


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_in_other_languages_too(world: World, language: str) -> None:
    version = making.make_version()
    law = LawFacts("law", {"en": "Bill on legal aid"})
    making.make_measure(version, title="Legal aid offices", legislation=(law,), lead=world.justice)
    making.adopted(version)
    measuring.make_indicator(world.justice, names={"en": "Requests for legal aid"})
    for scope in ("measures", "laws", "indicators"):
        page = page_of(world.client("coordinator"), scope, "legal aid", language)
        assert len(page.select(".tw-answer")) == 1, scope
        assert page.select_one("html")["dir"] == ("rtl" if language == "ar" else "ltr")
