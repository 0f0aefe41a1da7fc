"""Leaks planted on purpose: the matrix and the canaries must report each, or they prove nothing."""

import pytest
from django.db.models import Q

from tests.access.table import TABLE

ALL = ~Q(pk__in=[])


def of(*views: str):
    """Return the rows of some views."""
    from tests.access.matrix import rows_of

    return [row for row in rows_of(TABLE) if row.view in views]


def test_without_a_leak_nothing_is_reported(world) -> None:
    from tests.access.canaries import leaks, seen_by
    from tests.access.matrix import differences

    views = of("followup:contribution", "followup:evidence", "intake:run", "recommendations:list-json")
    assert differences(world, views, ("support", "other_focal", "public")) == []
    assert leaks("other_focal", seen_by(world, "other_focal", views)) == []


def test_all_contributions_shown_to_everybody(world, monkeypatch: pytest.MonkeyPatch) -> None:
    from tawsiya.followup import queries
    from tests.access.canaries import leaks, seen_by
    from tests.access.matrix import differences

    monkeypatch.setattr(queries, "contributions_visible_to", lambda reader: ALL)

    assert "GET followup:contribution [draft] as other_focal: 200, not 4" in differences(
        world, of("followup:contribution"), ("other_focal",)
    )
    found = seen_by(world, "nhri", of("followup:contributions-csv"))
    assert "nhri reads qmeasuresdraft at followup:contributions-csv [-]" in leaks("nhri", found), (
        "the canary in the draft"
    )


def test_evidence_given_without_its_filter(world, monkeypatch: pytest.MonkeyPatch) -> None:
    from tawsiya.followup import queries
    from tests.access.canaries import leaks, seen_by
    from tests.access.matrix import differences

    monkeypatch.setattr(queries, "evidence_visible_to", lambda reader: ALL)
    rows = of("followup:evidence")

    found = differences(world, rows, ("support", "administrator"))
    assert "GET followup:evidence [validated restricted] as support: 200, not 4" in found
    assert "GET followup:evidence [draft public] as administrator: 200, not 4" in found
    assert any("qinsidedraftpublic" in leak for leak in leaks("observer", seen_by(world, "observer", rows)))


def test_the_mark_of_a_file_forgotten(world, monkeypatch: pytest.MonkeyPatch) -> None:
    from tawsiya.followup import visibility
    from tests.access.matrix import differences

    everybody = frozenset(visibility.Relation)
    monkeypatch.setitem(visibility.EVIDENCE_AUDIENCE, "restricted", everybody)

    assert differences(world, of("followup:evidence"), ("observer",)) == [
        "GET followup:evidence [validated restricted] as observer: 200, not 4"
    ]


def test_the_delegation_reads_what_is_with_the_validator(world, monkeypatch: pytest.MonkeyPatch) -> None:
    from tawsiya.followup import visibility
    from tests.access.matrix import differences

    widened = frozenset({visibility.Relation.OWN, visibility.Relation.DELEGATION})
    monkeypatch.setitem(visibility.CONTRIBUTION_AUDIENCE, "with_validator", widened)

    found = differences(world, of("followup:contribution"), ("coordinator", "analyst", "observer"))
    assert found == [
        "GET followup:contribution [with_validator] as coordinator: 200, not 4",
        "GET followup:contribution [with_validator] as analyst: 200, not 4",
    ]


def test_the_history_of_a_return_inside_told_outside(world, monkeypatch: pytest.MonkeyPatch) -> None:
    from tawsiya.audit import visibility
    from tests.access.canaries import leaks, seen_by

    monkeypatch.setitem(visibility._audiences, "followup.contribution", lambda reader: ALL)

    reported = leaks("coordinator", seen_by(world, "coordinator", of("followup:item", "audit:history-csv")))
    assert any("qpastreason" in leak and "audit:history-csv" in leak for leak in reported)
    assert any("qvreason" in leak for leak in reported)


def test_a_facet_that_counts_before_the_filter(world, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the figures of the facets are wrong: no word leaks, and the comparison of pages tells."""
    from django.db import transaction

    from tawsiya.core import facets
    from tawsiya.followup.models import Contribution
    from tests.access.canaries import plain
    from tests.access.world import act_inside

    count = facets.facet_rows

    def counting_everything(found, filter_class, query, seen, *rest, **named):
        wrong = Contribution.objects.all() if seen.model is Contribution else seen
        return count(found, filter_class, query, wrong, *rest, **named)

    def page() -> str:
        return plain(world.clients["support"].get(world.address("followup:contributions")))

    def changes() -> bool:
        with transaction.atomic():
            before = page()
            act_inside(world)
            after = page()
            transaction.set_rollback(True)
        return before != after

    assert not changes()
    monkeypatch.setattr(facets, "facet_rows", counting_everything)
    assert changes()


def test_imports_shown_before_they_are_applied(world, monkeypatch: pytest.MonkeyPatch) -> None:
    from tawsiya.intake.views import runs
    from tests.access.canaries import leaks, seen_by
    from tests.access.matrix import differences

    monkeypatch.setattr(runs, "runs_visible_to", lambda reader: ALL)
    rows = of("intake:run", "intake:run-csv")

    assert "GET intake:run [run] as observer: 200, not 4" in differences(world, rows, ("observer",))
    assert any("qimporttext" in leak for leak in leaks("focal", seen_by(world, "focal", rows)))


def test_a_permission_given_too_widely(world, monkeypatch: pytest.MonkeyPatch) -> None:
    from tawsiya.accounts import roles
    from tawsiya.accounts.choices import Role
    from tests.access.matrix import differences

    wider = roles.MAY[Role.ANALYST] | {roles.Act.VALIDATE_FOR_DELEGATION}
    monkeypatch.setitem(roles.MAY, Role.ANALYST, frozenset(wider))

    (found,) = differences(world, of("followup:contribution-validate"), ("analyst", "observer"))
    assert found.startswith("POST followup:contribution-validate [with_delegation] as analyst: 302 ")
    assert found.endswith(", recorded, not F")


def test_a_page_of_which_anybody_may_keep_a_copy(world, monkeypatch: pytest.MonkeyPatch) -> None:
    from tawsiya.core import middleware
    from tests.access.matrix import differences

    monkeypatch.setattr(
        middleware.NotKeptMiddleware, "__call__", lambda self, request: self.get_response(request)
    )

    assert differences(world, of("followup:contribution-approve"), ("focal",))[0] == (
        "GET followup:contribution-approve [draft] as focal: may be kept (nothing said)"
    )


def test_an_address_that_nobody_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.urls import clear_url_caches, path

    from tawsiya.config import urls
    from tawsiya.dashboards.views.home import home
    from tests.access.matrix import differences_of_map, rows_of

    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("back-door/", home)])
    clear_url_caches()
    try:
        assert differences_of_map(rows_of(TABLE)) == ["/back-door/ has no row in the table"]
    finally:
        monkeypatch.undo()
        clear_url_caches()


def test_a_row_without_an_address_and_an_address_without_a_row() -> None:
    from tests.access.matrix import differences_of_map, rows_of

    without = [row for row in rows_of(TABLE) if row.view != "followup:evidence"]
    gone = rows_of(TABLE.replace("dashboards:home", "dashboards:gone"))

    assert differences_of_map(without) == ["followup:evidence has no row in the table"]
    assert differences_of_map(gone) == [
        "dashboards:home has no row in the table",
        "dashboards:gone is in the table and nowhere else",
    ]


def test_a_row_that_forgets_a_reader() -> None:
    from tests.access.matrix import rows_of

    with pytest.raises(ValueError, match="not a letter for each reader"):
        rows_of("head\nsome:view  -  L4 222 222 2 22 2 2  -")
