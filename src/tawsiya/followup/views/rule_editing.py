"""Edit a draft of the rule: a status, a group or a condition at a time, on pages that need no script."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.followup.commands.rules import change_rule
from tawsiya.followup.forms.rules import BranchForm, ConditionForm, GroupForm, KindForm, initial_of_branch
from tawsiya.followup.models import AssessmentRule
from tawsiya.followup.permissions import may_act_on_rule
from tawsiya.followup.rule.conditions import CONDITIONS
from tawsiya.followup.rule.showing import words
from tawsiya.followup.rule.tree import (
    GROUPS,
    SCALES,
    Content,
    Node,
    Place,
    add,
    group_of,
    inside,
    moved,
    node_at,
    place_of,
    put,
    remove,
)
from tawsiya.followup.views.rules import rule_or_404


def _editable(request: HttpRequest, pk: int) -> tuple[Reader, AssessmentRule]:
    reader = reader_of(request)
    rule = rule_or_404(reader, pk)
    acting(reader, may_act_on_rule(reader, rule, "edit"))
    return reader, rule


def _at(rule: AssessmentRule, at: str) -> Place:
    place = place_of(rule.content, at)
    if place is None:
        raise Http404
    return place


def _seen(request: HttpRequest) -> int:
    typed = request.POST.get("seen_version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _page(
    request: HttpRequest,
    rule: AssessmentRule,
    form: forms.Form,
    title: str,
    *,
    hint: str = "",
    button: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "rule": rule,
        "form": form,
        "title": title,
        "hint": hint,
        "button": button or _("Save"),
        "back_url": reverse("followup:rule", args=[rule.pk]),
    }
    return render(request, "followup/rule_form.html", context, status=status)


def _write(
    request: HttpRequest,
    rule: AssessmentRule,
    form: forms.Form,
    title: str,
    changed: Callable[[], Content],
    *,
    by: Reader,
    hint: str = "",
) -> HttpResponse:
    """Show a form, and write what it makes of the rule."""
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            change_rule(rule=rule, content=changed(), seen_version=_seen(request), by=by)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        except StaleData as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, _("The draft is saved."))
            return redirect("followup:rule", rule.pk)
    return _page(request, rule, form, title, hint=hint, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def add_branch(request: HttpRequest, pk: int, scale: str) -> HttpResponse:
    """Add a status to a scale, as its last."""
    reader, rule = _editable(request, pk)
    if scale not in SCALES:
        raise Http404
    form = BranchForm(request.POST or None, scale=scale)

    def changed() -> Content:
        branch = {"status": form.cleaned_data["status"], "labels": form.labels(), "when": {"all": []}}
        return {**rule.content, scale: [*rule.content[scale], branch]}

    hint = _("Its conditions are added afterwards.")
    return _write(request, rule, form, _("Add a status"), changed, by=reader, hint=hint)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int, at: str) -> HttpResponse:
    """Change what stands at a place: the words of a status, how a group joins, what a condition asks."""
    reader, rule = _editable(request, pk)
    place = _at(rule, at)
    if not place.is_node:
        return _edit_branch(request, rule, place, reader)
    node = node_at(rule.content, place)
    assert node is not None
    if "is" in node:
        return _edit_condition(request, rule, place, node, reader)
    if group_of(node) == "not":
        return redirect("followup:rule-place", pk, f"{at}.0")
    group = GroupForm(request.POST or None, initial={"group": group_of(node)})

    def changed() -> Content:
        return put(rule.content, place, {group.cleaned_data["group"]: inside(node)})

    return _write(request, rule, group, _("Change the group"), changed, by=reader)


def _edit_branch(request: HttpRequest, rule: AssessmentRule, place: Place, reader: Reader) -> HttpResponse:
    branch = rule.content[place.scale][place.branch]
    form = BranchForm(request.POST or None, scale=place.scale, initial=initial_of_branch(branch))

    def changed() -> Content:
        branches = list(rule.content[place.scale])
        labels = form.labels()
        branches[place.branch] = {**branch, "status": form.cleaned_data["status"], "labels": labels}
        return {**rule.content, place.scale: branches}

    return _write(request, rule, form, _("Change the status"), changed, by=reader)


def _edit_condition(
    request: HttpRequest, rule: AssessmentRule, place: Place, node: Node, reader: Reader
) -> HttpResponse:
    condition = CONDITIONS[node["is"]]
    form = ConditionForm(request.POST or None, condition=condition, initial=node)
    return _write(
        request, rule, form, str(condition.name), lambda: put(rule.content, place, form.node()), by=reader
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_node(request: HttpRequest, pk: int, at: str) -> HttpResponse:
    """Add a condition or a group to a group: first its kind (`kind` in the address), then its parameters."""
    reader, rule = _editable(request, pk)
    place = _at(rule, at)
    kind = request.GET.get("kind", "")
    if kind not in CONDITIONS and kind not in GROUPS:
        button = _("Continue")
        return _page(request, rule, KindForm(), _("Add a condition"), hint=_hint(rule, place), button=button)
    form: Any
    if kind in GROUPS:
        form = forms.Form(request.POST if request.method == "POST" else None)
        title = str(GROUPS[kind])
        node: Callable[[], Node] = lambda: {kind: {"all": []} if kind == "not" else []}  # noqa: E731
    else:
        condition = CONDITIONS[kind]
        form = ConditionForm(request.POST if request.method == "POST" else None, condition=condition)
        title, node = str(condition.name), form.node
    return _write(
        request,
        rule,
        form,
        title,
        lambda: add(rule.content, place, node()),
        by=reader,
        hint=_hint(rule, place),
    )


def _hint(rule: AssessmentRule, place: Place) -> str:
    node = node_at(rule.content, place)
    return _("It is added to: %(group)s") % {"group": words(node) if node else ""}


@require_POST
def take_out(request: HttpRequest, pk: int, at: str) -> HttpResponse:
    """Remove a status, or a condition or group."""
    reader, rule = _editable(request, pk)
    place = _at(rule, at)
    return _rewrite(request, rule, lambda: remove(rule.content, place), reader)


@require_POST
def move(request: HttpRequest, pk: int, at: str) -> HttpResponse:
    """Move a status one place up or down in its scale."""
    reader, rule = _editable(request, pk)
    place, by = _at(rule, at), 1 if request.POST.get("by") == "down" else -1
    return _rewrite(request, rule, lambda: moved(rule.content, place, by), reader)


def _rewrite(
    request: HttpRequest, rule: AssessmentRule, changed: Callable[[], Content], reader: Reader
) -> HttpResponse:
    try:
        change_rule(rule=rule, content=changed(), seen_version=_seen(request), by=reader)
    except (RuleViolated, StaleData) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The draft is saved."))
    return redirect("followup:rule", rule.pk)
