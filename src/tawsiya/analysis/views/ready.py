"""The pages of the ready-made analyses, each a list with facets and its twins."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.analysis.permissions import may_see_lacks
from tawsiya.analysis.ready import abroad, alone, lacking, repeated
from tawsiya.analysis.ready.charts import bars
from tawsiya.analysis.ready.sifting import sift
from tawsiya.analysis.search.result import Rows
from tawsiya.analysis.views.ready_files import Analysis, answer
from tawsiya.core.charts import Chart
from tawsiya.core.labels import text_of
from tawsiya.core.query import without
from tawsiya.core.tables import Column, Listed
from tawsiya.mechanisms.models import Body
from tawsiya.recommendations.columns import columns_for
from tawsiya.recommendations.facets import chips
from tawsiya.recommendations.visibility import sight_of

_PAGES = {
    "crossing": gettext_lazy("Cross two dimensions"),
    "repeated": gettext_lazy("What repeats"),
    "lacking": gettext_lazy("What lacks something"),
    "alone": gettext_lazy("What one body asks"),
    "abroad": gettext_lazy("Other States"),
}
_MOST_BARS = 15


def tabs_for(reader: Reader, active: str) -> list[dict[str, Any]]:
    """Return the analyses as tabs; those that a reader may not open are left out."""
    return [
        {"label": label, "url": reverse(f"analysis:{name}"), "active": name == active}
        for name, label in _PAGES.items()
        if name != "lacking" or may_see_lacks(reader)
    ]


def _shell(request: HttpRequest, reader: Reader, name: str, facets: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "tabs": tabs_for(reader, name),
        "facets": facets,
        "chips": chips(facets, request.GET),
        "clear_url": request.path,
        "search_query": request.GET.get("q", ""),
    }


REPEATED = (
    Column("group", gettext_lazy("Group"), lambda row: row.group.pk),
    Column("title", gettext_lazy("Title"), lambda row: row.title),
    Column("state", gettext_lazy("State"), lambda row: row.group.state),
    Column("body", gettext_lazy("Body"), lambda row: row.body.code),
    Column("answer", gettext_lazy("Answer"), lambda row: row.answer),
    Column("reviews", gettext_lazy("Reviews"), lambda row: [each.name for each in row.rounds]),
    Column(
        "positions",
        gettext_lazy("Positions"),
        lambda row: [" + ".join(each.positions) or "-" for each in row.rounds],
    ),
    Column(
        "recommendations",
        gettext_lazy("Recommendations"),
        lambda row: [str(item) for each in row.rounds for item in each.items],
    ),
)
_STATUSES = Column("statuses", gettext_lazy("Statuses"), lambda row: [status for status, _n in row.statuses])


@require_safe
def repeated_page(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer what repeats from review to review, and what was answered each time."""
    reader = reader_of(request)
    every = repeated.repeats(reader)
    rows, facets = sift(every, repeated.traits(reader, every), request.GET)
    sight = sight_of(reader)
    found = Analysis(
        "repeated",
        "analysis/ready_repeated.html",
        _("What repeats"),
        Listed(rows),
        (*REPEATED, _STATUSES) if sight.status else REPEATED,
        chart=lambda: _by_body(request, _("Repeated demands"), [row.body for row in rows]),
        context=lambda: _shell(request, reader, "repeated", facets) | {"sight": sight, "is_empty": not every},
    )
    return answer(request, found, form)


_NEWS = Column("last_news", gettext_lazy("Last news"), lambda item: item.news)


@require_safe
def lacking_page(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer what has no group, no institution, or no news for some months. Refused to institutions."""
    reader = reader_of(request)
    acting(reader, may_see_lacks(reader))
    lacks = lacking.Lacks(reader, request.GET)
    lack = lacking.lack_of(request.GET)
    # Read in chunks as a queryset is.
    rows = cast("QuerySet[Any, Any]", Rows(lacks.lists[lack], lacks.read))

    def context() -> dict[str, Any]:
        return _shell(request, reader, "lacking", lacks.facets(lack)) | {
            "sight": sight_of(reader),
            "lack": lack,
            "months": lacks.months,
            "since": lacks.since,
            "offered_months": sorted({*lacking.OFFERED_MONTHS, lacks.months}),
            "lists": _lists(request, lacks, lack),
        }

    found = Analysis(
        "lacking",
        "analysis/ready_lacking.html",
        f"{_('What lacks something')}: {lacking.LACKS[lack]}",
        rows,
        (*columns_for(reader), _NEWS),
        chart=lambda: _by_body(request, str(lacking.LACKS[lack]), lacks.bodies(lack)),
        context=context,
    )
    return answer(request, found, form)


def _lists(request: HttpRequest, lacks: lacking.Lacks, lack: str) -> list[dict[str, Any]]:
    found = []
    for name, label in lacking.LACKS.items():
        query = without(request.GET, "page")
        query["lacks"] = name
        found.append(
            {
                "label": label,
                "url": f"?{query.urlencode()}",
                "active": name == lack,
                "badge": len(lacks.lists[name]),
            }
        )
    return found


ALONE = (
    Column("what", gettext_lazy("What"), lambda row: row.what),
    Column("code", gettext_lazy("Code"), lambda row: row.code),
    Column("title", gettext_lazy("Title"), lambda row: row.title),
    Column("body", gettext_lazy("Body"), lambda row: row.body.code),
    Column("state", gettext_lazy("State of the group"), lambda row: row.state),
    Column("recommendations", gettext_lazy("Recommendations"), lambda row: row.count),
)


@require_safe
def alone_page(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer the themes and groups that one body alone asks for."""
    reader = reader_of(request)
    every = alone.alone(reader)
    rows, facets = sift(every, alone.traits(every), request.GET)
    found = Analysis(
        "alone",
        "analysis/ready_alone.html",
        _("What one body asks"),
        Listed(rows),
        ALONE,
        chart=lambda: _by_body(
            request, _("Asked by one body only"), [row.body for row in rows], _("Themes and groups")
        ),
        context=lambda: _shell(request, reader, "alone", facets) | {"is_empty": not every},
    )
    return answer(request, found, form)


def _by_body(request: HttpRequest, title: str, bodies: Sequence[Body], counted: str = "") -> Chart:
    """Return a bar for each body, with the page narrowed to it behind."""
    counts = Counter(body.code for body in bodies)
    names = {body.code: text_of(body.names) or body.code for body in bodies}
    marks = []
    for code, count in counts.most_common(_MOST_BARS):
        query = without(request.GET, "page")
        query.setlist("body", [code])
        marks.append((names[code], count, f"{_page_of(request)}?{query.urlencode()}"))
    return bars(title, marks, counted or title)


def _page_of(request: HttpRequest) -> str:
    """Return the address of the page of which a picture is asked for: a mark leads there."""
    stem, _dot, form = request.path.rpartition(".")
    return f"{stem}/" if form in ("svg", "png") else request.path


ABROAD = (
    Column("state", gettext_lazy("State"), lambda row: row.code),
    Column("name", gettext_lazy("Name"), lambda row: row.name),
    Column("region", gettext_lazy("Region"), lambda row: row.region),
    Column("source", gettext_lazy("Source"), lambda row: "register" if row.is_own else "uhri"),
    Column("recommendations", gettext_lazy("Recommendations"), lambda row: row.count),
    Column("answered", gettext_lazy("With a known position"), lambda row: row.answered),
    Column("supported", gettext_lazy("Supported"), lambda row: row.supported),
)


@require_safe
def abroad_page(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer how many recommendations each State received on a theme, and what it supported."""
    reader = reader_of(request)
    compared = abroad.compare(reader, request.GET)
    found = Analysis(
        "abroad",
        "analysis/ready_abroad.html",
        _("Comparison with other States"),
        Listed(compared.rows if compared else ()),
        ABROAD,
        chart=lambda: _abroad_chart(compared) if compared and compared.others else None,
        context=lambda: (
            _shell(request, reader, "abroad", compared.facets if compared else [])
            | {"found": compared, "is_loaded": abroad.is_loaded()}
        ),
    )
    return answer(request, found, form)


def _abroad_chart(found: abroad.Comparison) -> Chart:
    own = _("%(state)s (national register)") % {"state": found.own.name}
    marks = [(own, found.own.count, found.own.url)]
    marks += [(row.name, row.count, row.url) for row in found.others[: _MOST_BARS - 1]]
    return bars(_("Recommendations by State"), marks, _("Recommendations"))
