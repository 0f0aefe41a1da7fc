"""What can be asked of the lists of questionnaires and replies."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution
from tawsiya.core.facets import Facet, choices_words
from tawsiya.core.query import ids_in
from tawsiya.followup.choices import ContributionState, QuestionnaireKind, QuestionnaireState
from tawsiya.followup.filters import INSTITUTION, LATE, _late_words
from tawsiya.followup.models import Questionnaire, Reply
from tawsiya.followup.queries_of_requests import AWAITED
from tawsiya.recommendations.filters import AnyOf

# What an institution is still writing is "awaited" to everybody outside it.
SHOWN_STATES = [(AWAITED, _("Awaited")), *ContributionState.choices]


def _questionnaires(values: list[Any]) -> Mapping[Any, Any]:
    return dict(Questionnaire.objects.filter(pk__in=values).values_list("pk", "title"))


QUESTIONNAIRE_FACETS = (
    Facet("state", _("State"), "state", choices_words(QuestionnaireState.choices)),
    Facet("kind", _("Kind"), "kind", choices_words(QuestionnaireKind.choices)),
)
REPLY_FACETS = (
    Facet("state", _("State"), "shown_state", choices_words(SHOWN_STATES)),
    Facet("late", _("Deadline"), "is_late", _late_words),
    INSTITUTION,
    Facet("questionnaire", _("Questionnaire"), "questionnaire_id", _questionnaires),
)


class QuestionnaireFilter(django_filters.FilterSet):
    """The filters of the list of questionnaires."""

    state = django_filters.MultipleChoiceFilter(choices=QuestionnaireState.choices)
    kind = django_filters.MultipleChoiceFilter(choices=QuestionnaireKind.choices)
    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains")

    class Meta:
        model = Questionnaire
        fields: list[str] = []


class ReplyFilter(django_filters.FilterSet):
    """The filters of the list of replies."""

    state = django_filters.MultipleChoiceFilter(choices=SHOWN_STATES, field_name="shown_state")
    late = django_filters.MultipleChoiceFilter(choices=LATE, field_name="is_late")
    institution = django_filters.ModelMultipleChoiceFilter(queryset=Institution.objects.all())
    # One that the reader does not see finds as little as one that is not there.
    questionnaire = AnyOf(method="of_questionnaires")
    q = django_filters.CharFilter(field_name="questionnaire__title", lookup_expr="icontains")

    class Meta:
        model = Reply
        fields: list[str] = []

    def of_questionnaires(self, rows: QuerySet[Any], name: str, values: list[str]) -> QuerySet[Any]:
        """Keep the replies to one of the questionnaires."""
        return rows.filter(questionnaire_id__in=ids_in(values))
