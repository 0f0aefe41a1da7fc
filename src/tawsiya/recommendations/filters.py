"""What can be asked of recommendations: one set of filters for page, CSV, JSON and API.

A recommendation as issued answers a filter when it, or one of its lettered parts, does; so every
count counts recommendations as issued. A facet ignores its own filter, values within a facet are
alternatives, facets combine. The whole state stands in the address. Where no kind is asked for, only
recommendations answer: concerns and pledges are not counted among them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, ExtractYear
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field

from tawsiya.accounts.reader import Reader
from tawsiya.core.errors import Message
from tawsiya.mechanisms import states
from tawsiya.mechanisms.choices import MechanismKind, ReviewKind
from tawsiya.recommendations import search
from tawsiya.recommendations.choices import Kind, Taxonomy
from tawsiya.recommendations.models import Recommendation, RecommendationTag, RecommendingState
from tawsiya.recommendations.queries import access_for, as_issued, recommendations_for
from tawsiya.recommendations.visibility import sight_of

NONE = "none"
# What the list holds where no kind is asked for.
DEFAULT_KINDS = [Kind.RECOMMENDATION.value]
YES, NO = "yes", "no"
_LONGEST_VALUE = 160

# What words found: the ids of recommendations as issued. A page which counts in many ways searches once.
Found = dict[str, list[int]]


def among(ids: list[int]) -> RawSQL:
    """Return the subquery of given ids: one parameter, however many they are."""
    return RawSQL("SELECT unnest(%s::bigint[])", [ids])


Rows = Callable[[Reader], QuerySet[Any, Any]]


@dataclass(frozen=True)
class Source:
    """Where a facet's values stand: rows of a table, each of one recommendation or part.

    rows: from a reader to the rows that the reader may know of.
    value: the column of the value, as the address carries it.
    recommendation: the way from a row to its recommendation; "" where the row is one.
    flag: the value is a yes or no.
    """

    rows: Rows
    value: str
    recommendation: str = ""
    flag: bool = False

    def rooted(self, reader: Reader) -> QuerySet[Any, Any]:
        """Return the rows, each with `root`: the recommendation as issued to which it belongs."""
        way = f"{self.recommendation}__" if self.recommendation else ""
        root = Coalesce(F(f"{way}parent_id"), F(f"{way}pk"))
        return self.rows(reader).order_by().annotate(root=root)

    def parsed(self, values: list[str]) -> list[Any]:
        """Return the values of an address as the column holds them; others than yes and no are no flag's."""
        if not self.flag:
            return values
        return [value == YES for value in values if value in (YES, NO)]


def _tags(taxonomy: Taxonomy) -> Source:
    return Source(
        lambda reader: RecommendationTag.objects.filter(
            tag__taxonomy=taxonomy, recommendation__in=recommendations_for(reader)
        ),
        "tag__code",
        "recommendation",
    )


def _states(reader: Reader) -> QuerySet[Any, Any]:
    return RecommendingState.objects.filter(recommendation__in=recommendations_for(reader)).exclude(state="")


def _cycles(reader: Reader) -> QuerySet[Any, Any]:
    """Cycles of the UPR: those of treaty bodies are not numbered alike."""
    return recommendations_for(reader).filter(document__review__kind=ReviewKind.UPR_REVIEW)


def _regions(reader: Reader) -> QuerySet[Any, Any]:
    """Recommending States with the region of each."""
    by_region: dict[str, list[str]] = {}
    for known in states.all_states():
        by_region.setdefault(known.region or "", []).append(known.iso3)
    cases = (When(state__in=codes, then=Value(region)) for region, codes in by_region.items())
    return _states(reader).annotate(region=Case(*cases, default=Value(""))).exclude(region="")


def _withdrawn(reader: Reader) -> QuerySet[Any, Any]:
    gone = Case(When(withdrawn_at__isnull=False, then=Value(True)), default=Value(False))
    return recommendations_for(reader).annotate(is_withdrawn=gone)


def _years(reader: Reader) -> QuerySet[Any, Any]:
    year = Coalesce("document__review__year", ExtractYear("document__published_on"))
    return recommendations_for(reader).annotate(year=year)


SOURCES: dict[str, Source] = {
    "body": Source(recommendations_for, "document__body__code"),
    "review": Source(recommendations_for, "document__review_id"),
    "cycle": Source(_cycles, "document__review__cycle"),
    "year": Source(_years, "year"),
    "document": Source(recommendations_for, "document__symbol"),
    "kind": Source(recommendations_for, "kind"),
    "position": Source(recommendations_for, "position"),
    "grade": Source(recommendations_for, "national_grade"),
    "status": Source(recommendations_for, "status"),
    "institution": Source(access_for, "institution__key", "recommendation"),
    "theme": _tags(Taxonomy.THEME),
    "persons": _tags(Taxonomy.PERSONS),
    "sdg": _tags(Taxonomy.SDG_GOAL),
    "target": _tags(Taxonomy.SDG_TARGET),
    "axis": _tags(Taxonomy.AXIS),
    "state": Source(_states, "state", "recommendation"),
    "region": Source(_regions, "region", "recommendation"),
    "priority": Source(recommendations_for, "is_follow_up_priority", flag=True),
    "withdrawn": Source(_withdrawn, "is_withdrawn", flag=True),
}


def filled(name: str, reader: Reader) -> QuerySet[Any, Any]:
    """Return a facet's rows that have a value: for institutions, the leads."""
    rows = SOURCES[name].rooted(reader)
    return rows.filter(level="lead") if name == "institution" else rows.exclude(**{SOURCES[name].value: ""})


# Facets whose values are numbers: another text in an address finds nothing.
NUMBERED = frozenset({"review", "cycle", "year"})

# Facets that also offer "none": no status set, no lead institution, neither on the paragraph nor on a part.
WITH_NONE = {"status", "institution"}


def names_for(reader: Reader) -> list[str]:
    """Return the facets a reader may use: what depends on follow-up, by sight (DOMAIN §9)."""
    sight = sight_of(reader)
    hidden = {"status": not sight.status, "institution": not sight.lead}
    return [name for name in SOURCES if not hidden.get(name)]


class _Strings(forms.MultipleChoiceField):
    """Any texts: a value that nothing has finds nothing, and is no error."""

    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= _LONGEST_VALUE and "\0" not in str(value)


@extend_schema_field({"type": "string"})
class AnyOf(django_filters.MultipleChoiceFilter):
    """Alternatives: the parameter may be repeated."""

    field_class = _Strings


_MECHANISMS = Case(
    *(When(document__body__mechanism=kind, then=Value(place)) for place, kind in enumerate(MechanismKind)),
    default=Value(len(MechanismKind)),
    output_field=IntegerField(),
)
_IN_DOCUMENT = ("document__symbol", "sort_key", "pk")
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "document": (
        _MECHANISMS,
        "document__body__code",
        F("document__published_on").desc(nulls_last=True),
        *_IN_DOCUMENT,
    ),
    "recent": (F("document__published_on").desc(nulls_last=True), *_IN_DOCUMENT),
    "oldest": (F("document__published_on").asc(nulls_last=True), *_IN_DOCUMENT),
    "due": (F("follow_up_due_on").asc(nulls_last=True), *_IN_DOCUMENT),
}
ORDER_LABELS: Mapping[str, Message] = {
    "document": _("By document"),
    "recent": _("Most recent first"),
    "oldest": _("Oldest first"),
    "due": _("Follow-up due first"),
}


class RecommendationFilter(django_filters.FilterSet):
    """The filters. `reader` decides which exist: what one may not see is no parameter at all."""

    q = django_filters.CharFilter(
        method="find", label=_("Words of the text, a symbol, a paragraph"), max_length=300
    )
    body = AnyOf(method="narrow", label=_("Body"))
    review = AnyOf(method="narrow", label=_("Review"))
    cycle = AnyOf(method="narrow", label=_("UPR cycle"))
    year = AnyOf(method="narrow", label=_("Year"))
    document = AnyOf(method="narrow", label=_("Document"))
    kind = AnyOf(method="narrow", label=_("Kind"), help_text=_("Recommendations only, unless it is given."))
    position = AnyOf(method="narrow", label=_("Position"))
    grade = AnyOf(method="narrow", label=_("National grade"))
    status = AnyOf(method="narrow", label=_("Status"))
    institution = AnyOf(method="narrow", label=_("Institution"))
    theme = AnyOf(method="narrow", label=_("Theme"))
    persons = AnyOf(method="narrow", label=_("Affected persons"))
    sdg = AnyOf(method="narrow", label=_("SDG goal"))
    target = AnyOf(method="narrow", label=_("SDG target"))
    axis = AnyOf(method="narrow", label=_("Axis"))
    state = AnyOf(method="narrow", label=_("Recommending State"))
    region = AnyOf(method="narrow", label=_("Region of the recommending State"))
    priority = AnyOf(method="narrow", label=_("Follow-up priority"))
    withdrawn = AnyOf(method="narrow", label=_("Withdrawn"))
    sort = django_filters.ChoiceFilter(
        method="in_order", label=_("Order"), choices=list(ORDER_LABELS.items())
    )

    class Meta:
        model = Recommendation
        fields: list[str] = []

    def __init__(
        self,
        *args: Any,
        reader: Reader,
        every_kind: bool = False,
        found: Found | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.every_kind = every_kind
        self.found: Found = {} if found is None else found
        for name in SOURCES.keys() - set(names_for(reader)):
            del self.filters[name]

    def filter_queryset(self, queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """Filter, in the order of documents where none is asked for."""
        rows = super().filter_queryset(queryset.order_by(*ORDERS["document"]))
        if self.every_kind or self.form.cleaned_data.get("kind"):
            return rows
        return self.narrow(rows, "kind", DEFAULT_KINDS)

    def narrow(self, rows: QuerySet[Any, Any], name: str, values: list[str]) -> QuerySet[Any, Any]:
        """Keep the recommendations of which the paragraph or a part has one of the values."""
        source = SOURCES[name]
        if name in NUMBERED:
            values = [value for value in values if value.isdecimal() and len(value) < 10]
        wanted = source.rooted(self.reader).filter(**{f"{source.value}__in": source.parsed(values)})
        answer = Q(pk__in=wanted.values("root"))
        if name in WITH_NONE and NONE in values:
            answer |= ~Q(pk__in=filled(name, self.reader).values("root"))
        return rows.filter(answer)

    def find(self, rows: QuerySet[Any, Any], name: str, value: str) -> QuerySet[Any, Any]:
        """Keep the recommendations that the query finds, in the paragraph or in a part."""
        if value not in self.found:
            self.found[value] = sorted(search.find(value))
        return rows.filter(pk__in=among(self.found[value]))

    def in_order(self, rows: QuerySet[Any, Any], name: str, value: str) -> QuerySet[Any, Any]:
        """Sort."""
        return rows.order_by(*ORDERS[value])


def family_order(sort: str) -> tuple[Any, ...]:
    """Return the order of a list in which each paragraph is followed by its parts."""
    of_paragraph = {
        "sort_key": Coalesce(F("parent__sort_key"), F("sort_key")),
        "pk": Coalesce(F("parent_id"), F("pk")),
    }
    columns = ORDERS.get(sort, ORDERS["document"])
    if sort == "due":
        due = Case(
            When(parent__isnull=False, then=F("parent__follow_up_due_on")), default=F("follow_up_due_on")
        )
        columns = (due.asc(nulls_last=True), *_IN_DOCUMENT)
    return (
        *(of_paragraph.get(column, column) if isinstance(column, str) else column for column in columns),
        F("parent_id").asc(nulls_first=True),
        "sort_key",
    )


def matching(reader: Reader, query: QueryDict, found: Found | None = None) -> QuerySet[Recommendation]:
    """Return the recommendations as issued that a query asks for, in its order.

    Args:
        found: kept between the calls of one page, so that it searches once.
    """
    rows: QuerySet[Recommendation] = RecommendationFilter(
        query, queryset=as_issued(reader), reader=reader, found=found
    ).qs
    return rows


def matching_with_parts(reader: Reader, query: QueryDict) -> QuerySet[Recommendation]:
    """Return `matching` and the lettered parts of each, in the same order."""
    found = matching(reader, query).order_by().values("pk")
    return (
        recommendations_for(reader)
        .annotate(root=Coalesce("parent_id", "pk"))
        .filter(root__in=found)
        .order_by(*family_order(query.get("sort", "")))
    )
