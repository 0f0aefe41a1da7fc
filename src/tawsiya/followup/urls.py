"""Addresses of followup."""

from django.urls import path

from tawsiya.core.tables import twins
from tawsiya.followup.views import (
    answers,
    assign,
    assignments,
    calendars,
    contributions,
    evidence,
    groups,
    item,
    messages,
    paces,
    questionnaires,
    questions_on_measures,
    references,
    replies,
    rule_editing,
    rules,
    status,
    typing,
    voices,
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
    path("messages/<int:pk>/withdraw/", messages.withdraw, name="message-withdraw"),
    path("contributions/<int:pk>/references/", references.add, name="reference-add"),
    path("references/<int:pk>/remove/", references.remove, name="reference-remove"),
    path("groups/<int:pk>/status/", groups.status, name="group-status"),
    path("groups/<int:pk>/contribute/", groups.contribute, name="group-contribute"),
    path("assign/", assign.assign, name="assign"),
    path("assignments/pace/", paces.pace, name="pace"),
    *twins("assignments/", assignments.assignment_list, "assignments"),
    path("assignments/<int:pk>/accept/", assignments.act, {"action": "accept"}, name="assignment-accept"),
    path("assignments/<int:pk>/refuse/", assignments.act, {"action": "refuse"}, name="assignment-refuse"),
    path("assignments/<int:pk>/end/", assignments.act, {"action": "end"}, name="assignment-end"),
    path(
        "assignments/<int:pk>/ask-reassign/",
        assignments.act,
        {"action": "ask_reassign"},
        name="assignment-ask_reassign",
    ),
    path("assignments/<int:pk>/keep/", assignments.act, {"action": "keep"}, name="assignment-keep"),
    *(
        path(
            f"assignments/<int:pk>/{action.replace('_', '-')}/",
            assignments.move,
            {"action": action},
            name=f"assignment-{action}",
        )
        for action in assignments.MOVED
    ),
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
    *twins("questionnaires/", questionnaires.questionnaire_list, "questionnaires"),
    path("questionnaires/new/", questionnaires.prepare, name="questionnaire-new"),
    path("questionnaires/<int:pk>/", questionnaires.show, name="questionnaire"),
    path("questionnaires/<int:pk>/edit/", questionnaires.edit, name="questionnaire-edit"),
    path("questionnaires/<int:pk>/questions/", questionnaires.questions, name="questions"),
    path("questionnaires/<int:pk>/measures/", questions_on_measures.choose, name="questions-measures"),
    path("questionnaires/<int:pk>/paste/", questionnaires.paste, name="questions-paste"),
    *(
        path(
            f"questionnaires/<int:pk>/{action}/",
            questionnaires.act,
            {"action": action},
            name=f"questionnaire-{action}",
        )
        for action in questionnaires.ACTIONS
    ),
    *twins("replies/", questionnaires.reply_list, "replies"),
    path("replies/<int:pk>/", replies.show, name="reply"),
    path("replies/<int:pk>/edit/", answers.edit, name="reply-edit"),
    path("replies/<int:pk>/typing/", typing.reply, name="reply-typing"),
    path("replies/<int:pk>/time/", replies.ask_time, name="reply-time"),
    *(
        path(
            f"replies/<int:pk>/{action.replace('_', '-')}/",
            replies.act,
            {"action": action},
            name=f"reply-{action}",
        )
        for action in ACTIONS
    ),
    *(
        path(f"time/<int:pk>/{action}/", replies.decide_time, {"action": action}, name=f"time-{action}")
        for action in replies.DECIDED
    ),
    *twins("deadlines/", calendars.deadline_list, "deadlines"),
    path("deadlines/calendar.ics", calendars.download, name="calendar-file"),
    path("deadlines/address/", calendars.open_address, name="calendar-open"),
    path("deadlines/address/revoke/", calendars.revoke_address, name="calendar-revoke"),
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
