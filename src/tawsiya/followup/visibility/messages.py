"""Who reads a conversation: DOMAIN §9, two rows and the delegation's notes. None of it is ever public."""

from django.db.models import Q

from tawsiya.accounts.reader import Reader
from tawsiya.followup.choices import Circle
from tawsiya.followup.models import Message
from tawsiya.followup.visibility.relations import Relation, in_audience, relations_of

MESSAGE_AUDIENCE: dict[str, frozenset[Relation]] = {
    Circle.INSIDE: frozenset({Relation.OWN}),
    Circle.WITH_DELEGATION: frozenset({Relation.OWN, Relation.DELEGATION}),
    Circle.DELEGATION: frozenset({Relation.DELEGATION}),
}


def _seen(reader: Reader, field: str) -> Q:
    own = Q(institution_id__in=reader.own_institutions)
    # No conversation is for the other institutions of an item: nobody is admitted as involved.
    return in_audience(reader, MESSAGE_AUDIENCE, field, own, involved=Q())


def messages_visible_to(reader: Reader) -> Q:
    """Return the filter of the messages a reader may see."""
    return _seen(reader, "circle")


def can_view_circle(reader: Reader, circle: str, institution_id: int | None) -> bool:
    """Decide for one conversation; agrees with `messages_visible_to`."""
    relations = relations_of(reader, institution_id or 0, ())
    return bool(relations & MESSAGE_AUDIENCE[circle])


def can_view_message(reader: Reader, message: Message) -> bool:
    """Decide for one message; agrees with `messages_visible_to`."""
    return can_view_circle(reader, message.circle, message.institution_id)


def message_events(reader: Reader) -> Q:
    """Return the filter of the events of messages a reader may see: their state is the circle."""
    return _seen(reader, "state")
