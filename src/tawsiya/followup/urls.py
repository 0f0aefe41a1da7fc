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
    messages,
    references,
    status,
    typing,
    writing,
)
from tawsiya.followup.views.common import ACTIONS

app_name = "followup"
urlpatterns = [
    path("recommendations/<int:pk>/", item.show, name="item"),
    path("recommendations/<int:pk>/status/", status.edit, name="status"),
    path("recommendations/<int:pk>/contribute/", writing.start, name="contribute"),
    path("recommendations/<int:pk>/typing/", typing.item, name="item-typing"),
    path("contributions/<int:pk>/typing/", typing.contribution, name="contribution-typing"),
    *twins("conversations/", messages.conversation_list, "conversations"),
    path("recommendations/<int:pk>/talk/<str:circle>/<int:institution>/", messages.thread, name="thread"),
    path(
        "recommendations/<int:pk>/talk/<str:circle>/<int:institution>/read/",
        messages.read,
        name="thread-read",
    ),
    path("contributions/<int:pk>/references/", references.add, name="reference-add"),
    path("references/<int:pk>/remove/", references.remove, name="reference-remove"),
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
]
