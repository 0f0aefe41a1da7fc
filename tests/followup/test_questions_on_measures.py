"""Measures as items of a questionnaire: put to who leads them, answered by the report on the measure, once."""

from datetime import date

import pytest

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.followup.commands.questionnaires import act_on_questionnaire, prepare_questionnaire
from tawsiya.followup.commands.questions_on_measures import ask_about_measures
from tawsiya.followup.commands.replies import Given, act_on_reply, save_answers
from tawsiya.followup.models import Question, Questionnaire, Reply
from tawsiya.followup.queries_of_requests import filled, questions_put_to
from tawsiya.programme.choices import Progress
from tawsiya.programme.commands.reports import ReportContent, act_on_report, report_on_measure
from tawsiya.programme.models import Measure, MeasureReport
from tests import factories
from tests.followup.asking import facts, reply_of
from tests.programme import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def leads() -> tuple[Institution, Institution]:
    """The leads of two measures in force, the first late; a third measure has none, a fourth is a draft."""
    factories.make_instance()
    first, second = (factories.make_institution(names={"en": f"Ministry {n}"}) for n in (1, 2))
    version = making.make_version()
    making.make_measure(version, lead=first, title="Build courts", ends_on=date(2020, 1, 1))
    making.make_measure(version, lead=second, title="Train judges")
    making.make_measure(version, title="Nobody's")
    making.adopted(version)
    making.make_measure(making.make_version("To come"), lead=first, title="In a draft")
    return first, second


def _draft() -> Questionnaire:
    return prepare_questionnaire(facts=facts(), institutions=[], by=factories.coordinator())


def _measure(title: str) -> Measure:
    return Measure.objects.get(titles__en=title)


def _report(title: str, home: Institution) -> MeasureReport:
    content = ReportContent(Progress.UNDER_WAY, "Half of it is done", "en")
    return report_on_measure(measure=_measure(title), content=content, by=making.focal(home))


def test_the_measures_chosen_are_put_to_their_leads_who_are_asked_with_the_others(
    leads: tuple[Institution, Institution],
) -> None:
    questionnaire, desk = _draft(), factories.coordinator()
    wanted = [_measure("Build courts").pk, _measure("Train judges").pk]
    with pytest.raises(PermissionRefused):
        ask_about_measures(
            questionnaire_id=questionnaire.pk, measures=wanted, by=factories.reader_in(None, Role.ANALYST)
        )
    others = [_measure("Nobody's").pk, _measure("In a draft").pk]
    with pytest.raises(RuleViolated, match="Choose at least one measure"):
        ask_about_measures(questionnaire_id=questionnaire.pk, measures=others, by=desk)
    assert ask_about_measures(questionnaire_id=questionnaire.pk, measures=wanted, by=desk) == 2
    rows = Question.objects.order_by("order")
    assert [(row.number, row.text, row.only_for) for row in rows] == [
        ("1.1", "Build courts", [leads[0].pk]),
        ("1.2", "Train judges", [leads[1].pk]),
    ]
    assert {reply.institution for reply in Reply.objects.all()} == set(leads)
    with pytest.raises(RuleViolated, match="not asked about yet"):
        ask_about_measures(questionnaire_id=questionnaire.pk, measures=wanted, by=desk)


def test_a_report_on_the_measure_is_the_answer_and_nothing_is_written_twice(
    leads: tuple[Institution, Institution],
) -> None:
    first, desk = leads[0], factories.coordinator()
    before = _report("Build courts", first)  # approved before: it does not answer what is asked now
    act_on_report(report=before, action="approve", by=making.validator(first))
    questionnaire = _draft()
    ask_about_measures(questionnaire_id=questionnaire.pk, measures=[_measure("Build courts").pk], by=desk)
    act_on_questionnaire(questionnaire=questionnaire, action="send", by=desk)
    reply, writer, checker = reply_of(first), making.focal(first), making.validator(first)
    (question,) = questions_put_to(reply)
    assert (filled([reply])[reply.pk].answered, str(question)) == (0, "1.1")
    with pytest.raises(RuleViolated, match=r"Not answered yet: 1\.1"):
        act_on_reply(reply=reply, action="submit", by=writer)
    report = _report("Build courts", first)
    assert filled([reply])[reply.pk].answered == 1
    act_on_reply(reply=reply, action="submit", by=writer)
    with pytest.raises(RuleViolated, match=r"Approve the reports on these measures first: 1\.1"):
        act_on_reply(reply=reply, action="approve", by=checker)
    act_on_report(report=report, action="approve", by=checker)
    act_on_reply(reply=reply, action="approve", by=checker)
    reply.refresh_from_db()
    assert reply.state == "with_delegation"
    assert not reply.answers.exists()


def test_where_there_is_nothing_to_report_the_note_says_so(leads: tuple[Institution, Institution]) -> None:
    first, desk = leads[0], factories.coordinator()
    questionnaire = _draft()
    ask_about_measures(questionnaire_id=questionnaire.pk, measures=[_measure("Build courts").pk], by=desk)
    act_on_questionnaire(questionnaire=questionnaire, action="send", by=desk)
    reply = reply_of(first)
    (question,) = questions_put_to(reply)
    save_answers(
        reply=reply,
        given={question.pk: Given(note="Nothing new")},
        seen_version=reply.version,
        by=making.focal(first),
    )
    _report("Build courts", first)
    assert filled([reply])[reply.pk].answered == 1  # counted once, whatever answers it
    act_on_reply(reply=reply, action="submit", by=making.focal(first))


def test_they_are_chosen_by_lead_axis_and_lateness_on_a_page(leads: tuple[Institution, Institution]) -> None:
    questionnaire, desk = _draft(), factories.signed_in(Role.COORDINATOR)
    address = f"/en/questionnaires/{questionnaire.pk}/measures/"
    every = desk.get(address).content.decode()
    assert "Build courts" in every and "Train judges" in every
    assert "Nobody" not in every and "In a draft" not in every
    for query in ("standing=late", f"lead={leads[0].pk}"):
        page = desk.get(f"{address}?{query}").content.decode()
        assert "Build courts" in page and "Train judges" not in page
    assert "No measure answers these filters" in desk.get(f"{address}?standing=suspended").content.decode()
    refused = desk.post(address, {})
    assert refused.status_code == 422 and "Choose at least one measure" in refused.content.decode()
    done = desk.post(address, {"selected": [_measure("Build courts").pk]}, follow=True).content.decode()
    assert "1 measure is asked about" in done and "Build courts" in done
    assert "Asked about already" in desk.get(address).content.decode()
    # Saving the questions again keeps what each is about.
    lines = desk.get(f"/en/questionnaires/{questionnaire.pk}/questions/").context["lines"]
    sent = {f"questions-{name}_FORMS": str(n) for name, n in (("TOTAL", 1), ("INITIAL", 1))}
    sent |= {
        f"questions-0-{name}": str(value)
        for name, value in lines[0].initial.items()
        if name in ("number", "kind", "text", "measure_key", "only_for")
    }
    sent["questions-0-only_for"] = str(leads[0].pk)
    desk.post(f"/en/questionnaires/{questionnaire.pk}/questions/", sent)
    assert Question.objects.get().measure_key == _measure("Build courts").key


def test_the_reply_shows_the_report_or_the_way_to_its_form(leads: tuple[Institution, Institution]) -> None:
    first, desk = leads[0], factories.coordinator()
    questionnaire = _draft()
    ask_about_measures(questionnaire_id=questionnaire.pk, measures=[_measure("Build courts").pk], by=desk)
    act_on_questionnaire(questionnaire=questionnaire, action="send", by=desk)
    focal = factories.signed_in(Role.FOCAL_POINT, first)
    address = f"/en/replies/{reply_of(first).pk}/"
    form = f"/en/programmes/measures/{_measure('Build courts').pk}/report/"
    for page in (address, f"{address}edit/"):
        assert form in focal.get(page).content.decode()
    _report("Build courts", first)
    for page in (address, f"{address}edit/"):
        shown = focal.get(page).content.decode()
        assert "Half of it is done" in shown and form not in shown
