"""What can be asked of the lists of assignments and contributions."""

from collections.abc import Callable, Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution
from tawsiya.accounts.reader import Reader
from tawsiya.core.errors import Message
from tawsiya.core.facets import Facet, choices_words
from tawsiya.core.labels import text_of
from tawsiya.followup.choices import AssignmentState, ContributionState
from tawsiya.followup.models import Assignment, Contribution
from tawsiya.followup.queries import Expected, expected_of, late_for, to_reassign
from tawsiya.recommendations.choices import AccessLevel, Status
from tawsiya.recommendations.models import Recommendation

LATE = [("True", _("Overdue"))]

# The lists behind the figures of the home page: `?expected=…` shows exactly the rows that were counted.
EXPECTED_WORDS: dict[str, Message] = {
    "to_answer": _("To answer"),
    "to_write": _("Contribution to write"),
    "late": _("Overdue in your institution"),
    "to_reassign": _("To be given to somebody else"),
    "returned": _("Returned, to revise"),
    "to_approve": _("To approve"),
    "to_validate": _("To validate"),
}


def _institution_words(values: list[Any]) -> Mapping[Any, Any]:
    rows = Institution.objects.filter(pk__in=values)
    return {row.pk: text_of(row.names) for row in rows}


def _late_words(values: list[Any]) -> Mapping[Any, Any]:
    return {value: LATE[0][1] for value in values if value is True}


INSTITUTION = Facet("institution", _("Institution"), "institution_id", _institution_words)
ASSIGNMENT_FACETS = (
    Facet("state", _("State"), "state", choices_words(AssignmentState.choices)),
    Facet("late", _("Deadline"), "is_late", _late_words),
    Facet("level", _("Part"), "level", choices_words(AccessLevel.choices)),
    INSTITUTION,
)
CONTRIBUTION_FACETS = (
    Facet("state", _("State"), "state", choices_words(ContributionState.choices)),
    INSTITUTION,
    Facet("proposed", _("Proposed status"), "proposed_status", choices_words(Status.choices)),
)


class _FollowUpFilter(django_filters.FilterSet):
    """Words are looked for in the texts, the paragraph and the symbol.

    No filter joins many rows to one, so that none asks for distinct rows: comparing texts takes long.
    """

    institution = django_filters.ModelMultipleChoiceFilter(queryset=Institution.objects.all(), distinct=False)
    q = django_filters.CharFilter(method="search")

    def search(self, rows: QuerySet[Any, Any], name: str, value: str) -> QuerySet[Any, Any]:
        """Keep the rows in whose item every word occurs."""
        for word in value.split():
            items = Recommendation.objects.filter(
                Q(texts__text__icontains=word)
                | Q(document__symbol__icontains=word)
                | Q(paragraph__startswith=word)
            )
            rows = rows.filter(recommendation__in=items)
        return rows


class AssignmentFilter(_FollowUpFilter):
    """The filters of the list of assignments."""

    state = django_filters.MultipleChoiceFilter(choices=AssignmentState.choices, distinct=False)
    level = django_filters.MultipleChoiceFilter(choices=AccessLevel.choices, distinct=False)
    late = django_filters.MultipleChoiceFilter(choices=LATE, field_name="is_late", distinct=False)

    class Meta:
        model = Assignment
        fields: list[str] = []


class ContributionFilter(_FollowUpFilter):
    """The filters of the list of contributions."""

    state = django_filters.MultipleChoiceFilter(choices=ContributionState.choices, distinct=False)
    proposed = django_filters.MultipleChoiceFilter(
        choices=Status.choices, field_name="proposed_status", distinct=False
    )

    class Meta:
        model = Contribution
        fields: list[str] = []


_ASSIGNMENTS: dict[str, Callable[[Expected], QuerySet[Assignment]]] = {
    "to_answer": lambda expected: expected.to_answer,
    "to_write": lambda expected: expected.to_write,
}
_CONTRIBUTIONS: dict[str, Callable[[Expected], QuerySet[Contribution]]] = {
    "returned": lambda expected: expected.returned,
    "to_approve": lambda expected: expected.to_approve,
    "to_validate": lambda expected: expected.to_validate,
}


def expected_assignments(reader: Reader, name: str) -> QuerySet[Assignment] | None:
    """Return the assignments that wait for the reader under a name of `EXPECTED_WORDS`, None for another."""
    if name == "to_reassign":
        return to_reassign(reader)
    if name == "late":
        return late_for(reader)
    return _ASSIGNMENTS[name](expected_of(reader)) if name in _ASSIGNMENTS else None


def expected_contributions(reader: Reader, name: str) -> QuerySet[Contribution] | None:
    """Return the contributions that wait for the reader under a name, None for another."""
    return _CONTRIBUTIONS[name](expected_of(reader)) if name in _CONTRIBUTIONS else None
