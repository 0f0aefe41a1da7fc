"""What falls due: open assignments and questionnaires of institutions, and what the State owes to the UN."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.audit.kept import until_next_act
from tawsiya.core.errors import Message
from tawsiya.core.labels import text_of
from tawsiya.followup.choices import OPEN, QuestionnaireState
from tawsiya.followup.queries import assignments_for, handed_in
from tawsiya.followup.queries_of_requests import replies_for
from tawsiya.mechanisms.models import Obligation
from tawsiya.mechanisms.queries import obligations_for
from tawsiya.recommendations.reading import reading_text

ASSIGNMENT, REPLY, OBLIGATION = "assignment", "reply", "obligation"
KINDS: Mapping[str, Message] = {
    ASSIGNMENT: _("From institutions"),
    REPLY: _("Answers to questionnaires"),
    OBLIGATION: _("To the United Nations"),
}


@dataclass(frozen=True)
class Due:
    """One thing that falls due: its day, what it is, who owes it, the page that shows it."""

    on: date
    symbol: str
    paragraph: str
    text: str
    who: str
    url: str


def kind_of(query: QueryDict) -> str:
    """Return what the list of an address shows."""
    asked = query.get("what", "")
    return asked if asked in KINDS else ASSIGNMENT


def address(what: str, days: int) -> str:
    """Return the address of a list of what falls due."""
    return f"{reverse('dashboards:due')}?{urlencode({'what': what, 'days': days})}"


def due(reader: Reader, what: str, days: int) -> QuerySet[Any, Any]:
    """Return the rows behind a figure of what falls due within some days, the nearest first."""
    today = timezone.localdate()
    window = (today, today + timedelta(days=days))
    if what == OBLIGATION:
        rows: QuerySet[Obligation, Any] = obligations_for(reader)
        return rows.filter(fulfilled_by=None, due_on__range=window).order_by("due_on", "pk")
    if what == REPLY:
        # Not arrived as far as the reader may know.
        replies: QuerySet[Any, Any] = replies_for(reader)
        return replies.filter(
            questionnaire__state=QuestionnaireState.SENT, arrived_at=None, deadline__range=window
        ).order_by("deadline", "pk")
    return (
        assignments_for(reader)
        .filter(~handed_in(reader), state__in=OPEN, deadline__range=window)
        .order_by("deadline", "recommendation__sort_key", "pk")
    )


def counts(reader: Reader, days: int) -> dict[str, int]:
    """Return how much falls due, by kind; kept until the next act."""
    return until_next_act(
        lambda: {what: due(reader, what, days).order_by().count() for what in KINDS},
        "dashboards.due",
        reader.audience,
        days,
    )


def with_items(what: str, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Fetch what a line shows."""
    if what == OBLIGATION:
        return rows.select_related("body", "source")
    if what == REPLY:
        return rows
    return rows.select_related("recommendation__document", "institution").prefetch_related(
        "recommendation__texts"
    )


def line(what: str, row: Any) -> Due:
    """Return a row as the page and the files show it."""
    if what == OBLIGATION:
        source = row.source
        url = (
            reverse("mechanisms:document", args=[source.pk]) if source else reverse("mechanisms:obligations")
        )
        return Due(
            row.due_on,
            source.symbol if source else "",
            row.paragraph,
            str(row.get_kind_display()),
            text_of(row.body.names) or row.body.code,
            url,
        )
    if what == REPLY:
        asked = row.questionnaire
        title, place = asked.title, reverse("followup:reply", args=[row.pk])
        return Due(row.deadline, "", "", title, text_of(row.institution.names), place)
    item = row.recommendation
    text = reading_text(item)
    return Due(
        row.deadline,
        item.document.symbol,
        item.label,
        text.text if text else str(item),
        text_of(row.institution.names),
        reverse("followup:item", args=[item.pk]),
    )
