"""What can be asked of the list of documents."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tawsiya.core.facets import Facet, choices_words
from tawsiya.core.labels import text_of
from tawsiya.mechanisms import symbols
from tawsiya.mechanisms.choices import DocumentType, MechanismKind
from tawsiya.mechanisms.models import Body, Document


def _body_words(values: list[Any]) -> Mapping[Any, Any]:
    return {row.code: text_of(row.names) for row in Body.objects.filter(code__in=values)}


DOCUMENT_FACETS = (
    Facet("mechanism", _("Mechanism"), "body__mechanism", choices_words(MechanismKind.choices)),
    Facet("body", _("Body"), "body__code", _body_words),
    Facet("type", _("Type"), "type", choices_words(DocumentType.choices)),
)


class DocumentFilter(django_filters.FilterSet):
    """Filters of documents; `q` takes a symbol as people type it, or words of the title."""

    mechanism = django_filters.MultipleChoiceFilter(
        field_name="body__mechanism", choices=MechanismKind.choices
    )
    body = django_filters.ModelMultipleChoiceFilter(
        field_name="body__code", to_field_name="code", queryset=Body.objects.all()
    )
    type = django_filters.MultipleChoiceFilter(choices=DocumentType.choices)
    q = django_filters.CharFilter(method="find", max_length=200)

    class Meta:
        model = Document
        fields: list[str] = []

    def find(self, rows: QuerySet[Any, Any], name: str, value: str) -> QuerySet[Any, Any]:
        """Keep the documents of a symbol, or with every word in symbol or title."""
        symbol = symbols.normalise_query(value)
        by_words = Q()
        for word in value.split():
            by_words &= Q(symbol__icontains=word) | Q(titles__icontains=word)
        return rows.filter(by_words | Q(symbol__istartswith=symbol) if symbol else by_words)
