"""Take a version from draft to consultation and adoption, and begin its successor."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.choices import InstitutionKind, Role
from tawsiya.accounts.models import Institution, User
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.queries import people_with
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.notifications.commands import notify
from tawsiya.programme import public
from tawsiya.programme.choices import Audience, VersionState
from tawsiya.programme.commands.programmes import locked
from tawsiya.programme.commands.succession import follow_successors
from tawsiya.programme.models import (
    BudgetLine,
    Consultation,
    Legislation,
    Measure,
    MeasureAnswer,
    MeasureInstitution,
    MeasureWait,
    Milestone,
    Node,
    Version,
)
from tawsiya.programme.permissions import may_act_on_version

M = TypeVar("M", bound=models.Model)
_INSIDE = (Role.FOCAL_POINT, Role.VALIDATOR)


def open_consultation(
    *, version: Version, audiences: list[Audience], opens_at: datetime, closes_at: datetime, by: Reader
) -> Consultation:
    """Lay a draft before audiences for a time; those whom it concerns are told.

    Raises:
        PermissionRefused: `by` is no coordinator, or the version is no draft.
        RuleViolated: no audience, an end before the beginning or in the past, or a version without measures.
    """
    with transaction.atomic():
        version = locked(version)
        actor = acting(by, may_act_on_version(by, version, "open"))
        if not audiences:
            raise RuleViolated(_("Choose who is consulted."))
        if closes_at <= opens_at or closes_at <= clock.now():
            raise RuleViolated(_("The consultation closes after it opens, and not in the past."))
        if not version.measures.exists():
            raise RuleViolated(_("There is no measure yet on which anybody could be consulted."))
        with audit.change("programme.consultation_opened", by=actor, subject=version) as event:
            version.state = event.state = VersionState.IN_CONSULTATION
            version.save(update_fields=["state"])
            consultation = Consultation.objects.create(
                version=version,
                audiences=sorted({audience.value for audience in audiences}),
                opens_at=opens_at,
                closes_at=closes_at,
            )
            event.after = {
                "audiences": consultation.audiences,
                "opens_at": opens_at.isoformat(),
                "closes_at": closes_at.isoformat(),
            }
        public.tell(consultation, by)
        notify(
            "programme.consultation_opened",
            people_consulted(audiences),
            params={"programme": version.programme.names},
            url_name="programme:version",
            url_args=[version.pk],
            but_not=actor.user_id,
        )
    return consultation


def people_consulted(audiences: list[Audience]) -> models.QuerySet[User]:
    """Return the people of the audiences of a consultation."""
    parliament = Institution.objects.filter(kind=InstitutionKind.PARLIAMENT).values_list("pk", flat=True)
    others = Institution.objects.exclude(kind=InstitutionKind.PARLIAMENT).values_list("pk", flat=True)
    ids: set[int] = set()
    for audience in audiences:
        if audience == Audience.SECTORS:
            found = people_with(_INSIDE, institution_ids=others)
        elif audience == Audience.PARLIAMENT:
            found = people_with(_INSIDE, institution_ids=parliament)
        elif audience == Audience.PUBLIC:
            continue
        else:
            found = people_with([Role.NHRI if audience == Audience.NHRI else Role.CIVIL_SOCIETY])
        ids |= set(found.values_list("pk", flat=True))
    return User.objects.filter(pk__in=ids).order_by("pk")


def close_consultation(*, version: Version, by: Reader) -> Version:
    """End a consultation: the version is a draft again, for what was said to be worked in.

    Raises:
        PermissionRefused: `by` is no coordinator, or the version is not in consultation.
    """
    with transaction.atomic():
        version = locked(version)
        actor = acting(by, may_act_on_version(by, version, "close"))
        with audit.change("programme.consultation_closed", by=actor, subject=version) as event:
            ended = _end_consultation(version)
            version.state = event.state = VersionState.DRAFT
            version.save(update_fields=["state"])
        for consultation in ended:
            public.tell(consultation, by)
    return version


def _end_consultation(version: Version) -> list[Consultation]:
    """End the consultation on a version, if there is one, and return it."""
    found = list(Consultation.objects.select_for_update().filter(version=version, ended_at__isnull=True))
    for consultation in found:
        consultation.ended_at = clock.now()
        consultation.save(update_fields=["ended_at"])
    return found


def adopt(*, version: Version, act_number: str, act_date: date, by: Reader) -> Version:
    """Adopt a version by its act: it is frozen, and the one in force before it is replaced.

    Raises:
        PermissionRefused: `by` is no coordinator, or the version was adopted before.
        RuleViolated: no number, a date in the future, or a version without measures.
    """
    with transaction.atomic():
        version = locked(version)
        actor = acting(by, may_act_on_version(by, version, "adopt"))
        if not act_number.strip():
            raise RuleViolated(_("Give the number of the act of adoption."))
        if act_date > clock.now().date():
            raise RuleViolated(_("The act of adoption cannot be of a day to come."))
        if not version.measures.exists():
            raise RuleViolated(_("A programme without measures cannot be adopted."))
        former = Version.objects.select_for_update().filter(
            programme=version.programme, state=VersionState.ADOPTED
        )
        for row in former:
            with audit.change("programme.superseded", by=actor, subject=row, state="revised"):
                row.state = VersionState.REVISED
                row.save(update_fields=["state"])
        with audit.change("programme.adopted", by=actor, subject=version, state="adopted") as event:
            ended = _end_consultation(version)
            version.state = VersionState.ADOPTED
            version.act_number, version.act_date = act_number.strip(), act_date
            version.adopted_at, version.adopted_by_id = clock.now(), actor.user_id
            version.save()
            event.after = {"act": version.act_number, "act_date": act_date.isoformat()}
        for consultation in ended:
            public.tell(consultation, by)
    return version


def begin_revision(*, version: Version, by: Reader) -> Version:
    """Begin the next version as a copy of the adopted one; the adopted one stays in force.

    Raises:
        PermissionRefused: `by` is not of the delegation, or the version is not the adopted one.
        RuleViolated: the next version is being written already.
    """
    with transaction.atomic():
        version = locked(version)
        actor = acting(by, may_act_on_version(by, version, "revise"))
        open_states = (VersionState.DRAFT, VersionState.IN_CONSULTATION)
        if Version.objects.filter(programme=version.programme, state__in=open_states).exists():
            raise RuleViolated(_("The next version of this programme is being written already."))
        last = Version.objects.filter(programme=version.programme).aggregate(last=models.Max("number"))[
            "last"
        ]
        with audit.change("programme.revision_begun", by=actor, state="draft") as event:
            successor = Version.objects.create(
                programme=version.programme,
                number=last + 1,
                based_on=version,
                starts_on=version.starts_on,
                ends_on=version.ends_on,
                created_by_id=actor.user_id,
                created_at=clock.now(),
            )
            _copy_content(version, successor)
            follow_successors(successor)
            event.subject, event.after = successor, {"number": version.number}
    return successor


def _copied(row: M, **changes: Any) -> M:
    """Return an unsaved copy of a row with some values changed."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    return type(row)(**values | changes)


def _copy_content(source: Version, target: Version) -> None:
    """Copy axes, measures and all that belongs to them; keys stay, so that versions can be compared."""
    nodes: dict[int, Node] = {}
    waiting = list(Node.objects.filter(version=source).order_by("sort_key", "pk"))
    while waiting:
        # A parent may sort after its branch: take whatever has its parent already.
        ready = [node for node in waiting if node.parent_id is None or node.parent_id in nodes]
        for node in ready:
            parent = nodes[node.parent_id].pk if node.parent_id else None
            copy = _copied(node, version_id=target.pk, parent_id=parent)
            copy.save()
            nodes[node.pk] = copy
        waiting = [node for node in waiting if node.pk not in nodes]
    measures: dict[int, int] = {}
    for measure in Measure.objects.filter(version=source):
        row = _copied(measure, version_id=target.pk, node_id=nodes[measure.node_id].pk, row_version=1)
        row.save()
        measures[measure.pk] = row.pk
    parts: tuple[type[models.Model], ...] = (
        MeasureInstitution,
        MeasureAnswer,
        Milestone,
        BudgetLine,
        Legislation,
    )
    for model in parts:
        manager: models.Manager[Any] = model._default_manager
        rows = manager.filter(measure__version=source)
        manager.bulk_create([_copied(row, measure_id=measures[row.measure_id]) for row in rows])
    waits = MeasureWait.objects.filter(measure__version=source)
    MeasureWait.objects.bulk_create(
        MeasureWait(measure_id=measures[row.measure_id], waits_for_id=measures[row.waits_for_id])
        for row in waits
    )
