"""Write in a conversation on an item, and note how far one has read it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.followup.choices import Circle
from tawsiya.followup.commands.announce import item_params
from tawsiya.followup.mentions import mentioned
from tawsiya.followup.models import Message, MessageMention, ReadMark
from tawsiya.followup.permissions import may_withdraw_message, may_write_message
from tawsiya.followup.queries_of_messages import involved_institutions, messages_for, participants
from tawsiya.notifications.commands import notify
from tawsiya.recommendations.models import Recommendation

MAX_TEXT = 10_000
THREAD_URL = "followup:thread"


def write_message(
    *,
    item: Recommendation,
    circle: Circle,
    institution: Institution | None,
    text: str,
    by: Reader,
    mentions: Iterable[int] = (),
) -> Message:
    """Write a message; whoever it mentions is told, if the conversation is open to that person.

    Args:
        institution: whose conversation; None for the delegation's own notes.
        mentions: ids of people chosen beside those whom the text names after `@`.

    Raises:
        PermissionRefused: the conversation is not `by`'s, or the item was never the institution's.
        RuleViolated: no text, one that is too long, or a mention of somebody outside the conversation.
    """
    institution_id = institution.pk if institution else None
    actor = acting(by, may_write_message(by, circle, institution_id, involved_institutions(item)))
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise RuleViolated(_("Write something."))
    if len(text) > MAX_TEXT:
        raise RuleViolated(_("A message has at most %(limit)s characters.") % {"limit": MAX_TEXT})
    people = {person.pk: person for person in participants(circle, institution_id)}
    chosen = set(mentions)
    if chosen - set(people):
        raise RuleViolated(_("Only people of the conversation can be mentioned."))
    chosen |= mentioned(text, {pk: (person.name, person.name_ar) for pk, person in people.items()})
    with audit.change(
        "message.written",
        by=actor,
        item_id=item.pk,
        institution_id=institution_id,
        state=circle.value,
    ) as event:
        message = Message.objects.create(
            recommendation=item,
            institution=institution,
            circle=circle,
            text=text,
            author_id=actor.user_id,
            on_behalf_of_id=actor.on_behalf_of_id,
            written_at=clock.now(),
        )
        for pk in sorted(chosen):
            MessageMention.objects.create(message=message, user_id=pk)
        event.subject = message
        # The text stays in the conversation: the history says only that somebody wrote.
        event.after = {"institution": institution.names} if institution else {}
        notify(
            "message.mentioned",
            [people[pk] for pk in sorted(chosen)],
            params=item_params(item, institution),
            url_name=THREAD_URL,
            url_args=[item.pk, circle.value, institution_id or 0],
            but_not=actor.user_id,
        )
    mark_thread_read(item=item, circle=circle, institution=institution, by=by)
    return message


def withdraw_message(*, message: Message, by: Reader) -> Message:
    """Take back one's own message: its text goes from every page, that somebody wrote stays.

    Whoever it mentioned was told already; that stays too.

    Raises:
        PermissionRefused: somebody else's, withdrawn before, or the conversation is no longer `by`'s.
    """
    with transaction.atomic():
        message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
        actor = acting(by, may_withdraw_message(by, message))
        with audit.change(
            "message.withdrawn",
            by=actor,
            subject=message,
            item_id=message.recommendation_id,
            institution_id=message.institution_id,
            state=message.circle,
        ):
            message.text, message.withdrawn_at = "", clock.now()
            message.save(update_fields=["text", "withdrawn_at"])
    return message


def mark_thread_read(
    *, item: Recommendation, circle: Circle, institution: Institution | None, by: Reader
) -> None:
    """Note that `by` has read a conversation to its present end; nothing happens where it is empty."""
    seen = messages_for(by).filter(recommendation=item, circle=circle, institution=institution)
    last = seen.order_by("-pk").values_list("pk", flat=True).first()
    if last is None:
        return
    with transaction.atomic():
        mark, created = ReadMark.objects.get_or_create(
            user_id=by.user_id or 0,
            recommendation=item,
            circle=circle,
            institution=institution,
            defaults={"read_to": last},
        )
        if not created and mark.read_to < last:
            mark.read_to = last
            mark.save(update_fields=["read_to"])
