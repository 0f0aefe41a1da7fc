"""The tab of the search over conversations: the messages that a reader takes part in, and no other."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution
from tawsiya.accounts.reader import Reader
from tawsiya.analysis.choices import EntryKind
from tawsiya.analysis.search.answers import Answer, best
from tawsiya.analysis.search.entries import languages_of
from tawsiya.analysis.search.filtering import filtered, result
from tawsiya.analysis.search.passages import Marker
from tawsiya.analysis.search.result import RECENT_FIRST, Result
from tawsiya.analysis.search.results import Search, given
from tawsiya.core.facets import Facet, choices_words
from tawsiya.core.tables import Column
from tawsiya.followup.choices import Circle
from tawsiya.followup.filters import INSTITUTION
from tawsiya.followup.models import Message
from tawsiya.followup.queries_of_messages import messages_for
from tawsiya.followup.views.messages import PLACE

FACETS = (Facet("circle", _("Conversation"), "circle", choices_words(Circle.choices)), INSTITUTION)
COLUMNS = (
    *PLACE,
    Column("text", _("Message"), lambda row: row.text),
    Column("written_at", _("Written"), lambda row: row.written_at),
)


class MessageFilter(django_filters.FilterSet):
    """The filters of messages."""

    circle = django_filters.MultipleChoiceFilter(choices=Circle.choices, distinct=False)
    institution = django_filters.ModelMultipleChoiceFilter(queryset=Institution.objects.all(), distinct=False)

    class Meta:
        model = Message
        fields: list[str] = []


def of_message(marker: Marker, item: Message) -> Answer:
    """Show a message. Its language is not kept: of those its letters allow, the one in which it answers."""
    found = best((code, marker.mark(item.text, code)) for code in languages_of(item.text))
    return Answer(item, found[1].passage, "ar" if found[0] == "ar" else "") if found else Answer(item)


def messages(reader: Reader, search: Search, query: QueryDict) -> Result:
    """Return the tab of conversations."""
    hits = search.answering(EntryKind.MESSAGE, Message, "recommendation")
    seen = messages_for(reader)
    base = seen if search.asked.is_empty else seen.filter(pk__in=given(hits))
    rows, facets = filtered(base, query, MessageFilter, FACETS)
    marker = Marker(search.asked)

    def show(page: Sequence[Any]) -> list[Answer]:
        return [of_message(marker, row) for row in page]

    return result(
        search,
        query,
        found=(rows.order_by("-pk"), facets),
        hits=hits,
        full=seen,
        columns=COLUMNS,
        show=show,
        order=RECENT_FIRST,
    )
