"""What has no group, no institution, no news: three questions on the recommendations that still stand.

For the delegation and observers only (`permissions.may_see_lacks`). News is follow-up that the reader may
know of, on the recommendation or one of its parts: an assignment given, answered or ended, a contribution,
an assessment. Where there never was any, the document's own date counts.
"""

import calendar
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.core import clock
from tawsiya.core.errors import Message
from tawsiya.followup.models import Assignment
from tawsiya.followup.queries import assessments_for, contributions_for
from tawsiya.followup.visibility import assignments_visible_to
from tawsiya.mechanisms.models import Body
from tawsiya.recommendations.choices import GroupState, MemberState
from tawsiya.recommendations.facets import Answers, facet
from tawsiya.recommendations.filters import Found, filled, matching, names_for
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import places_for, recommendations_for, with_parts

GROUP, INSTITUTION, NEWS = "group", "institution", "news"
LACKS: Mapping[str, Message] = {
    GROUP: _("No group"),
    INSTITUTION: _("No institution"),
    NEWS: _("No news"),
}
MONTHS, MOST_MONTHS = 6, 120
OFFERED_MONTHS = (3, 6, 12, 24)
FACETS = ("body", "cycle", "year", "position", "status", "institution", "theme", "persons")


def lack_of(query: QueryDict) -> str:
    """Return which of the three an address asks for; the first where it says nothing of use."""
    asked = query.get("lacks", "")
    return asked if asked in LACKS else GROUP


def months_of(query: QueryDict) -> int:
    """Return for how many months nothing may have happened, from 1 to 120; 6 where nothing of use is said."""
    asked = query.get("months", "")
    usable = asked.isascii() and asked.isdecimal() and len(asked) < 4 and 0 < int(asked) <= MOST_MONTHS
    return int(asked) if usable else MONTHS


def months_before(day: date, months: int) -> date:
    """Return the day some months earlier; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Lacks:
    """The three lists for one reader and one address; each holds ids of recommendations as issued."""

    def __init__(self, reader: Reader, query: QueryDict) -> None:
        self.reader = reader
        self.query = query
        self.months = months_of(query)
        self.since = months_before(timezone.localdate(clock.now()), self.months)
        self._found: Found = {}
        standing = recommendations_for(reader).filter(withdrawn_at=None, parent=None)
        # Of everything, so that facets, which leave a filter out, count in the same lists.
        self.everything = {
            GROUP: set(_ids(standing)) - _grouped(reader),
            INSTITUTION: set(_ids(standing))
            - set(filled("institution", reader).values_list("root", flat=True)),
        }
        self.news = latest_news(reader, standing)
        self.everything[NEWS] = {pk for pk, day in self.news.items() if day < self.since}
        answers = list(matching(reader, query, self._found).values_list("pk", flat=True))
        self.lists = {name: [pk for pk in answers if pk in ids] for name, ids in self.everything.items()}
        self.lists[NEWS].sort(key=lambda pk: self.news[pk])

    def facets(self, lack: str) -> list[dict[str, Any]]:
        """Return the facets of one list, with exact counts."""
        within = _Within(self.everything[lack], self.reader, self.query, self._found)
        usable = set(names_for(self.reader))
        names = (name for name in FACETS if name in usable and not (lack == INSTITUTION == name))
        rows = [facet(name, self.reader, self.query, within) for name in names]
        return [row for row in rows if row["options"]]

    def bodies(self, lack: str) -> list[Body]:
        """Return the body of each recommendation of a list."""
        rows = recommendations_for(self.reader).filter(pk__in=self.lists[lack]).order_by()
        known = {body.pk: body for body in Body.objects.all()}
        return [known[pk] for pk in rows.values_list("document__body_id", flat=True)]

    def read(self, ids: Sequence[int]) -> dict[int, Recommendation]:
        """Return recommendations with their parts, each with `news`: the day of the last one."""
        rows = with_parts(recommendations_for(self.reader).filter(pk__in=list(ids)), self.reader)
        found = {}
        for row in rows:
            row.news = self.news[row.pk]  # type: ignore[attr-defined]  # for the template and the columns
            found[row.pk] = row
        return found


class _Within(Answers):
    """Answers of an address that stand in a list."""

    def __init__(self, ids: set[int], reader: Reader, query: QueryDict, found: Found) -> None:
        super().__init__(reader, query, found)
        self._ids = ids

    def without(self, name: str) -> list[int]:
        return [pk for pk in super().without(name) if pk in self._ids]


def latest_news(reader: Reader, rows: QuerySet[Recommendation]) -> dict[int, date]:
    """Return for each recommendation as issued the day of the last news that the reader may know of.

    `audit.visibility` says the same of events; these are the records that the events are about.
    """
    found = {
        pk: published or timezone.localdate(created)
        for pk, published, created in rows.order_by().values_list(
            "pk", "document__published_on", "created_at"
        )
    }
    given = Assignment.objects.filter(assignments_visible_to(reader))
    for source, moment in (
        (given, Greatest("assigned_at", "answered_at", "ended_at")),
        (contributions_for(reader), F("changed_at")),
        (assessments_for(reader), F("decided_at")),
    ):
        for root, at in _last(source, moment):
            if root in found:
                found[root] = max(found[root], timezone.localdate(at))
    return found


def _last(rows: QuerySet[Any, Any], moment: Any) -> list[tuple[int, datetime]]:
    root = Coalesce("recommendation__parent_id", "recommendation_id")
    by_root = rows.order_by().annotate(root=root).values("root").annotate(at=Max(moment))
    return list(by_root.values_list("root", "at"))


def _ids(rows: QuerySet[Any, Any]) -> list[int]:
    return list(rows.order_by().values_list("pk", flat=True))


def _grouped(reader: Reader) -> set[int]:
    """Return the recommendations as issued of which the paragraph or a part is confirmed in a group."""
    places = places_for(reader).filter(state=MemberState.CONFIRMED, group__state=GroupState.CONFIRMED)
    root = Coalesce("recommendation__parent_id", "recommendation_id")
    return set(places.order_by().annotate(root=root).values_list("root", flat=True))
