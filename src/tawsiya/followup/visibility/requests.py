"""Who sees what of questionnaires: each institution its own reply, the delegation what was sent to it.

That a reply is awaited, and until when, is the assignment row of DOMAIN §9; what is written in it follows
the rows of contributions, without the supporting institutions: an institution never sees another's reply.
"""

from django.db.models import Exists, OuterRef, Q

from tawsiya.accounts.reader import Reader
from tawsiya.audit.visibility import EVERYTHING, NOTHING
from tawsiya.followup.choices import ContributionState, QuestionnaireState
from tawsiya.followup.models import Extension, Questionnaire, Reply
from tawsiya.followup.visibility.relations import Relation, in_audience, relations_of

_INSIDE = frozenset({Relation.OWN})
_SENT = frozenset({Relation.OWN, Relation.DELEGATION})

# Who reads the answers of a reply, by its state.
ANSWERS_AUDIENCE: dict[str, frozenset[Relation]] = {
    ContributionState.DRAFT: _INSIDE,
    ContributionState.WITH_VALIDATOR: _INSIDE,
    ContributionState.RETURNED_BY_VALIDATOR: _INSIDE,
    ContributionState.WITH_DELEGATION: _SENT,
    ContributionState.RETURNED_BY_DELEGATION: _SENT,
    ContributionState.VALIDATED: frozenset({Relation.OWN, Relation.DELEGATION, Relation.OBSERVER}),
}
OUT = (QuestionnaireState.SENT, QuestionnaireState.CLOSED)


def questionnaires_visible_to(reader: Reader) -> Q:
    """Return the filter of questionnaires: the delegation all; observers and those asked, once sent."""
    if reader.is_delegation:
        return EVERYTHING
    if reader.is_observer:
        return Q(state__in=OUT)
    if not reader.own_institutions:
        return NOTHING
    own = Reply.objects.filter(questionnaire=OuterRef("pk"), institution_id__in=reader.own_institutions)
    return Q(Exists(own), state__in=OUT)


def replies_visible_to(reader: Reader) -> Q:
    """Return the filter of replies whose existence and deadline a reader sees."""
    if reader.is_delegation:
        return EVERYTHING
    if reader.is_observer:
        return Q(questionnaire__state__in=OUT)
    return Q(institution_id__in=reader.own_institutions, questionnaire__state__in=OUT)


def can_view_reply(reader: Reader, reply: Reply) -> bool:
    """Decide for one reply; agrees with `replies_visible_to`."""
    if reader.is_delegation:
        return True
    out = reply.questionnaire.state in OUT
    return out and (reader.is_observer or reply.institution_id in reader.own_institutions)


def can_read_answers(reader: Reader, reply: Reply) -> bool:
    """Decide whether a reader sees what is written in a reply, and its very state."""
    relations = relations_of(reader, reply.institution_id, ())
    return bool(relations & ANSWERS_AUDIENCE[reply.state])


def answers_readable_by(reader: Reader) -> Q:
    """Return the filter of the replies whose answers a reader sees; agrees with `can_read_answers`."""
    own = Q(institution_id__in=reader.own_institutions)
    return replies_visible_to(reader) & in_audience(reader, ANSWERS_AUDIENCE, "state", own, NOTHING)


# Events


def questionnaire_events(reader: Reader) -> Q:
    """Return the filter of events of questionnaires: their preparation is the delegation's own."""
    visible = Questionnaire.objects.filter(questionnaires_visible_to(reader)).values("pk")
    shown = EVERYTHING if reader.is_delegation else Q(state__in=OUT)
    return Q(subject_id__in=visible) & shown


def reply_events(reader: Reader) -> Q:
    """Return the filter of events of replies: by the state they led to."""
    visible = Reply.objects.filter(replies_visible_to(reader)).values("pk")
    own = Q(institution_id__in=reader.own_institutions)
    return in_audience(reader, ANSWERS_AUDIENCE, "state", own, NOTHING) & Q(subject_id__in=visible)


def extension_events(reader: Reader) -> Q:
    """Return the filter of events of requests for more time: the institution's and the delegation's."""
    visible = Extension.objects.filter(extensions_visible_to(reader)).values("pk")
    return Q(subject_id__in=visible)


def extensions_visible_to(reader: Reader) -> Q:
    """Return the filter of requests for more time: the institution's own, and all for the delegation."""
    if reader.is_delegation:
        return EVERYTHING
    return Q(reply__institution_id__in=reader.own_institutions)


def calendar_events(reader: Reader) -> Q:
    """Return the filter of events of calendar addresses: a person's own."""
    return NOTHING if reader.user_id is None else Q(actor_id=reader.user_id)
