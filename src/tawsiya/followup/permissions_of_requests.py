"""Who may do what with questionnaires, replies and requests for more time: decisions with their reason."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.permissions import Decision, may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.followup.choices import QuestionnaireState
from tawsiya.followup.models import Extension, Questionnaire, Reply
from tawsiya.followup.permissions import _IMPOSSIBLE, _NO_ACCESS, _OWN_TEXT, ACT_OF
from tawsiya.followup.visibility.requests import can_read_answers
from tawsiya.followup.workflow import EXTENSION, QUESTIONNAIRE, REPLY, Party, find

NO_DEADLINES = _("Only a person with a role has deadlines.")


def may_ask(reader: Reader) -> Decision:
    """Coordinators prepare questionnaires."""
    return may(reader, Act.ASK)


def may_act_on_questionnaire(reader: Reader, questionnaire: Questionnaire, action: str) -> Decision:
    """Coordinators edit, send, close and discard, as the state allows."""
    decision = may(reader, Act.ASK)
    if decision and find(QUESTIONNAIRE, questionnaire.state, action) is None:
        return Decision(None, _IMPOSSIBLE)
    return decision


def may_act_on_reply(reader: Reader, reply: Reply, action: str, author_ids: Iterable[int]) -> Decision:
    """Decide a step of a reply in its present state; the rules are those of contributions.

    A reader who does not read the answers learns nothing of the state. Once the questionnaire is closed,
    nothing more is written; what was sent is still decided on.

    Args:
        author_ids: everyone who wrote in it; none of them, nor a deputy in their name, decides on it.
    """
    if not can_read_answers(reader, reply):
        return Decision(None, _NO_ACCESS)
    transition = find(REPLY, reply.state, action)
    out = reply.questionnaire.state == QuestionnaireState.SENT
    decided = reply.questionnaire.state == QuestionnaireState.CLOSED and action == "validate"
    if transition is None or not (out or decided):
        return Decision(None, _IMPOSSIBLE)
    inside = transition.party is not Party.COORDINATOR
    decision = may(reader, ACT_OF[transition.party], reply.institution_id if inside else None)
    if decision.grant is None or transition.party is Party.INSTITUTION:
        return decision
    authors = frozenset(author_ids)
    if reader.user_id in authors or decision.grant.on_behalf_of_id in authors:
        return Decision(None, _OWN_TEXT)
    return decision


def may_ask_for_time(reader: Reader, reply: Reply) -> Decision:
    """Whoever writes for the institution asks for more time, while its turn has not ended."""
    if reply.institution_id not in reader.own_institutions:
        return Decision(None, _NO_ACCESS)
    writing = any(row.source == reply.state and row.party is not Party.COORDINATOR for row in REPLY)
    if not writing or reply.questionnaire.state != QuestionnaireState.SENT:
        return Decision(None, _IMPOSSIBLE)
    return may(reader, Act.CONTRIBUTE, reply.institution_id)


def may_act_on_extension(reader: Reader, extension: Extension, action: str) -> Decision:
    """The coordinator grants or refuses more time; the institution withdraws what it asked."""
    institution_id = extension.reply.institution_id
    if institution_id not in reader.own_institutions and not reader.is_delegation:
        return Decision(None, _NO_ACCESS)
    transition = find(EXTENSION, extension.state, action)
    if transition is None:
        return Decision(None, _IMPOSSIBLE)
    if transition.party is Party.COORDINATOR:
        return may(reader, Act.ASK)
    return may(reader, Act.CONTRIBUTE, institution_id)
