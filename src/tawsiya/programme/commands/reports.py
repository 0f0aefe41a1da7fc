"""Report on a measure: its lead institution writes, a validator of the institution approves."""

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.choices import Role
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.queries import above, people_with
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.core.proofs import check
from tawsiya.notifications.commands import notify
from tawsiya.programme.choices import BudgetKind, Progress, ReportState
from tawsiya.programme.models import (
    Legislation,
    Measure,
    MeasureReport,
    Milestone,
    ReportAmount,
    ReportFile,
    ReportStage,
)
from tawsiya.programme.permissions import may_act_on_report, may_report
from tawsiya.programme.queries import answering
from tawsiya.programme.workflow import REPORT, find


@dataclass(frozen=True)
class AmountFacts:
    """What is committed or spent for a year from a source, in all so far; `currency` by ISO 4217."""

    year: int
    kind: str
    amount: Decimal
    currency: str
    source: str


@dataclass(frozen=True)
class StageFacts:
    """How far a text of law of the measure is, since when, with its number where it has one."""

    legislation: Legislation
    stage: str
    since: date
    number: str = ""


@dataclass(frozen=True)
class FileFacts:
    """A file that proves what is reported."""

    title: str
    file_name: str
    data: bytes


@dataclass(frozen=True)
class ReportContent:
    """What is reported; a milestone that was reached comes with its day and a proof, in words or a file."""

    progress: Progress
    text: str
    language: str
    milestone: Milestone | None = None
    reached_on: date | None = None
    proof: str = ""
    amounts: tuple[AmountFacts, ...] = ()
    stages: tuple[StageFacts, ...] = ()
    files: tuple[FileFacts, ...] = ()


def report_on_measure(*, measure: Measure, content: ReportContent, by: Reader) -> MeasureReport:
    """Write a report on a measure in force; its institution's validator is asked to approve it.

    Raises:
        PermissionRefused: `by` does not write for the lead institution, or the version is not in force.
        RuleViolated: nothing is said, a report awaits the validator already, a milestone without day or
            proof, of another measure, reached before, or in the future; an amount or text of law named twice;
            a file that is empty, too large, or of a kind that is not accepted.
    """
    with transaction.atomic():
        measure = (
            Measure.objects.select_for_update(of=("self",))
            .select_related("version__programme")
            .get(pk=measure.pk)
        )
        lead = answering(measure)
        actor = acting(by, may_report(by, measure.version, lead.pk if lead else None))
        assert lead is not None  # the permission has looked
        _check(measure, content)
        proofs = [(file, check(file.data)) for file in content.files]
        with audit.change(
            "measure.reported", by=actor, institution_id=lead.pk, state=ReportState.WITH_VALIDATOR
        ) as event:
            report = MeasureReport.objects.create(
                measure=measure,
                institution=lead,
                progress=content.progress,
                text=content.text.strip(),
                language=content.language,
                milestone=content.milestone,
                reached_on=content.reached_on,
                proof=_proof(content),
                written_by_id=actor.user_id,
                written_at=clock.now(),
            )
            _add_lines(report, content, proofs)
            event.subject = report
            event.after = {"measure": measure.titles, "progress": content.progress.value}
        _tell("measure.reported", report, (Role.VALIDATOR,), actor.user_id)
    return report


def _proof(content: ReportContent) -> str:
    """Return the proof of a milestone in words; the titles of the files where nothing is written."""
    if content.proof.strip() or content.milestone is None:
        return content.proof.strip()
    return ", ".join(file.title for file in content.files)


def _add_lines(report: MeasureReport, content: ReportContent, proofs: list[tuple[FileFacts, str]]) -> None:
    ReportAmount.objects.bulk_create(ReportAmount(report=report, **vars(row)) for row in content.amounts)
    ReportStage.objects.bulk_create(ReportStage(report=report, **vars(row)) for row in content.stages)
    for file, media_type in proofs:
        ReportFile.objects.create(
            report=report,
            title=file.title.strip() or file.file_name,
            file_name=file.file_name[-200:],
            stored_as=default_storage.save(f"evidence/{uuid4().hex}", ContentFile(file.data)),
            media_type=media_type,
            size=len(file.data),
            sha256=hashlib.sha256(file.data).hexdigest(),
        )


def _check_lines(measure: Measure, content: ReportContent) -> None:
    places = [(row.year, row.kind, row.currency, row.source) for row in content.amounts]
    if len(set(places)) < len(places):
        raise RuleViolated(_("Two lines name the same year, kind and source."))
    if any(row.kind not in (BudgetKind.COMMITTED, BudgetKind.SPENT) for row in content.amounts):
        raise RuleViolated(_("What is planned stands in the plan; report what is committed or spent."))
    laws = [row.legislation for row in content.stages]
    if any(law.measure_id != measure.pk for law in laws) or len(set(laws)) < len(laws):
        raise RuleViolated(_("This text belongs to another measure, or is named twice."))
    if any(row.since > clock.now().date() for row in content.stages):
        raise RuleViolated(_("A text cannot reach a stage on a day to come."))


def _check(measure: Measure, content: ReportContent) -> None:
    if not content.text.strip():
        raise RuleViolated(_("Say what was done."))
    if measure.reports.filter(state=ReportState.WITH_VALIDATOR).exists():
        raise RuleViolated(_("A report on this measure awaits your validator already."))
    _check_lines(measure, content)
    if content.milestone is None:
        if content.reached_on or content.proof.strip():
            raise RuleViolated(_("Choose the milestone that was reached."))
        return
    if content.milestone.measure_id != measure.pk:
        raise RuleViolated(_("This milestone belongs to another measure."))
    if content.milestone.reached_on:
        raise RuleViolated(_("This milestone was reached before."))
    if not content.reached_on or not (content.proof.strip() or content.files):
        raise RuleViolated(_("Give the day on which the milestone was reached, and its proof."))
    if content.reached_on > clock.now().date():
        raise RuleViolated(_("A milestone cannot be reached on a day to come."))


def act_on_report(*, report: MeasureReport, action: str, by: Reader, reason: str = "") -> MeasureReport:
    """Approve or return a report; approving brings the measure and its milestone to what it says.

    Raises:
        PermissionRefused: `by` is no validator of the institution, wrote the report, or it was decided.
        RuleViolated: it is returned without a reason, or its milestone was reached meanwhile.
    """
    with transaction.atomic():
        report = (
            MeasureReport.objects.select_for_update(of=("self",))
            .select_related("measure__version__programme", "milestone")
            .get(pk=report.pk)
        )
        actor = acting(by, may_act_on_report(by, report, action))
        step = find(REPORT, report.state, action)
        assert step is not None  # the permission has looked
        if step.needs_reason and not reason.strip():
            raise RuleViolated(_("Give the reason."))
        codes = {"approved": "measure.report_approved", "returned": "measure.report_returned"}
        with audit.change(
            codes[step.target],
            by=actor,
            subject=report,
            institution_id=report.institution_id,
            state=step.target,
        ) as event:
            report.state, report.reason = step.target, reason.strip()
            report.decided_by_id, report.decided_at = actor.user_id, clock.now()
            report.save()
            event.reason, event.after = report.reason, {"measure": report.measure.titles}
            if step.target == ReportState.APPROVED:
                _carry_out(report)
        if step.target == ReportState.APPROVED:
            _tell("measure.report_approved", report, (Role.COORDINATOR,), actor.user_id)
        else:
            _tell("measure.report_returned", report, (Role.FOCAL_POINT,), actor.user_id)
    return report


def _carry_out(report: MeasureReport) -> None:
    measure = report.measure
    measure.progress = report.progress
    measure.row_version += 1
    measure.save(update_fields=["progress", "row_version"])
    if report.milestone is not None:
        if report.milestone.reached_on:
            raise RuleViolated(_("This milestone was reached before."))
        report.milestone.reached_on, report.milestone.proof = report.reached_on, report.proof
        report.milestone.save(update_fields=["reached_on", "proof"])


def _tell(code: str, report: MeasureReport, roles: tuple[Role, ...], but_not: int | None) -> None:
    inside = Role.COORDINATOR not in roles
    notify(
        code,
        people_with(roles, institution_ids=above(report.institution_id) if inside else None),
        params={"programme": report.measure.version.programme.names, "code": report.measure.code},
        url_name="programme:measure",
        url_args=[report.measure_id],
        but_not=but_not,
    )
