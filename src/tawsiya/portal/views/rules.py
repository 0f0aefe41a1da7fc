"""The rule of assessment: the public page with its history, and the form that publishes a version."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tawsiya.accounts.permissions import acting, require
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.followup.forms import PublishRuleForm
from tawsiya.followup.permissions import may_act_on_rule
from tawsiya.followup.rule.proposals import changes_by, rules_for
from tawsiya.followup.rule.showing import shown_rule
from tawsiya.portal.commands import publish_rule
from tawsiya.portal.opening import public_page, shell
from tawsiya.portal.queries import as_public, rules_published
from tawsiya.recommendations.reading import reader_language


@public_page
def public_rule(request: HttpRequest) -> HttpResponseBase:
    """Show the rule in force, and the versions before and after it."""
    with as_public():
        versions = rules_published()
    today = timezone.localdate()
    holds = next((row for row in versions if row.in_force_from <= today), None)
    asked = request.GET.get("version", "")
    shown = next((row for row in versions if str(row.number) == asked), holds)
    if asked and (shown is None or str(shown.number) != asked):
        raise Http404
    return render(
        request,
        "portal/rule.html",
        {
            **shell(request),
            "versions": versions,
            "holds": holds,
            "shown": shown,
            "scales": shown_rule(shown.content) if shown else [],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a draft of the rule with the day from which it holds."""
    reader = reader_of(request)
    rule = rules_for(reader).filter(pk=pk).first()
    if rule is None:
        raise Http404
    acting(reader, may_act_on_rule(reader, rule, "publish"))
    require(reader, Act.PUBLISH)
    initial = {
        "in_force_from": timezone.localdate(),
        "language": reader_language(),
        "seen_version": rule.row_version,
    }
    form = PublishRuleForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            publish_rule(rule=rule, by=reader, **form.cleaned_data)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        except StaleData as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, _("The rule is published; the public can read it."))
            return redirect("followup:rule", pk)
    context = {
        "rule": rule,
        "form": form,
        "title": _("Publish the rule"),
        "button": _("Publish the rule"),
        "changes": len(changes_by(reader, rule)),
        "back_url": reverse("followup:rule", args=[pk]),
    }
    return render(request, "portal/publish_rule.html", context, status=status)
