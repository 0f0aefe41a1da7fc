"""What can be asked of measures and of the texts of law they need, whatever their programme."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Case, CharField, F, Func, JSONField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution
from tawsiya.accounts.reader import Reader
from tawsiya.core import clock
from tawsiya.core.errors import Message
from tawsiya.core.facets import Facet, choices_words
from tawsiya.core.labels import text_of
from tawsiya.programme.choices import LawKind, LawStage, Progress, ReportState, VersionState
from tawsiya.programme.models import (
    Legislation,
    Measure,
    MeasureInstitution,
    Node,
    Programme,
    ReportStage,
)
from tawsiya.programme.queries import measures_for, reports_for
from tawsiya.recommendations.choices import AccessLevel
from tawsiya.recommendations.filters import AnyOf

LATE = "late"
ENDED = (Progress.COMPLETED, Progress.ABANDONED)
STANDINGS: list[tuple[str, Message]] = [(LATE, _("Late")), *Progress.choices]
"""Where a measure stands: late where its end is past and it has not ended, else its progress."""


def standing(prefix: str = "") -> Case:
    """Return where a measure stands: a value of `STANDINGS`.

    Args:
        prefix: the way from a row to its measure, with `__` at its end.
    """
    today = timezone.localdate(clock.now())
    late = Q(**{f"{prefix}ends_on__lt": today}) & ~Q(**{f"{prefix}progress__in": ENDED})
    return Case(When(late, then=Value(LATE)), default=F(f"{prefix}progress"), output_field=CharField())


class _Highest(Func):
    """Something of the highest axis above a node, which may stand at any depth."""

    template = (
        "(WITH RECURSIVE up AS (SELECT n.* FROM programme_node n WHERE n.id = %(expressions)s"
        " UNION ALL SELECT n.* FROM programme_node n JOIN up ON n.id = up.parent_id)"
        " SELECT %(wanted)s FROM up WHERE up.parent_id IS NULL)"
    )


def top_axis(node: str = "node_id") -> Func:
    """Return the key of the highest axis above a node, as text, given the way to the node's id."""
    return _Highest(F(node), wanted="up.key::text", output_field=CharField())


def top_axis_words(node: str) -> Func:
    """Return `code`, `names` and `sort_key` of the highest axis above a node."""
    wanted = "jsonb_build_object('code', up.code, 'names', up.names, 'sort_key', up.sort_key)"
    return _Highest(F(node), wanted=wanted, output_field=JSONField())


def axis_names(keys: list[Any]) -> dict[str, str]:
    """Return the number and name of axes by their key, as the newest version has them."""
    rows = Node.objects.filter(key__in=keys).order_by("version__number")
    return {str(row.key): f"{row.code} {text_of(row.names)}" for row in rows}


def lead(measure: str = "pk", column: str = "institution_id") -> Subquery:
    """Return a column of the institution that leads a measure, given the way to the measure's id."""
    leads = MeasureInstitution.objects.filter(measure=OuterRef(measure), level=AccessLevel.LEAD)
    return Subquery(leads.values(column)[:1])


def with_traits(rows: QuerySet[Measure]) -> QuerySet[Measure]:
    """Add to measures what they are filtered by: `standing`, `axis` and `lead`."""
    return rows.annotate(standing=standing(), axis=top_axis(), lead=lead())


def laws_for(reader: Reader) -> QuerySet[Legislation]:
    """Return the texts of law of the measures that a reader sees, each with `stage_now`.

    That is the stage of the latest approved report that the reader sees, else the plan's.
    """
    approved = reports_for(reader).filter(state=ReportState.APPROVED).order_by().values("pk")
    told = ReportStage.objects.filter(report__in=approved, legislation__key=OuterRef("key"))
    last = told.order_by("-report__decided_at", "-report_id").values("stage")[:1]
    return (
        Legislation.objects.filter(measure__in=measures_for(reader).order_by().values("pk"))
        .select_related("measure__version__programme", "measure__node")
        .annotate(stage_now=Coalesce(Subquery(last), F("stage"), output_field=CharField()))
    )


def _programme_words(values: list[Any]) -> Mapping[Any, Any]:
    rows = Programme.objects.filter(key__in=values)
    return {row.key: text_of(row.names) or row.key for row in rows}


def _institution_words(values: list[Any]) -> Mapping[Any, Any]:
    rows = Institution.objects.filter(pk__in=values)
    return {row.pk: text_of(row.names) for row in rows}


_PROGRAMME = _("Programme")
_VERSION = _("Version")
MEASURE_FACETS = (
    Facet("programme", _PROGRAMME, "version__programme__key", _programme_words),
    Facet("version", _VERSION, "version__state", choices_words(VersionState.choices)),
    Facet("axis", _("Axis"), "axis", axis_names),
    Facet("lead", _("Lead institution"), "lead", _institution_words),
    Facet("standing", _("Progress"), "standing", choices_words(STANDINGS)),
)
LAW_FACETS = (
    Facet("programme", _PROGRAMME, "measure__version__programme__key", _programme_words),
    Facet("version", _VERSION, "measure__version__state", choices_words(VersionState.choices)),
    Facet("kind", _("Kind"), "kind", choices_words(LawKind.choices)),
    Facet("stage", _("Stage"), "stage_now", choices_words(LawStage.choices)),
)


class MeasureFilter(django_filters.FilterSet):
    """The filters of measures of `with_traits`. A value that nothing has finds nothing, whoever asks."""

    programme = AnyOf(field_name="version__programme__key", distinct=False)
    version = AnyOf(field_name="version__state", distinct=False)
    axis = AnyOf(distinct=False)
    lead = AnyOf(method="led_by")
    standing = AnyOf(distinct=False)

    class Meta:
        model = Measure
        fields: list[str] = []

    def led_by(self, rows: QuerySet[Any, Any], name: str, values: list[str]) -> QuerySet[Any, Any]:
        """Keep the measures that one of the institutions leads."""
        return rows.annotate(led=Cast("lead", CharField())).filter(led__in=values)


class LawFilter(django_filters.FilterSet):
    """The filters of texts of law of `laws_for`."""

    programme = AnyOf(field_name="measure__version__programme__key", distinct=False)
    version = AnyOf(field_name="measure__version__state", distinct=False)
    kind = AnyOf(distinct=False)
    stage = AnyOf(field_name="stage_now", distinct=False)

    class Meta:
        model = Legislation
        fields: list[str] = []
