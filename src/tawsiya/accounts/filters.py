"""What can be asked of the lists of people, institutions and invitations."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.choices import InstitutionKind, Role
from tawsiya.accounts.models import Institution, Invitation, User
from tawsiya.accounts.queries import InvitationState
from tawsiya.core.facets import Facet, choices_words
from tawsiya.core.labels import text_of

ACCOUNTS = [("True", _("Open")), ("False", _("Closed"))]
EXISTENCE = [("True", _("Exists today")), ("False", _("Has ceased to exist"))]


def _institution_words(values: list[Any]) -> Mapping[Any, Any]:
    return {row.pk: text_of(row.names) for row in Institution.objects.filter(pk__in=values)}


def _yes_no_words(choices: list[tuple[str, Any]]) -> Any:
    words = {key == "True": label for key, label in choices}
    return lambda values: {value: words[value] for value in values}


PEOPLE_FACETS = (
    Facet("role", _("Role"), "current__role", choices_words(Role.choices)),
    Facet("institution", _("Institution"), "current__institution_id", _institution_words),
    Facet("account", _("Account"), "is_active", _yes_no_words(ACCOUNTS)),
)
INSTITUTION_FACETS = (
    Facet("kind", _("Kind"), "kind", choices_words(InstitutionKind.choices)),
    Facet("exists", _("Existence"), "exists_today", _yes_no_words(EXISTENCE)),
)
INVITATION_FACETS = (
    Facet("state", _("State"), "state", choices_words(InvitationState.choices)),
    Facet("role", _("Role"), "role", choices_words(Role.choices)),
)


class PeopleFilter(django_filters.FilterSet):
    """The filters of the list of people; role and institution are those of today."""

    role = django_filters.MultipleChoiceFilter(choices=Role.choices, field_name="current__role")
    institution = django_filters.ModelMultipleChoiceFilter(
        queryset=Institution.objects.all(), field_name="current__institution"
    )
    account = django_filters.MultipleChoiceFilter(choices=ACCOUNTS, field_name="is_active")
    q = django_filters.CharFilter(method="search")

    class Meta:
        model = User
        fields: list[str] = []

    def search(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Keep the people in whose name or address every word occurs."""
        for word in value.split():
            rows = rows.filter(
                Q(name__icontains=word) | Q(name_ar__icontains=word) | Q(email__icontains=word)
            )
        return rows


class InstitutionFilter(django_filters.FilterSet):
    """The filters of the list of institutions."""

    kind = django_filters.MultipleChoiceFilter(choices=InstitutionKind.choices)
    exists = django_filters.MultipleChoiceFilter(choices=EXISTENCE, field_name="exists_today")
    q = django_filters.CharFilter(method="search")

    class Meta:
        model = Institution
        fields: list[str] = []

    def search(self, rows: QuerySet[Institution], name: str, value: str) -> QuerySet[Institution]:
        """Keep the institutions in one of whose names or acronyms every word occurs."""
        for word in value.split():
            found = Q()
            for code in ("ar", "fr", "en"):
                found |= Q(**{f"names__{code}__icontains": word})
                found |= Q(**{f"acronyms__{code}__icontains": word})
            rows = rows.filter(found)
        return rows


class InvitationFilter(django_filters.FilterSet):
    """The filters of the list of invitations."""

    state = django_filters.MultipleChoiceFilter(choices=InvitationState.choices)
    role = django_filters.MultipleChoiceFilter(choices=Role.choices)
    q = django_filters.CharFilter(method="search")

    class Meta:
        model = Invitation
        fields: list[str] = []

    def search(self, rows: QuerySet[Invitation], name: str, value: str) -> QuerySet[Invitation]:
        """Keep the invitations in whose name or address every word occurs."""
        for word in value.split():
            rows = rows.filter(
                Q(name__icontains=word) | Q(name_ar__icontains=word) | Q(email__icontains=word)
            )
        return rows
