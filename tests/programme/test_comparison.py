"""Two versions compared: measure by measure, field by field, word by word."""

from datetime import date

import pytest
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.programme.commands.measures import Content, MilestoneFacts, remove_measure, save_measure
from tawsiya.programme.commands.versions import begin_revision
from tawsiya.programme.comparison import Piece, compare, words
from tawsiya.programme.models import Measure, Milestone, Version
from tawsiya.programme.queries import with_everything
from tests import factories
from tests.programme import making


def test_words_that_differ() -> None:
    assert words("Train all judges", "Train most judges well") == [
        Piece("same", "Train "),
        Piece("removed", "all"),
        Piece("added", "most"),
        Piece("same", " judges"),
        Piece("added", " well"),
    ]
    assert words("", "New") == [Piece("added", "New")]
    assert words("تكوين القضاة", "تكوين المحامين") == [
        Piece("same", "تكوين "),
        Piece("removed", "القضاة"),
        Piece("added", "المحامين"),
    ]


def _revised() -> tuple[Version, Version]:
    """A version with three measures, and its successor: one changed, one left out, one the same, one new."""
    version, desk = making.make_version(), factories.coordinator()
    for title in ("Train all judges on evidence", "Write a law on evidence", "Open five court houses"):
        making.make_measure(version, title=title)
    making.adopted(version)
    successor = begin_revision(version=version, by=desk)
    changed, gone, _same = Measure.objects.filter(version=successor).order_by("sort_key")
    step = Milestone.objects.get(measure=changed)
    content = Content(
        node=changed.node,
        code="1.1",
        titles={"en": "Train most judges on evidence"},
        ends_on=date(2028, 12, 31),
        milestones=(MilestoneFacts(step.titles, step.due_on, step.key),),
    )
    save_measure(version=successor, measure=changed, content=content, by=desk)
    remove_measure(measure=gone, by=desk)
    making.make_measure(successor, code="1.9", title="Publish all judgments online")
    return version, successor


def _measures(version: Version) -> list[Measure]:
    return list(with_everything(Measure.objects.filter(version=version).select_related("node")))


@pytest.mark.django_db
def test_what_a_revision_changed() -> None:
    before, after = _revised()
    changes = compare(_measures(before), _measures(after))
    assert [(change.measure.code, change.kind) for change in changes] == [
        ("1.1", "changed"),
        ("1.2", "removed"),
        ("1.9", "added"),
    ]
    fields = {str(field.label): (field.before, field.after) for field in changes[0].fields}
    assert set(fields) == {"Title (English)", "End date"}
    assert fields["Title (English)"] == ("Train all judges on evidence", "Train most judges on evidence")
    assert fields["End date"][0] == ""


@pytest.mark.django_db
def test_the_page_shows_the_words_between() -> None:
    factories.make_instance()
    before, after = _revised()
    desk = Client()
    desk.force_login(
        factories.make_person(Role.ANALYST), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = desk.get(f"/en/programmes/versions/{after.pk}/compare/").content.decode()
    assert "<del>all</del><ins>most</ins>" in page
    assert "Publish all judgments online" in page and "Write a law on evidence" in page
    assert "Open five court houses" not in page
    rows = desk.get(f"/en/programmes/versions/{after.pk}/compare.json?with={before.pk}").json()["results"]
    assert [(row["number"], row["change"], row["field"]) for row in rows] == [
        ("1.1", "changed", "Title (English)"),
        ("1.1", "changed", "End date"),
        ("1.2", "removed", ""),
        ("1.9", "added", ""),
    ]
