"""Read publications: inside, to publish; and for the public, inside `as_public` only."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import BooleanField, Count, Exists, Max, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import ExpressionWrapper

from tawsiya.accounts.reader import Reader
from tawsiya.core.db import PORTAL, as_role
from tawsiya.core.labels import Label
from tawsiya.followup.choices import ContributionState
from tawsiya.followup.queries import assessments_for, contributions_for
from tawsiya.portal.choices import Part, Selection
from tawsiya.portal.composing import Offer, public_parts
from tawsiya.portal.models import (
    ConsultationSnapshot,
    ProgrammeSnapshot,
    PublicationAct,
    PublishedAct,
    PublishedConsultation,
    PublishedFile,
    PublishedItem,
    PublishedProgramme,
    PublishedRule,
    PublishedVoice,
    Snapshot,
)
from tawsiya.recommendations.queries import recommendations_for

# Inside: what was published, and what could be.


def latest_of(recommendation_id: int) -> Snapshot | None:
    """Return the last act of publication on a recommendation: what holds, or its withdrawal."""
    return Snapshot.objects.filter(recommendation_id=recommendation_id).order_by("-version").first()


def latest_of_programme(key: str) -> ProgrammeSnapshot | None:
    """Return the last act of publication on a programme, None where there was none."""
    return ProgrammeSnapshot.objects.filter(key=key).order_by("-publication").first()


def latest_of_consultation(consultation_id: int) -> ConsultationSnapshot | None:
    """Return what the public pages last said of a consultation, None where the public is not asked."""
    rows = ConsultationSnapshot.objects.filter(consultation_id=consultation_id)
    return rows.order_by("-publication").first()


def selection_of(snapshot: Snapshot, offered: Offer) -> Selection:
    """Return what a snapshot published, as far as it can still be chosen."""
    content = snapshot.content
    if not content:
        return Selection()
    status = bool(content["status"]) and offered.assessment is not None
    possible = {row.pk: frozenset(public_parts(row)) for row in offered.contributions}
    files = {file.pk for file in offered.evidence}
    lead = offered.lead is not None
    return Selection(
        status=status,
        justification=status and bool(content["status"]["justification"]),
        lead=lead and bool(content["lead"]),
        deadline=bool(offered.lead and offered.lead.deadline and content["deadline"]),
        contributions={
            row["id"]: frozenset(Part(part["part"]) for part in row["parts"]) & possible[row["id"]]
            for row in content["contributions"]
            if row["id"] in possible
        },
        evidence=frozenset(row["id"] for row in content["evidence"]) & files,
        # Snapshots of before references could be cited have none.
        references=frozenset(row["id"] for row in content.get("references", ()))
        & {row.pk for row in offered.references},
    )


def publications_for(reader: Reader) -> QuerySet[Any, Any]:
    """Return the recommendations ever published, each with its last act of publication.

    Annotations: `publication` (the version), `act`, `published_at`, and `has_news` where the status
    or a validated contribution that the reader sees is newer than what is public.
    """
    acts = Snapshot.objects.filter(recommendation_id=OuterRef("pk")).order_by("-version")
    newer = contributions_for(reader).filter(
        recommendation=OuterRef("pk"),
        state=ContributionState.VALIDATED,
        changed_at__gt=OuterRef("published_at"),
    )
    assessed = assessments_for(reader).filter(
        recommendation=OuterRef("pk"), decided_at__gt=OuterRef("published_at")
    )
    return (
        recommendations_for(reader)
        .annotate(
            publication=Subquery(acts.values("version")[:1]),
            act=Subquery(acts.values("act")[:1]),
            published_at=Subquery(acts.values("published_at")[:1]),
            public_status=Subquery(acts.values("status")[:1]),
        )
        .filter(publication__isnull=False)
        .annotate(
            has_news=ExpressionWrapper(
                Q(act=PublicationAct.PUBLISH) & (Exists(assessed) | Exists(newer)),
                output_field=BooleanField(),
            )
        )
        .select_related("document__body")
        .order_by("-published_at", "pk")
    )


# For the public.


def as_public() -> AbstractContextManager[None]:
    """Read with the rights of the portal's role: the views of what is public now, and nothing else.

    Raises:
        RoleUnavailable: the database has no such role.
    """
    return as_role(PORTAL)


def data_version() -> str:
    """Return what changes whenever a publication or a withdrawal becomes visible.

    A row is only ever replaced by one of a higher id. Their number tells two states apart where the last
    is withdrawn, and where a lower id commits after a higher one.
    """
    tables: tuple[type[Model], ...] = (
        PublishedItem,
        PublishedRule,
        PublishedVoice,
        PublishedProgramme,
        PublishedConsultation,
    )
    rows = [table._default_manager.aggregate(last=Max("pk"), number=Count("pk")) for table in tables]
    return "-".join(f"{row['last'] or 0}-{row['number']}" for row in rows)


def consultations_begun() -> QuerySet[PublishedConsultation]:
    """Return the consultations of the public whose opening has come, each as it was last published."""
    return PublishedConsultation.objects.all()


def consultations_open() -> QuerySet[PublishedConsultation]:
    """Return the consultations of the public that are open now, by the clock of the database."""
    return PublishedConsultation.objects.filter(is_open=True)


def current_programmes() -> QuerySet[PublishedProgramme]:
    """Return the programmes that are public."""
    return PublishedProgramme.objects.all()


def programmes_answering(recommendation_id: int) -> QuerySet[PublishedProgramme]:
    """Return the public programmes of which a measure answers a recommendation."""
    return current_programmes().filter(items__contains=[recommendation_id])


def current_snapshots() -> QuerySet[PublishedItem]:
    """Return the recommendations that are public."""
    return PublishedItem.objects.all()


def rules_published() -> list[PublishedRule]:
    """Return the published versions of the rule of assessment, the last to take force first."""
    return list(PublishedRule.objects.order_by("-in_force_from", "-number"))


def voices_published(recommendation_id: int) -> list[PublishedVoice]:
    """Return what others say of a recommendation and is public now, the newest first."""
    rows = PublishedVoice.objects.filter(recommendation_id=recommendation_id)
    return list(rows.order_by("kind", "-published_at", "-pk"))


def voices_of_published() -> QuerySet[PublishedVoice]:
    """Return what others say of the recommendations that are public, the newest first."""
    return PublishedVoice.objects.order_by("-published_at", "-pk")


def acts_on(recommendation_id: int) -> list[PublishedAct]:
    """Return the acts of publication on a recommendation that is public, the last first."""
    return list(PublishedAct.objects.filter(recommendation_id=recommendation_id).order_by("-version"))


def files_of(snapshot: PublishedItem) -> list[PublishedFile]:
    """Return the files published with a snapshot."""
    return list(snapshot.files.order_by("pk"))


def public_file(pk: int) -> PublishedFile | None:
    """Return a file that is public now."""
    return PublishedFile.objects.filter(pk=pk).first()


@dataclass(frozen=True)
class Digest:
    """What is known of a state of the data as a whole.

    labels: facet → value → its label, as last published.
    total, parts: how many recommendations as issued, and how many lettered parts.
    by_body, by_mechanism, by_status, by_position: how many recommendations as issued.
    """

    labels: Mapping[str, Mapping[str, Label]]
    total: int
    parts: int
    by_body: Mapping[str, int]
    by_mechanism: Mapping[str, int]
    by_status: Mapping[str, int]
    by_position: Mapping[str, int]


@lru_cache(maxsize=2)
def digest_of(version: str) -> Digest:
    """Return the digest of a `data_version`; data of one version never change."""
    labels: dict[str, dict[str, Label]] = {
        name: {} for name in ("body", "themes", "persons", "sdgs", "states", "lead")
    }
    kinds = ("themes", "persons", "sdgs")
    labelled = ("body", "lead", "recommending_states", *kinds)
    rows = current_snapshots().order_by("pk").values_list(*(f"content__{name}" for name in labelled))
    for body, lead, recommending, *tags in rows.iterator(chunk_size=500):
        labels["body"][body["code"]] = body["names"]
        if lead:
            labels["lead"][lead["key"]] = lead["names"]
        for state in recommending:
            labels["states"][state["code"] or state["names"]["en"]] = state["names"]
        for kind, found in zip(kinds, tags, strict=True):
            labels[kind].update((tag["code"], tag["names"]) for tag in found)
    issued = current_snapshots().filter(is_part=False)
    return Digest(
        labels=labels,
        total=issued.count(),
        parts=current_snapshots().filter(is_part=True).count(),
        by_body=_counts(issued, "body"),
        by_mechanism=_counts(issued, "mechanism"),
        by_status=_counts(issued, "status"),
        by_position=_counts(issued, "position"),
    )


def _counts(rows: QuerySet[PublishedItem], field: str) -> dict[str, int]:
    counted: QuerySet[PublishedItem, Any] = rows.order_by(field).values_list(field).annotate(Count("pk"))
    return dict(counted)
