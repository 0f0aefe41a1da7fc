"""Choose measures of the programme in force as items of a questionnaire in preparation."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.requests import reader_of
from tawsiya.core import facets
from tawsiya.core.errors import RuleViolated
from tawsiya.core.formats import localise_number
from tawsiya.core.query import ids_in
from tawsiya.followup.commands.questions_on_measures import ask_about_measures
from tawsiya.followup.measures_asked import measures_to_ask_about
from tawsiya.followup.permissions_of_requests import may_act_on_questionnaire
from tawsiya.followup.queries_of_requests import questionnaires_for
from tawsiya.programme.measure_filters import MEASURE_FACETS, MeasureFilter
from tawsiya.programme.queries import lead_of, with_institutions

FACETS = tuple(facet for facet in MEASURE_FACETS if facet.name != "version")  # all are in force


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """List the measures in force by programme, axis, lead and progress; POST asks about those chosen."""
    reader = reader_of(request)
    questionnaire = get_object_or_404(questionnaires_for(reader), pk=pk)
    acting(reader, may_act_on_questionnaire(reader, questionnaire, "edit"))
    problem = ""
    if request.method == "POST":
        chosen = ids_in(request.POST.getlist("selected"))
        try:
            number = ask_about_measures(questionnaire_id=questionnaire.pk, measures=chosen, by=reader)
        except RuleViolated as refusal:
            problem = str(refusal)
        else:
            text = ngettext(
                "%(count)s measure is asked about.", "%(count)s measures are asked about.", number
            )
            messages.success(request, text % {"count": localise_number(number)})
            return redirect("followup:questionnaire", questionnaire.pk)
    seen = measures_to_ask_about(reader)
    rows = with_institutions(MeasureFilter(request.GET, queryset=seen).qs)
    known = set(questionnaire.questions.values_list("measure_key", flat=True))
    context: dict[str, Any] = {
        "questionnaire": questionnaire,
        "measures": [{"row": row, "lead": lead_of(row), "is_asked": row.key in known} for row in rows],
        "any": seen.exists(),
        "problem": problem,
        **facets.shell(FACETS, MeasureFilter, request.GET, seen, request.path),
    }
    return render(request, "followup/questions_measures.html", context, status=422 if problem else 200)
