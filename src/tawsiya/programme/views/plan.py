"""Plan a measure for recommendations chosen in the list, or for a group of them."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.core.query import ids_in
from tawsiya.programme.commands.measures import Content, answer_with, save_measure
from tawsiya.programme.forms import PlanForm
from tawsiya.programme.models import Measure, Node
from tawsiya.programme.permissions import may_plan
from tawsiya.programme.queries import draft_versions
from tawsiya.programme.views.measures import next_code
from tawsiya.recommendations.choices import MemberState
from tawsiya.recommendations.models import GroupMember, Recommendation
from tawsiya.recommendations.queries import group_or_404, recommendations_for
from tawsiya.recommendations.reading import reader_language, reading_text


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Take a selection (`ids`, `selected` or `group`), then make a measure of a draft answer it.

    A POST without `step` brings a selection; with `step=apply` it is carried out.
    """
    reader = reader_of(request)
    acting(reader, may_plan(reader))
    asked = request.POST if request.method == "POST" else request.GET
    ids = ids_in([*asked.getlist("ids"), *asked.getlist("selected")])
    if asked.get("group", "").isdecimal():
        group = group_or_404(reader, int(asked["group"]))
        members = GroupMember.objects.filter(group=group, state=MemberState.CONFIRMED)
        ids += members.values_list("recommendation_id", flat=True)
    items = list(
        recommendations_for(reader)
        .filter(pk__in=ids, withdrawn_at=None)
        .select_related("document")
        .prefetch_related("texts")
        .order_by("document__symbol", "sort_key", "pk")
    )
    drafts = draft_versions(reader)
    nodes = Node.objects.filter(version__in=drafts).select_related("version__programme")
    measures = Measure.objects.filter(version__in=drafts).select_related("version__programme")
    applies = request.POST.get("step") == "apply"
    form = PlanForm(
        request.POST if applies else None,
        nodes=list(nodes.order_by("version", "sort_key")),
        measures=list(measures.order_by("version", "sort_key")),
        initial={"ids": ",".join(str(item.pk) for item in items)},
    )
    if applies and items and form.is_valid():
        try:
            measure = _carry_out(form, items, reader)
        except (RuleViolated, PermissionRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The measure answers what was chosen. Now say the rest of it."))
            return redirect("programme:measure-edit", measure.pk)
    rows = [{"item": item, "text": reading_text(item)} for item in items]
    context = {"form": form, "rows": rows, "count": len(items), "has_drafts": bool(form.by_node)}
    return render(request, "programme/plan.html", context)


def _carry_out(form: PlanForm, items: Sequence[Recommendation], reader: Reader) -> Measure:
    if measure := form.by_measure.get(form.cleaned_data["measure"]):
        answer_with(measure=measure, recommendations=items, by=reader)
        return measure
    node = form.by_node[form.cleaned_data["node"]]
    content = Content(
        node=node,
        code=next_code(node),
        titles={reader_language(): form.cleaned_data["title"]},
        answers=tuple(items),
    )
    return save_measure(version=node.version, content=content, by=reader)
