"""Everybody of DOMAIN §9, and one of everything they could look at, each with words of its own.

The words are canaries: each stands in one field of one object, so that finding it in an answer tells
what leaked. Everything is made through the commands of the product.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone, translation

from tawsiya.accounts.choices import Role
from tawsiya.accounts.commands import Person, appoint_deputy, invite
from tawsiya.accounts.models import Institution, Membership, User
from tawsiya.accounts.queries import reader_for
from tawsiya.accounts.reader import PUBLIC, Reader
from tawsiya.analysis.choices import Scope
from tawsiya.analysis.commands.saved_searches import save_search
from tawsiya.analysis.commands.views import save_view
from tawsiya.analysis.models import ModelVersion
from tawsiya.audit import commands as audit
from tawsiya.followup.calendar_links import secret_of
from tawsiya.followup.choices import Circle, ContributionState, EvidenceMark, ReferenceKind
from tawsiya.followup.commands.assignments import Letter, act_on_assignment, assign_recommendations
from tawsiya.followup.commands.calendars import open_calendar
from tawsiya.followup.commands.contributions import Content, act_on_contribution, start_contribution
from tawsiya.followup.commands.evidence import attach_evidence
from tawsiya.followup.commands.extensions import act_on_extension, ask_for_time
from tawsiya.followup.commands.handing import pass_on
from tawsiya.followup.commands.messages import write_message
from tawsiya.followup.commands.questionnaires import (
    QuestionFacts,
    act_on_questionnaire,
    prepare_questionnaire,
    set_questions,
)
from tawsiya.followup.commands.references import Cited, add_reference
from tawsiya.followup.commands.replies import Given, act_on_reply, save_answers
from tawsiya.followup.commands.typing import keep_typed_on
from tawsiya.followup.models import Assignment, Contribution, Evidence, Questionnaire
from tawsiya.intake.commands import apply_import, confirm_rows, exclude_row, preview_import, take_in
from tawsiya.intake.models import Correction, ImportRow
from tawsiya.mechanisms.models import Document
from tawsiya.notifications.models import MailState, Notification, OutboxMail
from tawsiya.portal.choices import TEXT_ONLY, Part, Selection
from tawsiya.portal.commands import publish, publish_programme, withdraw_publication
from tawsiya.portal.models import SnapshotFile
from tawsiya.programme.choices import Audience, Progress
from tawsiya.programme.commands.comments import (
    PublicWords,
    answer_comment,
    comment_from_the_public,
    comment_on,
    decide_on_comment,
)
from tawsiya.programme.commands.exchange import keep_file
from tawsiya.programme.commands.indicators import mark_break
from tawsiya.programme.commands.measures import LawFacts
from tawsiya.programme.commands.programmes import NodeFacts, save_node
from tawsiya.programme.commands.reports import FileFacts, ReportContent, act_on_report, report_on_measure
from tawsiya.programme.commands.value_requests import Asked, ask_for_values
from tawsiya.programme.commands.versions import close_consultation
from tawsiya.programme.models import Version
from tawsiya.recommendations.choices import GroupState, Status, TagOrigin
from tawsiya.recommendations.models import Recommendation, RecommendationTag, Tag
from tawsiya.recommendations.vocabularies import register_vocabulary
from tawsiya.reports.commands import ask_for_document
from tawsiya.reports.making import make_document
from tests import factories
from tests.access.assessing import make_rules, make_voices
from tests.followup.asking import facts
from tests.intake.matrices import PRISONS, Line, matrix
from tests.intake.readers.upr import pdf
from tests.intake.readers.upr.texts import ENGLISH
from tests.programme import making, measuring

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STATES = tuple(state.value for state in ContributionState)
MARKS = tuple(mark.value for mark in EvidenceMark)

# The way of a contribution to each state: the action, who takes it, and the canary of its reason.
WAYS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "draft": (),
    "with_validator": (("submit", "focal", ""),),
    "returned_by_validator": (("submit", "focal", ""), ("return", "validator", "qvreason")),
    "with_delegation": (("submit", "focal", ""), ("approve", "validator", "")),
    "returned_by_delegation": (
        ("submit", "focal", ""),
        ("approve", "validator", ""),
        ("send_back", "coordinator", "qdreason"),
    ),
    # Once returned inside the institution: that stays inside, though the text is validated since.
    "validated": (
        ("submit", "focal", ""),
        ("return", "validator", "qpastreason"),
        ("submit", "focal", ""),
        ("approve", "validator", ""),
        ("validate", "coordinator", ""),
    ),
}

SPREADSHEET = b"Symbol,Paragraph,Text\nA/HRC/57/903,1,Sing qsheettext in the streets\n"


def words_of_evidence(state: str, mark: str) -> tuple[str, str, str]:
    """Return the canaries of a file: in its title, its name, and itself."""
    stem = f"{state.replace('_', '')}{mark}"
    return f"qtitle{stem}", f"qname{stem}", f"qinside{stem}"


@dataclass
class World:
    """The cast and its objects, by the names that the tables use."""

    users: dict[str, User] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    institutions: dict[str, Institution] = field(default_factory=dict)
    items: dict[str, Recommendation] = field(default_factory=dict)
    assignments: dict[str, Assignment] = field(default_factory=dict)
    contributions: dict[str, Contribution] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    others: dict[str, Any] = field(default_factory=dict)

    def reader(self, name: str) -> Reader:
        """Return a member of the cast as the product sees that person."""
        return PUBLIC if name == "public" else reader_for(self.users[name])

    def address(self, view: str, *args: Any) -> str:
        """Return the address of a view in English."""
        with translation.override("en"):
            return reverse(view, args=args)


@contextmanager
def private_files(folder: Path) -> Iterator[None]:
    """Keep the files of a world in a folder of its own."""
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder, "base_url": None},
    }
    with override_settings(STORAGES=settings.STORAGES | {"default": storage}):
        yield


@contextmanager
def made_world(folder: Path) -> Iterator[World]:
    """Give a world, and take everything back afterwards."""
    with private_files(folder), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def make_world() -> World:
    """Play everything through the commands."""
    factories.make_instance()
    world = World()
    _cast(world)
    _assignments(world)
    for state in STATES:
        _contribution(world, state)
    _conversations(world)
    _publications(world)
    _imports(world)
    _accounts(world)
    _saved_views(world)
    _groups(world)
    _taxonomy(world)
    _programmes(world)
    _indicators(world)
    _questionnaires(world)
    make_rules(world)
    make_voices(world)
    for name in ("public", *world.users):
        world.clients[name] = Client(raise_request_exception=False)
        if name != "public":
            world.clients[name].force_login(world.users[name], backend=BACKEND)
    return world


def _cast(world: World) -> None:
    for name in ("lead", "support", "other"):
        world.institutions[name] = factories.make_institution(key=f"the-{name}")
    lead, support, other = (world.institutions[name] for name in ("lead", "support", "other"))
    delegation = factories.the_delegation()
    homes: dict[str, tuple[Role | None, Institution | None]] = {
        "norole": (None, None),
        "administrator": (Role.ADMINISTRATOR, delegation),
        "coordinator": (Role.COORDINATOR, delegation),
        "analyst": (Role.ANALYST, delegation),
        "validator": (Role.VALIDATOR, lead),
        "focal": (Role.FOCAL_POINT, lead),
        # Alone an observer; for the time being also what the validator is.
        "deputy": (Role.OBSERVER, lead),
        "support": (Role.FOCAL_POINT, support),
        "other_validator": (Role.VALIDATOR, other),
        "other_focal": (Role.FOCAL_POINT, other),
        "observer": (Role.OBSERVER, None),
        "nhri": (Role.NHRI, None),
        "civil": (Role.CIVIL_SOCIETY, None),
    }
    for name, (role, home) in homes.items():
        world.users[name] = factories.make_person(role, home, name=f"Name of {name}")
    today = timezone.localdate()
    world.others["deputy"] = appoint_deputy(
        person=world.users["validator"],
        deputy=world.users["deputy"],
        starts_on=today - timedelta(days=2),
        ends_on=today + timedelta(days=9),
    )
    # A second administrator, so that the first can be looked at as anybody else.
    factories.make_person(Role.ADMINISTRATOR, delegation)
    # The other institution has work of its own.
    factories.make_contribution(recommendation=factories.make_recommendation(), institution=other)


def _assign(world: World, name: str, *, text: str = "") -> Recommendation:
    """Assign a new item to the lead and the supporting institution; canaries in note and letter."""
    item = factories.make_recommendation(
        texts={"en": text or f"Take the measures of the item {name.replace('_', ' ')}"}
    )
    world.items[name] = item
    plain = name.replace("_", "")
    for lead, supporting in (("lead", []), (None, ["support"])):
        (row,) = assign_recommendations(
            recommendations=[item],
            lead=world.institutions[lead] if lead else None,
            supporting=[world.institutions[one] for one in supporting],
            deadline=date(2031, 3, 9),
            note=f"qnote{plain}" if lead else "",
            letter=Letter(f"qletter{plain}" if lead else "", date(2026, 1, 5)),
            by=world.reader("coordinator"),
        )
        if lead:
            world.assignments[name] = row
        else:
            act_on_assignment(assignment=row, action="accept", by=world.reader("support"))
    return item


def _assignments(world: World) -> None:
    for name, action, by, reason in (
        ("proposed", "", "", ""),
        ("accepted", "accept", "focal", ""),
        ("refused", "refuse", "focal", "qrefusal"),
        ("ended", "end", "coordinator", "qending"),
        ("asking", "ask_reassign", "focal", "qasking"),
        ("passed", "accept", "focal", ""),
    ):
        _assign(world, name)
        if action:
            world.assignments[name] = act_on_assignment(
                assignment=world.assignments[name], action=action, by=world.reader(by), reason=reason
            )

    part = factories.make_institution(key="a-directorate", parent=world.institutions["lead"])
    world.institutions["directorate"] = part
    world.assignments["passed"] = pass_on(
        assignment=world.assignments["passed"], to=part, by=world.reader("focal")
    )


def _contribution(world: World, state: str) -> None:
    item, plain = _assign(world, state), state.replace("_", "")
    act_on_assignment(assignment=world.assignments[state], action="accept", by=world.reader("focal"))
    row = start_contribution(
        recommendation=item,
        institution=world.institutions["lead"],
        content=Content(
            language="en",
            measures_taken=f"Measures qmeasures{plain}",
            obstacles=f"Obstacles qobstacles{plain}",
            next_steps=f"Steps qsteps{plain}",
            proposed_status="in_progress",
            figures=[
                {"label": f"Figures qfigures{plain}", "value": "7", "unit": "", "period": "", "source": ""}
            ],
            measures_taken_mark="public",
            obstacles_mark="internal",
            next_steps_mark="restricted",
            figures_mark="internal",
        ),
        by=world.reader("focal"),
    )
    for mark in EvidenceMark:
        title, name, inside = words_of_evidence(state, mark)
        world.evidence[f"{state} {mark}"] = attach_evidence(
            contribution=row,
            title=title,
            file_name=f"{name}.txt",
            data=inside.encode(),
            mark=mark,
            by=world.reader("focal"),
        )
    for mark in (EvidenceMark.INTERNAL, EvidenceMark.RESTRICTED):
        world.others[f"{state} {mark.value} law"] = add_reference(
            contribution=row,
            cited=Cited(ReferenceKind.LAW, f"Law qlaw{plain}{mark.value}", number="7-26", mark=mark),
            by=world.reader("focal"),
        )
    for action, by, reason in WAYS[state]:
        row = act_on_contribution(contribution=row, action=action, by=world.reader(by), reason=reason)
    world.contributions[state] = row


def _questionnaires(world: World) -> None:
    """Ask: a draft, one put to two institutions, and one for each state of a reply; with more time asked."""
    lead, other = world.institutions["lead"], world.institutions["other"]
    world.others["unsent"] = _ask(world, "Unsent qunsent", [lead], sent=False)
    for state in STATES:
        plain, both = state.replace("_", ""), state == "draft"
        institutions = [lead, other] if both else [lead]
        row = _ask(world, "Ask qshared" if both else f"Ask qasked{plain}", institutions)
        reply = row.replies.get(institution=lead)
        question = row.questions.first()
        reply = save_answers(
            reply=reply,
            given={question.pk: Given(text=f"Words qreplied{plain}")},
            seen_version=1,
            by=world.reader("focal"),
        )
        for action, by, reason in WAYS[state]:
            reason = reason and f"{reason}asked"
            reply = act_on_reply(reply=reply, action=action, by=world.reader(by), reason=reason)
        world.others[f"reply-{state}"] = reply
        if both:
            world.others["shared"] = row
            world.others["reply-other"] = row.replies.get(institution=other)
    later = {"wanted": timezone.localdate() + timedelta(days=90), "by": world.reader("focal")}
    world.others["extension"] = ask_for_time(
        reply=world.others["reply-with_validator"], reason="Because qtime", **later
    )
    refused = ask_for_time(reply=world.others["reply-returned_by_delegation"], reason="Late", **later)
    world.others["decided-extension"] = act_on_extension(
        extension=refused, action="refuse", by=world.reader("coordinator"), reason="No"
    )
    world.others["calendar-token"] = secret_of(
        world.users["focal"].pk, open_calendar(by=world.reader("focal")).made_at
    )


def _ask(world: World, title: str, institutions: list[Institution], *, sent: bool = True) -> Questionnaire:
    by = world.reader("coordinator")
    row = prepare_questionnaire(facts=facts(title=title), institutions=institutions, by=by)
    questions = [QuestionFacts("What was done?", number="1")]
    if len(institutions) > 1:
        questions.append(QuestionFacts("And qotherquestion?", number="2", only_for=[institutions[1].pk]))
    set_questions(questionnaire=row, questions=questions, by=by)
    return act_on_questionnaire(questionnaire=row, action="send", by=by) if sent else row


def _conversations(world: World) -> None:
    """All three circles on the item that is published; and a text that one person is typing."""
    item, lead = world.items["validated"], world.institutions["lead"]
    for circle, by, word in (
        (Circle.INSIDE, "focal", "qtalkinside"),
        (Circle.WITH_DELEGATION, "validator", "qtalkdelegation"),
        (Circle.DELEGATION, "coordinator", "qtalknotes"),
    ):
        world.others[f"message {circle.value}"] = write_message(
            item=item,
            circle=circle,
            institution=None if circle == Circle.DELEGATION else lead,
            text=f"Between us: {word} @Name of focal @Name of coordinator",
            by=world.reader(by),
        )
        world.others[f"talk {circle.value}"] = (
            item.pk,
            circle.value,
            0 if circle == Circle.DELEGATION else lead.pk,
        )
    keep_typed_on(
        world.contributions["draft"],
        fields={"measures_taken": "Half a sentence qtyped"},
        seen=1,
        by=world.reader("focal"),
    )


def _publications(world: World) -> None:
    """Publish the validated item in part; publish another and withdraw it; leave all else alone."""
    coordinator = world.reader("coordinator")
    item = world.items["validated"]
    factories.make_assessment(item, Status.IN_PROGRESS, justification="Because qjustification")
    item.refresh_from_db()
    publish(
        recommendation=item,
        selection=Selection(
            status=True,
            lead=True,
            contributions={world.contributions["validated"].pk: frozenset({Part.MEASURES_TAKEN})},
            evidence=frozenset({world.evidence["validated public"].pk}),
        ),
        by=coordinator,
    )
    world.items["published"] = item
    world.others["public file"] = SnapshotFile.objects.get()
    world.items["bare"] = factories.make_recommendation(texts={"en": "Leave qbaretext unpublished"})
    withdrawn = factories.make_recommendation(texts={"en": "Withdraw qwithdrawntext again"})
    publish(recommendation=withdrawn, selection=TEXT_ONLY, by=coordinator)
    withdraw_publication(recommendation=withdrawn, by=coordinator, reason="Because qwithdrawal")
    world.items["withdrawn"] = withdrawn


def _imports(world: World) -> None:
    analyst = world.reader("analyst")
    lines = (
        Line("120.1", "Import qimporttext one day"),
        Line("120.2", PRISONS.text, states=("Qwarnedland",)),
        Line("120.3", "Leave this row out of the import"),
    )
    run = preview_import(data=matrix(lines), file_name="qimportfile.docx", state="XTM", by=analyst)
    rows = list(ImportRow.objects.filter(run=run).order_by("order"))
    exclude_row(rows[2], reason="qexclusion", by=analyst)
    report = preview_import(data=pdf.report(ENGLISH), file_name="qpdffile.pdf", state="XTM", by=analyst)
    world.others |= {"run": run, "row": rows[0], "excluded row": rows[2], "report": report}
    _more_imports(world, analyst)


def _saved_views(world: World) -> None:
    by = world.reader("analyst")
    world.others["own view"] = save_view(title="Mine qownview", query="", is_shared=False, by=by)
    world.others["shared view"] = save_view(title="Ours qsharedview", query="", is_shared=True, by=by)


def _more_imports(world: World, analyst: Reader) -> None:
    """An import with doubtful rows, one that a job is to read, and one that was applied."""
    twice = tuple(Line("121.1", f"Doubt qdoubttext number {number}") for number in range(3))
    doubtful = preview_import(data=matrix(twice), file_name="qdoubtfile.docx", state="XTM", by=analyst)
    rows = list(ImportRow.objects.filter(run=doubtful).exclude(doubts=[]).order_by("order"))
    confirm_rows(doubtful, row=rows[0], by=analyst)
    with override_settings(IMPORT_INLINE_BYTES=0):
        reading = take_in(data=matrix(twice), file_name="qreadingfile.docx", by=analyst)
    applied = preview_import(
        data=matrix((Line("122.1", "Keep the peace", symbol="A/HRC/57/902"),)),
        file_name="applied.docx",
        state="XTM",
        by=analyst,
    )
    apply_import(applied, by=analyst)
    world.others |= {
        "spreadsheet": take_in(data=SPREADSHEET, file_name="qsheetfile.csv", by=analyst),
        "doubtful row": rows[1],
        "correction": Correction.objects.get(run=doubtful),
        "reading run": reading,
        "applied run": applied,
        "read document": Document.objects.get(symbol="A/HRC/57/902"),
    }


def _taxonomy(world: World) -> None:
    """A taxonomy with a label that a model set, and a model of institutions. Nothing is trained: that is slow."""
    with audit.change("taxonomy.imported", by=audit.SYSTEM):
        vocabulary = register_vocabulary("qsubjects", {"en": "Subjects"})
        label = Tag.objects.create(taxonomy="qsubjects", code="one", names={"en": "One"}, sort_key="1")
    for name, of in (("model", vocabulary), ("institutions-model", None)):
        with audit.change("model.trained", by=audit.SYSTEM):
            world.others[name] = ModelVersion.objects.create(
                vocabulary=of, number=1, about={"precision": 0.98}, fingerprint="0" * 64, examples=20,
                trained_at=timezone.now(),
            )  # fmt: skip
    with audit.change("tags.applied", by=audit.SYSTEM):
        RecommendationTag.objects.create(
            recommendation=world.items["bare"], tag=label, origin=TagOrigin.AUTOMATIC,
            model_version=world.others["model"].pk,
        )  # fmt: skip
    world.others["label"] = label


def _accounts(world: World) -> None:
    invitation, token = invite(
        person=Person("qinvited@example.org", "Qinvitedname", "", "en"),
        institution=world.institutions["lead"],
        role=Role.FOCAL_POINT,
        by=world.reader("administrator"),
    )
    focal = world.users["focal"]
    world.others |= {
        "invitation": invitation,
        "token": token,
        "membership": Membership.objects.get(user=focal),
        "saved search": save_search(
            name="Qsavedname",
            scope=Scope.CONTRIBUTIONS,
            state="q=qsavedwords",
            alerts=True,
            by=world.reader("focal"),
        ),
        "notification": Notification.objects.filter(recipient=focal).order_by("pk").first(),
        "unknown-mail": _unknown_mail(),
    }


def _unknown_mail() -> OutboxMail:
    """Leave the first mail as a worker does that was killed while it sent."""
    mail = OutboxMail.objects.earliest("pk")
    OutboxMail.objects.filter(pk=mail.pk).update(state=MailState.UNKNOWN)
    return mail


def _groups(world: World) -> None:
    """A confirmed group, and a proposed one that is the delegation's alone."""
    items = [factories.make_recommendation(texts={"en": f"Ask for one thing {n}"}) for n in range(5)]
    world.others["group"] = factories.make_group(
        world.items["accepted"], world.items["bare"], items[0], names={"en": "Named group"}
    )
    world.others["other group"] = factories.make_group(items[1], items[4], names={"en": "Another group"})
    world.others["proposed group"] = factories.make_group(
        items[2], items[3], state=GroupState.PROPOSED, names={"en": "Proposed qgroupproposal"}
    )


def _programmes(world: World) -> None:
    """A draft, one before the national institution, and one adopted with reports on its measures."""
    lead, support = world.institutions["lead"], world.institutions["support"]
    coordinator, focal = world.reader("coordinator"), world.reader("focal")
    draft, consulted, adopted = (making.make_version(f"Plan {n}") for n in range(3))
    axis = save_node(version=draft, facts=NodeFacts("2", {"en": "Axis qaxisalone"}), by=coordinator)
    empty = save_node(version=draft, facts=NodeFacts("3", {"en": "Axis without measures"}), by=coordinator)
    drafted = making.make_measure(
        draft,
        lead=lead,
        supporting=(support,),
        title="Plan qdraftedled for all",
        legislation=(LawFacts("law", {"en": "Bill qlawdrafted on courts"}),),
    )
    alone = making.make_measure(draft, node=axis, title="Plan qdraftedalone for all")
    asked = making.make_measure(consulted, title="Plan qconsulted for all")
    making.consult(consulted, Audience.NHRI)
    comment, answered = (
        comment_on(measure=asked, text=f"We say {word}", language="en", by=world.reader("nhri"))
        for word in ("qcommentwaiting", "qcommentanswered")
    )
    answer_comment(comment=answered, text="Because qanswer", language="en", by=coordinator)
    involved: dict[str, Any] = {"lead": lead, "supporting": (support,), "answers": (world.items["bare"],)}
    force, reported, done = (
        making.make_measure(adopted, title=f"Carry out qinforce number {n}", **involved) for n in range(3)
    )
    making.adopted(adopted)
    waiting, approved = (
        report_on_measure(
            measure=measure,
            content=ReportContent(
                Progress.UNDER_WAY, f"Done {word}", "en", files=(FileFacts("Proof", "a.txt", b"Words"),)
            ),
            by=focal,
        )
        for measure, word in ((reported, "qreportwaiting"), (done, "qreportapproved"))
    )
    act_on_report(report=approved, action="approve", by=world.reader("validator"))
    _files(world, draft)
    _document(world, draft)
    public = making.make_version("Plan 4")
    world.others["public-inside"] = making.make_measure(
        public, title="Carry out qpublicplan for all", lead=lead, risks="The risk qrisk"
    )
    making.adopted(public)
    public.refresh_from_db()
    _followed(world, public)
    publish_programme(version=public, by=coordinator)
    _asked_of_everybody(world, lead)
    world.others["plan-public"] = public
    world.others |= {"plan-draft": draft, "plan-consulted": consulted, "plan-adopted": adopted}
    world.others |= {"proof-waiting": waiting.files.get(), "proof-approved": approved.files.get()}
    world.others |= {"plan-axis": empty, "drafted": drafted, "drafted-alone": alone}
    world.others |= {"consulted": asked, "comment": comment}
    world.others |= {"in-force": force, "reported": reported, "measure-report": waiting}


def _asked_of_everybody(world: World, lead: Institution) -> None:
    """A draft before the public with what somebody wrote on it; one that is over, with an answer."""
    coordinator = world.reader("coordinator")
    now, over = making.make_version("Plan 5"), making.make_version("Plan 6")
    for version, word in ((now, "qaskednow"), (over, "qaskedbefore")):
        making.make_measure(version, title=f"Draft {word} for all", lead=lead, risks="The risk qaskedrisk")
        making.consult(version, Audience.PUBLIC)
    consultation, ended = now.consultations.get(), over.consultations.get()
    waiting, refused = (
        comment_from_the_public(
            consultation_id=consultation.pk,
            code="1.1",
            said=PublicWords(f"I say {word}", "en", "Somebody qauthorhidden", "qcontact@example.org"),
        )
        for word in ("qpublicwaiting", "qpublicrefused")
    )
    decide_on_comment(
        comment=refused, accept=False, ground="insult", reason="It says qground", by=coordinator
    )
    said = comment_from_the_public(
        consultation_id=ended.pk,
        code="1.1",
        said=PublicWords("I say qpublicsaid", "en", "Somebody qauthorshown", "qcontact@example.org"),
    )
    decide_on_comment(comment=said, accept=True, by=coordinator)
    answer_comment(comment=said, text="Because qpublicanswer", language="en", by=coordinator)
    close_consultation(version=over, by=coordinator)
    world.others |= {"plan-asked": now, "asked": consultation, "asked-before": ended}
    world.others |= {"public-comment": waiting, "asked-measure": now.measures.get()}


def _followed(world: World, version: Version) -> None:
    """An indicator of a public measure: its totals are public, its breakdowns and reasons are not."""
    measure = version.measures.get()
    row = measuring.make_indicator(
        world.institutions["lead"], code="IND-9", names={"en": "Count qtrendname"}, measures=(measure.key,)
    )
    measuring.record(row, "2022", "4", source="Survey qtrendsource")
    measuring.record(row, "2022", "1", breakdown={"sex": "F"}, source="Survey qtrendpart")
    measuring.record(
        row, "2023", None, state="missing", missing="not_yet", quality="", reason="As qtrendreason says"
    )


def _indicators(world: World) -> None:
    """One in use with a value, a break and a request to the supporting institution; one in preparation."""
    lead, support = world.institutions["lead"], world.institutions["support"]
    row = measuring.make_indicator(lead, code="IND-1", names={"en": "Count qindicatorused of all"})
    draft = measuring.make_indicator(
        lead, code="IND-2", names={"en": "Count qindicatordraft of all"}, in_use=False
    )
    measuring.record(
        row, "2023", None, state="missing", missing="not_yet", quality="", reason="As qvaluereason says"
    )
    mark = mark_break(
        indicator=row, period="2021", explanation="Since qbreak", language="en", by=world.reader("focal")
    )
    asked = Asked(institution=support, periods=["2024"], due_on=date(2099, 1, 1), note="For qasknote")
    request = ask_for_values(indicator=row, asked=asked, by=world.reader("coordinator"))
    world.others |= {"indicator": row, "indicator-draft": draft, "indicator-break": mark}
    world.others |= {"value-request": request, "indicator-value": row.values.get()}


def _files(world: World, draft: Version) -> None:
    """A plan read for the draft, and one whose columns are to be named, for another draft."""
    coordinator = world.reader("coordinator")
    codes, row = ["axes.code", "axes.names_en"], ["3", "Axis qplanfile"]
    tables = [{"name": "Axes", "rows": [codes, ["Number", "Name"], row]}]
    foreign = [{"name": "Sheet", "rows": [["Measure", "Lead"], ["Something qplanforeign", "Nobody"]]}]
    files = (("plan-file", draft, tables), ("foreign-file", making.make_version("Plan 3"), foreign))
    for name, version, read in files:
        world.others[name] = keep_file(
            version=version,
            tables=read,
            file_name=f"q{name.replace('-', '')}.xlsx",
            sha256="0" * 64,
            by=coordinator,
        )


def _document(world: World, draft: Version) -> None:
    """The draft as PDF, made by a job for the coordinator."""
    document = ask_for_document(version=draft, form="pdf", language="en", by=world.reader("coordinator"))
    make_document(document.pk)
    document.refresh_from_db()
    world.others["made-document"] = document


def stored(name: str) -> bytes:
    """Return a stored file."""
    with default_storage.open(name) as file:
        return bytes(file.read())


def act_inside(world: World) -> None:
    """Let the lead institution write, attach, submit and return: DOMAIN §9 hides all of it from others."""
    focal, validator = world.reader("focal"), world.reader("validator")
    row = start_contribution(
        recommendation=world.items["accepted"],
        institution=world.institutions["lead"],
        content=Content(language="en", measures_taken="Another draft", proposed_status="in_progress"),
        by=focal,
    )
    attach_evidence(
        contribution=row,
        title="Another file",
        file_name="file.txt",
        data=b"More words",
        mark=EvidenceMark.PUBLIC,
        by=focal,
    )
    add_reference(contribution=row, cited=Cited(ReferenceKind.LAW, "Another law", number="8-26"), by=focal)
    write_message(
        item=world.items["accepted"],
        circle=Circle.INSIDE,
        institution=world.institutions["lead"],
        text="Look at this, @Name of validator",
        by=focal,
    )
    keep_typed_on(row, fields={"measures_taken": "Half of another sentence"}, seen=1, by=focal)
    act_on_contribution(contribution=world.contributions["draft"], action="submit", by=focal)
    act_on_contribution(
        contribution=world.contributions["with_validator"], action="return", by=validator, reason="Not yet"
    )
    reply = world.others["reply-draft"]
    question = reply.questionnaire.questions.first()
    reply = save_answers(
        reply=reply, given={question.pk: Given(text="Other words")}, seen_version=reply.version, by=focal
    )
    act_on_reply(reply=reply, action="submit", by=focal)
    act_on_reply(reply=world.others["reply-with_validator"], action="return", by=validator, reason="Not yet")
