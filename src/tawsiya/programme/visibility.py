"""Who sees what of programmes: the row "programme" of DOMAIN §9 as filters, and as predicates.

| | draft | in consultation | adopted, revised |
|---|---|---|---|
| delegation, observer | yes | yes | yes |
| institution | its own measures | yes | yes |
| NHRI, organisation | no | where it is invited, once opened | yes |
| public | no | no | no (inside; the portal reads snapshots) |

A report on a measure: inside its institution until its validator approves it; then the delegation, observers
and the institutions of the measure read it too. A comment: its author's institution and the delegation; once
it is answered, whoever reads the measure. One of the public is the delegation's until it is answered.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from tawsiya.accounts.choices import Role
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit.visibility import EVERYTHING, NOTHING
from tawsiya.core import clock
from tawsiya.programme.choices import Audience, ReportState, VersionState
from tawsiya.programme.models import (
    Comment,
    Consultation,
    Measure,
    MeasureInstitution,
    MeasureReport,
    Version,
)

SETTLED = (VersionState.ADOPTED, VersionState.REVISED)
OPEN_TO_INSTITUTIONS = (VersionState.IN_CONSULTATION, *SETTLED)
AUDIENCE_OF: dict[Role, Audience] = {
    Role.NHRI: Audience.NHRI,
    Role.CIVIL_SOCIETY: Audience.ORGANISATIONS,
}


def sees_all(reader: Reader) -> bool:
    """Tell whether a reader sees every version in full."""
    return reader.is_delegation or reader.is_observer


def _inviting(reader: Reader) -> QuerySet[Consultation]:
    """Return the open consultations that invite the reader from outside."""
    audiences = [audience.value for role, audience in AUDIENCE_OF.items() if role in reader.roles]
    return Consultation.objects.filter(
        ended_at__isnull=True, opens_at__lte=clock.now(), audiences__overlap=audiences
    )


def inviting(reader: Reader) -> frozenset[int]:
    """Return the open consultations (ids) by which a reader from outside sees drafts, now."""
    if not reader.roles & AUDIENCE_OF.keys():
        return frozenset()
    return frozenset(_inviting(reader).values_list("pk", flat=True))


def _invited(reader: Reader, version: str) -> Exists:
    """Return, for a path to the version, whether an open consultation invites the reader from outside."""
    return Exists(_inviting(reader).filter(version=OuterRef(version)))


def _whole_versions(reader: Reader, prefix: str, version: str) -> Q:
    """Return the filter of versions that a reader sees whole, from a row at `prefix` of the version."""
    if sees_all(reader):
        return EVERYTHING
    if reader.is_public:
        return NOTHING
    seen = Q(**{f"{prefix}state__in": SETTLED})
    if reader.own_institutions:
        seen |= Q(**{f"{prefix}state__in": OPEN_TO_INSTITUTIONS})
    if reader.roles & AUDIENCE_OF.keys():
        seen |= Q(**{f"{prefix}state": VersionState.IN_CONSULTATION}) & Q(_invited(reader, version))
    return seen


def measures_visible_to(reader: Reader) -> Q:
    """Return the filter of the measures a reader sees."""
    seen = _whole_versions(reader, "version__", "version")
    if reader.own_institutions:
        own = MeasureInstitution.objects.filter(institution_id__in=reader.own_institutions)
        seen |= Q(pk__in=own.values("measure_id"))
    return seen


def versions_visible_to(reader: Reader) -> Q:
    """Return the filter of the versions of which a reader sees anything."""
    seen = _whole_versions(reader, "", "pk")
    if reader.own_institutions:
        own = Measure.objects.filter(institutions__institution_id__in=reader.own_institutions)
        seen |= Q(pk__in=own.values("version_id"))
    return seen


def sees_whole(reader: Reader, version: Version) -> bool:
    """Tell whether a reader sees a version whole, and not only measures of the own institution."""
    return Version.objects.filter(_whole_versions(reader, "", "pk"), pk=version.pk).exists()


def reports_visible_to(reader: Reader) -> Q:
    """Return the filter of the reports on measures a reader sees."""
    if reader.is_public:
        return NOTHING
    approved = Q(state=ReportState.APPROVED)
    if sees_all(reader):
        return approved | Q(institution_id__in=reader.own_institutions)
    own = MeasureInstitution.objects.filter(institution_id__in=reader.own_institutions)
    return Q(institution_id__in=reader.own_institutions) | (
        approved & Q(measure_id__in=own.values("measure_id"))
    )


def _commenting_homes(reader: Reader) -> frozenset[int]:
    """Return the institutions in whose name a reader comments."""
    return frozenset(pk for grant in reader.grants_for(Act.COMMENT) for pk in grant.covers)


def comments_visible_to(reader: Reader) -> Q:
    """Return the filter of the comments on measures that a reader sees."""
    if reader.is_delegation:
        return EVERYTHING
    measures = Measure.objects.filter(measures_visible_to(reader)).values("pk")
    own = Q(institution_id__in=_commenting_homes(reader))
    return Q(measure_id__in=measures) & (own | Q(answered_at__isnull=False))


# Events: an act counts by the state that the version had then, so that drafts stay inside afterwards.


def _by_state(reader: Reader) -> Q:
    if sees_all(reader):
        return EVERYTHING
    if reader.own_institutions:
        return Q(state__in=OPEN_TO_INSTITUTIONS)
    return NOTHING if reader.is_public else Q(state__in=SETTLED)


def version_events(reader: Reader) -> Q:
    """Return the filter of the events on versions that a reader sees."""
    visible = Version.objects.filter(versions_visible_to(reader)).values("pk")
    # A file read for a draft is the delegation's own work, its name too.
    inside = EVERYTHING if reader.is_delegation else ~Q(code__startswith="programme.file_")
    return Q(subject_id__in=visible) & _by_state(reader) & inside


def measure_events(reader: Reader) -> Q:
    """Return the filter of the events on measures that a reader sees."""
    visible = Measure.objects.filter(measures_visible_to(reader)).values("pk")
    own = MeasureInstitution.objects.filter(institution_id__in=reader.own_institutions).values("measure_id")
    return Q(subject_id__in=visible) & (_by_state(reader) | Q(subject_id__in=own))


def report_events(reader: Reader) -> Q:
    """Return the filter of the events on reports that a reader sees: those of reports in their state."""
    visible = MeasureReport.objects.filter(reports_visible_to(reader)).values("pk")
    inside = Q(institution_id__in=reader.own_institutions)
    return Q(subject_id__in=visible) & (inside | Q(state=ReportState.APPROVED))


def comment_events(reader: Reader) -> Q:
    """Return the filter of the events on comments that a reader sees: before the answer, its author's own."""
    visible = Comment.objects.filter(comments_visible_to(reader)).values("pk")
    if reader.is_delegation:
        return Q(subject_id__in=visible)
    own = Q(institution_id__in=_commenting_homes(reader))
    return Q(subject_id__in=visible) & (own | Q(state="answered"))
