"""Read programmes: always through `visibility`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from tawsiya.accounts.choices import InstitutionKind
from tawsiya.accounts.models import Institution
from tawsiya.accounts.queries import in_charge
from tawsiya.accounts.reader import Reader
from tawsiya.core.labels import Label
from tawsiya.mechanisms.reference.profile import Axis, load_profile
from tawsiya.programme.choices import ReportState
from tawsiya.programme.models import (
    Comment,
    Consultation,
    Measure,
    MeasureInstitution,
    MeasureReport,
    MeasureWait,
    Node,
    PlanFile,
    Programme,
    ReportFile,
    Version,
)
from tawsiya.programme.visibility import (
    SETTLED,
    comments_visible_to,
    measures_visible_to,
    reports_visible_to,
    sees_whole,
    versions_visible_to,
)
from tawsiya.recommendations.choices import AccessLevel
from tawsiya.recommendations.models import Recommendation


def versions_for(reader: Reader) -> QuerySet[Version]:
    """Return the versions of which a reader sees anything, the newest of each programme first."""
    return Version.objects.filter(versions_visible_to(reader)).select_related("programme")


def version_or_404(reader: Reader, pk: int) -> Version:
    """Return a version of which the reader sees anything.

    Raises:
        Http404: there is none, or it is not the reader's to see.
    """
    version = versions_for(reader).filter(pk=pk).first()
    if version is None:
        raise Http404
    return version


def programmes_for(reader: Reader) -> QuerySet[Programme]:
    """Return the programmes a reader sees, each with the versions the reader sees (`versions_seen`)."""
    seen = versions_for(reader)
    return Programme.objects.filter(pk__in=seen.order_by().values("programme_id")).prefetch_related(
        Prefetch("versions", seen.order_by("-number"), to_attr="versions_seen")
    )


def measures_for(reader: Reader) -> QuerySet[Measure]:
    """Return the measures a reader sees."""
    return Measure.objects.filter(measures_visible_to(reader)).select_related("version__programme", "node")


def with_everything(rows: QuerySet[Measure]) -> QuerySet[Measure]:
    """Fetch what a measure is made of, in a constant number of queries."""
    answers = Recommendation.objects.select_related("document").prefetch_related("texts")
    return rows.prefetch_related(
        Prefetch(
            "institutions", MeasureInstitution.objects.select_related("institution").order_by("level", "pk")
        ),
        Prefetch("answers__recommendation", answers),
        Prefetch(
            "waits",
            MeasureWait.objects.select_related("waits_for").order_by("waits_for__sort_key", "pk"),
        ),
        "milestones",
        "budget",
        "legislation",
    )


def with_institutions(rows: QuerySet[Measure]) -> QuerySet[Measure]:
    """Fetch the axis and the institutions of measures of one version, for a page that lists them."""
    involved = MeasureInstitution.objects.select_related("institution").order_by("level", "pk")
    return (
        rows.select_related(None).select_related("node").prefetch_related(Prefetch("institutions", involved))
    )


def axes_above(rows: Collection[Measure]) -> dict[int, list[Node]]:
    """Return the axes above each measure, by its id, the nearest first; one query."""
    nodes = {node.pk: node for node in Node.objects.filter(version__in={row.version_id for row in rows})}
    found: dict[int, list[Node]] = {}
    for row in rows:
        place: int | None = row.node_id
        above = found[row.pk] = []
        while place is not None:
            above.append(nodes[place])
            place = nodes[place].parent_id
    return found


def measure_or_404(reader: Reader, pk: int) -> Measure:
    """Return a measure that the reader sees, with everything.

    Raises:
        Http404: there is none, or it is not the reader's to see.
    """
    measure = with_everything(measures_for(reader)).filter(pk=pk).first()
    if measure is None:
        raise Http404
    return measure


def lead_of(measure: Measure) -> Institution | None:
    """Return the institution that leads a measure (from `with_everything`)."""
    return next(
        (row.institution for row in measure.institutions.all() if row.level == AccessLevel.LEAD), None
    )


def answering(measure: Measure) -> Institution | None:
    """Return the institution that answers for a measure today: its lead, or who succeeded it since."""
    row = MeasureInstitution.objects.filter(measure=measure, level=AccessLevel.LEAD)
    part = row.select_related("institution").first()
    return in_charge(part.institution) if part else None


def supporting(measure: Measure) -> list[Institution]:
    """Return the institutions that support a measure (from `with_everything`)."""
    return [row.institution for row in measure.institutions.all() if row.level == AccessLevel.SUPPORT]


@dataclass(frozen=True)
class Branch:
    """A node of the tree with its depth (0 for the highest) and the measures that stand under it."""

    node: Node
    depth: int
    measures: Sequence[Measure]


def tree(reader: Reader, version: Version, measures: Iterable[Measure], *, narrowed: bool) -> list[Branch]:
    """Return the tree of a version from top to bottom, depth first.

    Branches without a measure are left out where the reader sees single measures only, and where a
    filter narrows the list.

    Args:
        measures: those of the version to show; the reader sees them all.
        narrowed: a filter is in force.
    """
    under: dict[int, list[Measure]] = defaultdict(list)
    for measure in measures:
        under[measure.node_id].append(measure)
    children: dict[int | None, list[Node]] = defaultdict(list)
    for node in Node.objects.filter(version=version).order_by("sort_key", "pk"):
        children[node.parent_id].append(node)
    only_used = narrowed or not sees_whole(reader, version)

    def walk(parent: int | None, depth: int) -> list[Branch]:
        found: list[Branch] = []
        for node in children[parent]:
            below = walk(node.pk, depth + 1)
            if under[node.pk] or below or not only_used:
                found += [Branch(node, depth, under[node.pk]), *below]
        return found

    return walk(None, 0)


def reports_for(reader: Reader) -> QuerySet[MeasureReport]:
    """Return the reports on measures that a reader sees."""
    return MeasureReport.objects.filter(reports_visible_to(reader)).select_related(
        "institution", "milestone", "measure__version__programme"
    )


def report_files_for(reader: Reader) -> QuerySet[ReportFile]:
    """Return the files of the reports that a reader sees."""
    return ReportFile.objects.filter(report__in=reports_for(reader).order_by().values("pk"))


def measures_answering(reader: Reader, recommendation: Recommendation) -> list[Measure]:
    """Return the measures in force that answer a recommendation or one of its parts, as the reader sees them.

    Each has `last_report`, the latest approved report that the reader sees, or None. Measures of drafts
    and of replaced versions are left out.
    """
    ids = [recommendation.pk, recommendation.parent_id, *(part.pk for part in recommendation.parts.all())]
    rows = list(
        with_everything(measures_for(reader))
        .filter(version__state="adopted", answers__recommendation_id__in=[pk for pk in ids if pk])
        .distinct()
    )
    last = last_reports(reader, [row.key for row in rows])
    for row in rows:
        row.last_report = last.get(row.key)  # type: ignore[attr-defined]  # for the page
    return rows


def last_reports(reader: Reader, keys: Collection[UUID]) -> dict[UUID, MeasureReport]:
    """Return the latest approved report on each measure, by its key, as the reader sees them."""
    approved = reports_for(reader).filter(state=ReportState.APPROVED, measure__key__in=keys)
    return {report.measure.key: report for report in approved.order_by("decided_at", "pk")}


@dataclass(frozen=True)
class Outline:
    """Axes to begin a programme with, from the facts known of the State."""

    code: str
    names: Label
    axes: Sequence[Axis]


def outlines(state: str) -> list[Outline]:
    """Return the ready outlines of a State (alpha-3): the delegation's axes, and national programmes."""
    try:
        profile = load_profile(state)
    except KeyError:  # a State of training data is on no list
        return []
    found = [Outline(row.code, dict(row.names), row.axes) for row in profile.programmes]
    if profile.axes and profile.national_mechanism:
        found.insert(0, Outline("axes", dict(profile.national_mechanism.names), profile.axes))
    return found


def regions(state: str) -> list[tuple[str, Label]]:
    """Return the regions of a State (alpha-3) with their names; none where they are not known."""
    try:
        return [(row.code, dict(row.names)) for row in load_profile(state).regions]
    except KeyError:
        return []


def draft_versions(reader: Reader) -> QuerySet[Version]:
    """Return the versions that are being written, for who sees them."""
    return versions_for(reader).filter(state="draft")


def is_settled(version: Version) -> bool:
    """Tell whether a version was adopted, be it replaced since."""
    return version.state in SETTLED


def consultation_of(version: Version) -> Consultation | None:
    """Return the consultation on a version that has not ended, None where there is none."""
    return version.consultations.filter(ended_at__isnull=True).first()


def parliaments() -> frozenset[int]:
    """Return the ids of the institutions that are parliament's chambers."""
    rows = Institution.objects.filter(kind=InstitutionKind.PARLIAMENT)
    return frozenset(rows.values_list("pk", flat=True))


def comments_for(reader: Reader) -> QuerySet[Comment]:
    """Return the comments on measures that a reader sees."""
    return Comment.objects.filter(comments_visible_to(reader)).select_related(
        "institution", "measure__version__programme"
    )


def files_for(reader: Reader) -> QuerySet[PlanFile]:
    """Return the files read for drafts that a reader sees: the delegation's own work."""
    rows = PlanFile.objects.select_related("version__programme")
    return rows if reader.is_delegation else rows.none()


def file_or_404(reader: Reader, pk: int) -> PlanFile:
    """Return a file read for a draft.

    Raises:
        Http404: there is none, or it is not the reader's to see.
    """
    file = files_for(reader).filter(pk=pk).first()
    if file is None:
        raise Http404
    return file


def open_file_of(reader: Reader, version: Version) -> PlanFile | None:
    """Return the file that waits to be applied to a version, None where there is none."""
    return files_for(reader).filter(version=version, ended_at__isnull=True).first()


def namings_remembered(reader: Reader, shapes: Collection[str]) -> dict[str, PlanFile]:
    """Return the file whose columns were named last, by the shape of its header (`exchange.foreign`)."""
    rows = files_for(reader).filter(naming__shape__in=list(shapes)).select_related("read_by")
    return {row.naming["shape"]: row for row in rows.order_by("read_at", "pk")}
