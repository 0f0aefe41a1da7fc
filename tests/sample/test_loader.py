"""The loaded sample State, counted by hand from its story: no screen of the demo is empty."""

from collections import Counter
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tawsiya.accounts.choices import InstitutionKind, Role
from tawsiya.accounts.models import Deputy, Institution, Membership, User
from tawsiya.accounts.queries import reader_for
from tawsiya.audit.models import Event
from tawsiya.audit.verify import verify_chain
from tawsiya.core import instance
from tawsiya.core.models import Instance
from tawsiya.followup.choices import ContributionState
from tawsiya.followup.models import Assessment, Assignment, Contribution, Evidence
from tawsiya.mechanisms.models import Document, LanguageVersion
from tawsiya.notifications.models import MailState, OutboxMail
from tawsiya.portal.models import Snapshot, SnapshotFile
from tawsiya.recommendations.models import Recommendation, RecommendationText
from tawsiya.sample.loader import load
from tawsiya.sample.queries import everybody, guides
from tests import factories

pytestmark = [pytest.mark.database, pytest.mark.slow]


@pytest.fixture(scope="module", autouse=True)
def _sample(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the sample once for this module, and take it back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(lambda _step: None)
        instance.forget()  # whichever test comes first must not find what loading kept
        yield
        transaction.set_rollback(True)


def test_the_database_is_marked() -> None:
    row = Instance.objects.get()
    assert (row.state, row.is_demo, row.languages) == ("XTM", True, ["ar", "fr", "en"])


def test_two_cycles_four_bodies_and_one_visit() -> None:
    held = Counter(
        Recommendation.objects.filter(kind="recommendation").values_list("document__symbol", flat=True)
    )
    concerns = Recommendation.objects.filter(kind="concern").count()
    assert sum(held.values()) == 148
    assert concerns == 4
    assert held["A/HRC/38/917"] == 46
    assert held["A/HRC/54/931"] == 48
    assert held["A/HRC/50/940/Add.2"] == 9
    bodies = {symbol.split("/")[0] for symbol in held}
    assert bodies == {"A", "CCPR", "CEDAW", "CERD", "CRC"}


def test_every_recommendation_is_in_three_languages() -> None:
    assert Recommendation.objects.count() == 152
    assert RecommendationText.objects.count() == 152 * 3
    assert Document.objects.count() == 9
    assert LanguageVersion.objects.count() == 9 * 3


def test_positions_of_the_state() -> None:
    found = Counter(Recommendation.objects.values_list("position", flat=True))
    assert found == {"supported": 75, "noted": 19, "": 58}


def test_institutions() -> None:
    whole = Counter(Institution.objects.filter(parent=None).values_list("kind", flat=True))
    assert whole == {
        InstitutionKind.DELEGATION: 1,
        InstitutionKind.GOVERNMENT: 11,
        InstitutionKind.JUDICIARY: 1,
        InstitutionKind.INDEPENDENT: 1,
        InstitutionKind.NHRI: 1,
        InstitutionKind.CIVIL_SOCIETY: 2,
    }
    assert Institution.objects.exclude(parent=None).count() == 11


def test_every_role_is_held() -> None:
    found = Counter(Membership.objects.values_list("role", flat=True))
    assert found == {
        Role.ADMINISTRATOR: 1,
        Role.COORDINATOR: 1,
        Role.ANALYST: 2,
        Role.VALIDATOR: 12,
        Role.FOCAL_POINT: 15,
        Role.HEAD: 1,
        Role.OBSERVER: 1,
        Role.NHRI: 1,
        Role.CIVIL_SOCIETY: 2,
    }
    assert [membership.role for membership in guides()] == list(Role)
    assert len(everybody()) == 36


def test_nobody_has_a_password_and_everybody_a_name_in_both_scripts() -> None:
    assert User.objects.count() == 36
    assert not [user for user in User.objects.all() if user.has_usable_password()]
    assert not User.objects.filter(name_ar="").exists()


def test_a_deputy_is_named() -> None:
    row = Deputy.objects.get()
    assert (row.person.email, row.deputy.email) == (
        "f.tazerzit@tamourt.example",
        "s.tiziri@tamourt.example",
    )
    assert reader_for(row.deputy, on=row.starts_on).roles == {Role.FOCAL_POINT, Role.VALIDATOR}


def test_assignments_in_every_answer() -> None:
    found = Counter(Assignment.objects.values_list("state", flat=True))
    assert found == {"accepted": 78 + 7, "proposed": 12, "refused": 6}


def test_contributions_in_every_state() -> None:
    found = Counter(Contribution.objects.values_list("state", flat=True))
    assert found == {
        ContributionState.DRAFT: 6,
        ContributionState.WITH_VALIDATOR: 6,
        ContributionState.RETURNED_BY_VALIDATOR: 4,
        ContributionState.WITH_DELEGATION: 7 + 1,  # of the months before today
        ContributionState.RETURNED_BY_DELEGATION: 5,
        ContributionState.VALIDATED: 22 + 4,
    }


def test_evidence_with_every_mark_statuses_and_publications() -> None:
    assert Counter(Evidence.objects.values_list("mark", flat=True)) == {
        "public": 27,
        "internal": 11,
        "restricted": 3,
    }
    assert Assessment.objects.count() == 43 + 6  # those of the story, and of the months before today
    assert Snapshot.objects.count() == 31
    assert SnapshotFile.objects.count() == 18


def test_no_mail_of_the_past_goes_out() -> None:
    assert not OutboxMail.objects.exclude(state=MailState.SENT).exists()


def test_its_history_is_whole() -> None:
    verdict = verify_chain()
    assert verdict.problem == ""
    assert verdict.count == Event.objects.count()


def test_loading_again_changes_nothing() -> None:
    before = (Event.objects.count(), User.objects.count())
    said = StringIO()
    call_command("load_sample", stdout=said)
    assert said.getvalue() == "The sample State is loaded.\n"
    assert (Event.objects.count(), User.objects.count()) == before


def test_the_sample_never_enters_a_real_instance() -> None:
    with transaction.atomic():
        with factories.audit.change("instance.created", by=factories.audit.SYSTEM):
            Instance.objects.update(is_demo=False)
        with pytest.raises(CommandError, match="already serves a State"):
            call_command("load_sample", stdout=StringIO())
        transaction.set_rollback(True)


def test_the_accounts_are_listed_one_per_role() -> None:
    said = StringIO()
    call_command("demo_accounts", stdout=said)
    lines = said.getvalue().splitlines()
    assert len(lines) == 9
    assert "t.azenkod@tamourt.example" in lines[0]


def test_a_rule_a_proposal_overruled_and_other_voices() -> None:
    from tawsiya.followup.models import Grade, ParliamentQuestion, Submission
    from tawsiya.followup.rule.proposals import rule_in_force

    assert rule_in_force() is not None
    overruled = Assessment.objects.exclude(rule=None).get()
    assert (overruled.proposed, overruled.status) == ("partly_implemented", "in_progress")
    found = Counter(Submission.objects.values_list("state", flat=True))
    assert found == {"accepted": 1, "refused": 1, "submitted": 1}
    assert sorted(Grade.objects.values_list("grade", flat=True)) == ["B", "C"]
    assert ParliamentQuestion.objects.get().items.count() == 1


def test_the_steering_page_shows_something_of_everything() -> None:
    from tawsiya.dashboards.steering.page import steering_of

    coordinator = User.objects.get(email="n.idurar@tamourt.example")
    page = steering_of(reader_for(coordinator), 30)
    assert [len(section.crossing.rows) for section in page.sections] == [7, 6, 1, 13]
    assert page.moved["status"] == 4
    assert page.moved["validated"] == 1
    assert page.newly_done == 2
    assert page.due_counts["assignment"] >= 3
    paces = {row.institution.key: row for row in page.paces}
    assert (paces["prisons"].answer_days, paces["prisons"].report_days) == (3, 30)
    assert paces["culture"].late >= 1
