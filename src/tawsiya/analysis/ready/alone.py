"""What one body asks and no other does: themes, and groups, that occur before one body only.

A theme on a lettered part counts for its paragraph. Withdrawn ones count for nothing.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.queries.groups import listed_groups, with_members
from tawsiya.analysis.ready.repeated import standing_members
from tawsiya.analysis.ready.sifting import Trait
from tawsiya.core.errors import Message
from tawsiya.core.labels import text_of
from tawsiya.mechanisms.models import Body
from tawsiya.recommendations.choices import GroupState, Kind, Taxonomy
from tawsiya.recommendations.filters import SOURCES
from tawsiya.recommendations.queries import as_issued
from tawsiya.recommendations.reading import tag_name

THEME, GROUP = "theme", "group"
WHAT: dict[str, Message] = {THEME: gettext_lazy("Theme"), GROUP: gettext_lazy("Group")}


@dataclass(frozen=True)
class Alone:
    """A theme or group of one body only.

    code: of the theme; the group's number.
    count: recommendations as issued that have the theme; members of the group.
    url: the page that shows them.
    state: of the group, "" for a theme.
    """

    what: str
    code: str
    title: str
    body: Body
    count: int
    url: str
    state: str = ""


def alone(reader: Reader) -> list[Alone]:
    """Return what one body alone asks, as far as a reader sees it: by body, the most frequent first."""
    bodies = {body.pk: body for body in Body.objects.all()}
    rows = [*_themes(reader, bodies), *_groups(reader)]
    rows.sort(key=lambda row: (row.body.mechanism, row.body.code, row.what, -row.count, row.title))
    return rows


def traits(rows: Sequence[Alone]) -> list[Trait]:
    """Return what the list is sifted by."""
    names = {row.body.code: text_of(row.body.names) or row.body.code for row in rows}
    return [
        Trait(
            "body", gettext_lazy("Body"), lambda row: [row.body.code], lambda value: names.get(value, value)
        ),
        Trait("what", gettext_lazy("What"), lambda row: [row.what], lambda value: WHAT.get(value, value)),
    ]


def _themes(reader: Reader, bodies: dict[int, Body]) -> list[Alone]:
    # What the list of recommendations holds: the address of a row gives the same number there.
    standing = as_issued(reader).filter(kind=Kind.RECOMMENDATION)
    body_of = dict(standing.order_by().values_list("pk", "document__body_id"))
    in_force = set(standing.filter(withdrawn_at=None).order_by().values_list("pk", flat=True))
    having: dict[str, set[int]] = defaultdict(set)
    names: dict[str, dict[str, str]] = {}
    links = SOURCES["theme"].rooted(reader).values_list("tag__code", "tag__names", "root").distinct()
    for code, labels, root in links:
        if root in in_force:
            having[code].add(root)
            names[code] = labels
    rows = []
    for code, roots in having.items():
        only = {body_of[root] for root in roots}
        if len(only) == 1:
            body = bodies[only.pop()]
            asked = urlencode({"body": body.code, "theme": code, "withdrawn": "no"})
            url = f"{reverse('recommendations:list')}?{asked}"
            title = tag_name(code, names[code], Taxonomy.THEME)
            rows.append(Alone(THEME, code, title, body, len(roots), url))
    return rows


def _groups(reader: Reader) -> list[Alone]:
    rows = []
    for group in with_members(listed_groups(reader), reader):
        items = standing_members(group)
        if len({item.document.body_id for item in items}) == 1:
            title = text_of(group.names) or _("Group no. %(number)s") % {"number": group.pk}
            state = "" if group.state == GroupState.CONFIRMED else group.state
            url = reverse("groups:show", args=[group.pk])
            body = items[0].document.body
            rows.append(Alone(GROUP, str(group.pk), title, body, len(items), url, state))
    return rows
