"""Addresses of followup."""

from django.urls import path

from tawsiya.core.tables import twins
from tawsiya.followup.views import (
    assign,
    assignments,
    contributions,
    evidence,
    groups,
    item,
    rule_editing,
    rules,
    status,
    voices,
    writing,
)
from tawsiya.followup.views.common import ACTIONS

app_name = "followup"
urlpatterns = [
    path("recommendations/<int:pk>/", item.show, name="item"),
    path("recommendations/<int:pk>/status/", status.edit, name="status"),
    path("recommendations/<int:pk>/contribute/", writing.start, name="contribute"),
    path("groups/<int:pk>/status/", groups.status, name="group-status"),
    path("groups/<int:pk>/contribute/", groups.contribute, name="group-contribute"),
    path("assign/", assign.assign, name="assign"),
    *twins("assignments/", assignments.assignment_list, "assignments"),
    path("assignments/<int:pk>/accept/", assignments.act, {"action": "accept"}, name="assignment-accept"),
    path("assignments/<int:pk>/refuse/", assignments.act, {"action": "refuse"}, name="assignment-refuse"),
    path("assignments/<int:pk>/end/", assignments.act, {"action": "end"}, name="assignment-end"),
    *twins("contributions/", contributions.contribution_list, "contributions"),
    path("contributions/<int:pk>/", contributions.show, name="contribution"),
    path("contributions/<int:pk>/edit/", writing.edit, name="contribution-edit"),
    *(
        path(
            f"contributions/<int:pk>/{action.replace('_', '-')}/",
            contributions.act,
            {"action": action},
            name=f"contribution-{action}",
        )
        for action in ACTIONS
    ),
    path("contributions/<int:pk>/evidence/", evidence.attach, name="evidence-attach"),
    path("evidence/<int:pk>/", evidence.download, name="evidence"),
    path("evidence/<int:pk>/remove/", evidence.remove, name="evidence-remove"),
    *twins("voices/", voices.voice_list, "voices"),
    path("recommendations/<int:pk>/submit/", voices.write, name="submit"),
    path("submissions/<int:pk>/", voices.show, name="submission"),
    path("submissions/<int:pk>/revise/", voices.revise, name="submission-revise"),
    path("submissions/<int:pk>/refuse/", voices.refuse, name="submission-refuse"),
    path("submissions/<int:pk>/take-back/", voices.take_back, name="submission-take-back"),
    path("questions/<int:pk>/", voices.question, name="question"),
    *twins("assessment/proposals/", rules.proposals, "proposals"),
    *twins("assessment/rules/", rules.rule_list, "rules"),
    path("assessment/rules/begin/", rules.begin, name="rule-begin"),
    path("assessment/rules/<int:pk>/", rules.show, name="rule"),
    *twins("assessment/rules/<int:pk>/changes/", rules.changes, "rule-changes"),
    path("assessment/rules/<int:pk>/discard/", rules.discard, name="rule-discard"),
    path("assessment/rules/<int:pk>/add/<slug:scale>/", rule_editing.add_branch, name="rule-branch"),
    path("assessment/rules/<int:pk>/at/<str:at>/", rule_editing.edit, name="rule-place"),
    path("assessment/rules/<int:pk>/at/<str:at>/add/", rule_editing.add_node, name="rule-add"),
    path("assessment/rules/<int:pk>/at/<str:at>/remove/", rule_editing.take_out, name="rule-remove"),
    path("assessment/rules/<int:pk>/at/<str:at>/move/", rule_editing.move, name="rule-move"),
]
