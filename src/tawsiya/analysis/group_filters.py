"""What can be asked of the list of groups."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution
from tawsiya.core.facets import Facet, choices_words
from tawsiya.core.labels import text_of
from tawsiya.mechanisms.models import Body
from tawsiya.recommendations.choices import GroupState
from tawsiya.recommendations.models import Group
from tawsiya.recommendations.visibility import Sight

STATES = [(state.value, state.label) for state in GroupState if state != GroupState.DISSOLVED]
SIZE_WORDS = [
    ("small", _("2 or 3 members")),
    ("middle", _("4 to 7 members")),
    ("large", _("8 members or more")),
]
_INVOLVED = "standing__recommendation__access__institution_id"


def _body_words(values: list[Any]) -> Mapping[Any, Any]:
    return {row.code: text_of(row.names) for row in Body.objects.filter(code__in=values)}


def _institution_words(values: list[Any]) -> Mapping[Any, Any]:
    rows = Institution.objects.filter(pk__in=[value for value in values if value is not None])
    return {row.pk: text_of(row.names) for row in rows}


def facets_for(sight: Sight) -> tuple[Facet, ...]:
    """Return the facets of the list; institutions only for who knows everyone involved (DOMAIN §9)."""
    found = (
        Facet("state", _("State"), "state", choices_words(STATES)),
        Facet("body", _("Body"), "standing__recommendation__document__body__code", _body_words),
        Facet("size", _("Size"), "size_band", choices_words(SIZE_WORDS)),
    )
    if not sight.everyone_involved:
        return found
    return (*found, Facet("institution", _("Institution"), _INVOLVED, _institution_words))


class GroupFilter(django_filters.FilterSet):
    """Filters of groups; `q` looks for words in titles, texts and symbols of members."""

    state = django_filters.MultipleChoiceFilter(choices=STATES)
    body = django_filters.ModelMultipleChoiceFilter(
        field_name="standing__recommendation__document__body__code",
        to_field_name="code",
        queryset=Body.objects.all(),
    )
    size = django_filters.MultipleChoiceFilter(choices=SIZE_WORDS, field_name="size_band")
    q = django_filters.CharFilter(method="find", max_length=200)

    class Meta:
        model = Group
        fields: list[str] = []

    def find(self, rows: QuerySet[Any, Any], name: str, value: str) -> QuerySet[Any, Any]:
        """Keep the groups in whose title, or in one of whose members, every word occurs."""
        for word in value.split():
            rows = rows.filter(
                Q(names__icontains=word)
                | Q(standing__recommendation__texts__text__icontains=word)
                | Q(standing__recommendation__document__symbol__icontains=word)
            )
        return rows.distinct()


class GroupFilterByInstitution(GroupFilter):
    """With the institutions involved in members."""

    institution = django_filters.ModelMultipleChoiceFilter(
        field_name=_INVOLVED, queryset=Institution.objects.all()
    )


def filter_for(sight: Sight) -> type[GroupFilter]:
    """Return the filters of a reader: what one may not see is no parameter at all, as it is no facet."""
    return GroupFilterByInstitution if sight.everyone_involved else GroupFilter
