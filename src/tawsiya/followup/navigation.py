"""What follow-up adds to the side navigation."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.audit.kept import until_next_act
from tawsiya.core.navigation import Entry
from tawsiya.followup.queries import expected_of
from tawsiya.followup.queries_of_messages import unread_threads
from tawsiya.followup.queries_of_requests import owed_by
from tawsiya.followup.voices import to_moderate


@dataclass(frozen=True)
class _Waiting:
    """How many assignments, contributions and questionnaires wait for a reader."""

    to_answer: int
    to_decide: int
    to_reply: int


def _waiting(reader: Reader) -> _Waiting:
    expected = expected_of(reader)
    to_answer = to_decide = 0
    if reader.is_delegation:
        to_decide = expected.to_validate.count()
    if reader.own_institutions:
        to_answer = expected.to_answer.count()
        to_decide += (expected.returned | expected.to_approve).count()
    return _Waiting(to_answer, to_decide, owed_by(reader).count())


def entries(reader: Reader) -> list[Entry]:
    """Return assignments, contributions and the rule for those who take part in follow-up or observe it.

    What others say is for everybody with a role.

    The figures are what waits for the reader.
    """
    if reader.is_public:
        return []
    voices = Entry(
        _("Other voices"),
        "followup:voices",
        "megaphone",
        43,
        until_next_act(lambda: to_moderate(reader), "followup.to_moderate", reader.audience),
        ("followup:submission", "followup:submission-revise", "followup:submit", "followup:question"),
    )
    if not (reader.own_institutions or reader.is_delegation or reader.is_observer):
        return [voices]
    acts_inside = bool(reader.own_institutions)
    waiting = until_next_act(lambda: _waiting(reader), "followup.navigation", reader.person)
    found = [
        Entry(
            _("Questionnaires"),
            "followup:questionnaires",
            "ui-checks",
            35,
            waiting.to_reply,
            (
                "followup:questionnaire",
                "followup:questionnaire-new",
                "followup:questionnaire-edit",
                "followup:questions",
                "followup:questions-paste",
                "followup:questions-measures",
                "intake:issues",
                "intake:issues-apply",
                "followup:reply",
                "followup:reply-edit",
                "followup:replies",
            ),
        ),
        Entry(
            _("Assignments"),
            "followup:assignments",
            "person-check",
            30,
            waiting.to_answer,
            ("followup:assign", "followup:pace"),
        ),
        Entry(
            _("Contributions"),
            "followup:contributions",
            "chat-left-text",
            40,
            waiting.to_decide,
            ("followup:contribution", "followup:contribution-edit", "followup:evidence-attach"),
        ),
        Entry(
            _("Rule of assessment"),
            "followup:rules",
            "diagram-2",
            42,
            0,
            ("followup:rule", "followup:rule-changes", "followup:rule-place", "followup:proposals"),
        ),
        voices,
    ]
    if acts_inside or reader.is_delegation:
        found.append(
            Entry(
                _("Conversations"),
                "followup:conversations",
                "chat-square-text",
                45,
                unread_threads(reader),
                ("followup:thread",),
            )
        )
    return found
