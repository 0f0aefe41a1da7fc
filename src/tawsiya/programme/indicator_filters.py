"""What can be asked of the lists of indicators and of requests for values."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution
from tawsiya.core.facets import Facet, choices_words
from tawsiya.core.labels import text_of
from tawsiya.programme.indicator_choices import (
    IndicatorKind,
    IndicatorState,
    RequestState,
    Right,
    StandingKind,
)
from tawsiya.programme.models import Indicator, ValueRequest

LATE = [("True", _("Overdue"))]


def _institution_words(values: list[Any]) -> Mapping[Any, Any]:
    rows = Institution.objects.filter(pk__in=values)
    return {row.pk: text_of(row.names) for row in rows}


def _late_words(values: list[Any]) -> Mapping[Any, Any]:
    return {value: LATE[0][1] for value in values if value is True}


INDICATOR_FACETS = (
    Facet("standing", _("Target"), "standing", choices_words(StandingKind.choices)),
    Facet("kind", _("Kind"), "kind", choices_words(IndicatorKind.choices)),
    Facet("right", _("Right"), "right", choices_words(Right.choices)),
    Facet("institution", _("Responsible institution"), "institution_id", _institution_words),
    Facet("state", _("State"), "state", choices_words(IndicatorState.choices)),
)
REQUEST_FACETS = (
    Facet("state", _("State"), "state", choices_words(RequestState.choices)),
    Facet("late", _("Deadline"), "is_late", _late_words),
    Facet("institution", _("Asked of"), "institution_id", _institution_words),
    Facet("recipient", _("For"), "recipient_id", _institution_words),
)


class IndicatorFilter(django_filters.FilterSet):
    """The filters of the list of indicators; words are looked for in codes, names and definitions."""

    q = django_filters.CharFilter(method="search")
    standing = django_filters.MultipleChoiceFilter(choices=StandingKind.choices)
    kind = django_filters.MultipleChoiceFilter(choices=IndicatorKind.choices)
    right = django_filters.MultipleChoiceFilter(choices=Right.choices)
    state = django_filters.MultipleChoiceFilter(choices=IndicatorState.choices)
    institution = django_filters.ModelMultipleChoiceFilter(queryset=Institution.objects.all())

    class Meta:
        model = Indicator
        fields: list[str] = []

    def search(self, rows: QuerySet[Any, Any], name: str, value: str) -> QuerySet[Any, Any]:
        """Keep the indicators in which every word occurs."""
        for word in value.split():
            rows = rows.filter(
                Q(code__icontains=word)
                | Q(sdg__contains=[word])
                | Q(names__icontains=word)
                | Q(definitions__icontains=word)
            )
        return rows


class RequestFilter(django_filters.FilterSet):
    """The filters of the desk of values."""

    q = django_filters.CharFilter(method="search")
    state = django_filters.MultipleChoiceFilter(choices=RequestState.choices)
    late = django_filters.MultipleChoiceFilter(choices=LATE, field_name="is_late")
    institution = django_filters.ModelMultipleChoiceFilter(queryset=Institution.objects.all())
    recipient = django_filters.ModelMultipleChoiceFilter(queryset=Institution.objects.all())

    class Meta:
        model = ValueRequest
        fields: list[str] = []

    def search(self, rows: QuerySet[Any, Any], name: str, value: str) -> QuerySet[Any, Any]:
        """Keep the requests in whose indicator every word occurs."""
        for word in value.split():
            rows = rows.filter(Q(indicator__code__icontains=word) | Q(indicator__names__icontains=word))
        return rows


def with_lateness(rows: QuerySet[ValueRequest]) -> QuerySet[ValueRequest]:
    """Add `is_late`: open, and its day gone by."""
    late = Q(state=RequestState.OPEN, due_on__lt=timezone.localdate())
    return rows.annotate(
        is_late=Case(When(late, then=Value(True)), default=Value(False), output_field=BooleanField())
    )
