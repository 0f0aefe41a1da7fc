"""What everyone reads: home, list, one recommendation, its files. Only snapshots are read."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from tawsiya.core.labels import text_of
from tawsiya.core.tables import PAGE_SIZE, Listed, respond
from tawsiya.mechanisms.choices import MechanismKind
from tawsiya.portal.columns import LINKED_VALUES, LinkedValue, columns_for
from tawsiya.portal.consultations import PublicConsultation
from tawsiya.portal.filters import (
    SORTS,
    UNSET,
    SnapshotFilter,
    address,
    chips,
    counted,
    facet_rows,
    say_counted,
)
from tawsiya.portal.indicators import values_of
from tawsiya.portal.models import PublicationAct, PublishedItem
from tawsiya.portal.opening import as_data, public_data, public_page, shell
from tawsiya.portal.programmes import PublicMeasure, PublicProgramme
from tawsiya.portal.published import PublicItem, item_of
from tawsiya.portal.queries import (
    Digest,
    acts_on,
    as_public,
    consultations_open,
    current_snapshots,
    data_version,
    digest_of,
    files_of,
    programmes_answering,
    public_file,
    voices_of_published,
    voices_published,
)
from tawsiya.portal.voices import COLUMNS, voices_of
from tawsiya.recommendations.choices import Position, Status

LATEST = 6


class Fetched(list[PublishedItem]):
    """Rows read while the portal's role was held, for the list's other forms."""

    def iterator(self, chunk_size: int = 0) -> "Fetched":
        """Return the rows: there is nothing left to read."""
        return self


@public_page
def home(request: HttpRequest) -> HttpResponseBase:
    """Say what this is, with the headline figures and the latest publications."""
    with as_public():
        digest = digest_of(data_version())
        latest = [item_of(row) for row in current_snapshots().order_by("-published_at", "pk")[:LATEST]]
        asked = [PublicConsultation(row) for row in consultations_open()]
    context = {"latest": latest, "consultations": asked}
    return render(request, "portal/home.html", {**shell(request), **_figures(digest), **context})


def _figures(digest: Digest) -> dict[str, Any]:
    where = reverse("portal:list")
    mechanisms = dict(MechanismKind.choices)
    return {
        "digest": digest,
        "list_url": where,
        "statuses": _segments(where, "status", (*Status.values, ""), digest.by_status),
        "positions": _segments(where, "position", Position.values, digest.by_position),
        "mechanisms": [
            {"label": mechanisms[code], "count": number, "url": where + address(mechanism=code)}
            for code in MechanismKind.values
            if (number := digest.by_mechanism.get(code, 0))
        ],
        "bodies": [
            {"names": digest.labels["body"][code], "count": number, "url": where + address(body=code)}
            for code, number in sorted(digest.by_body.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
    }


def _segments(
    where: str, facet: str, codes: Sequence[str], numbers: Mapping[str, int]
) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "label": "" if code else gettext("No status published"),
            "tone": "" if code else "muted",
            "count": numbers[code],
            "url": where + address(**{facet: code or UNSET}),
        }
        for code in codes
        if numbers.get(code)
    ]


def _filtered(request: HttpRequest) -> QuerySet[PublishedItem]:
    rows: QuerySet[PublishedItem] = SnapshotFilter(request.GET, queryset=current_snapshots()).qs
    return rows


@public_page
def browse(request: HttpRequest, form: str) -> HttpResponseBase:
    """List what is published, with facets and search."""
    with as_public():
        rows = _filtered(request)
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        items = [item_of(row) for row in page.object_list]
        numbers = counted(rows)
        digest = digest_of(data_version())
        facets = facet_rows(request.GET, current_snapshots(), digest.labels)
    return render(
        request,
        "portal/list.html",
        {
            **shell(request),
            "page": page,
            "items": items,
            "list_shell": "public_base.html",
            "counted": say_counted(*numbers),
            "facets": facets,
            "chips": chips(request.GET, digest.labels),
            "clear_url": request.path,
            "search_query": request.GET.get("q", ""),
            "sort": request.GET.get("sort") if request.GET.get("sort") in SORTS else "document",
        },
    )


@public_data
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Give the same list as CSV or JSON."""
    with as_public():
        rows = Fetched(_filtered(request))
    response = respond(
        request,
        rows=rows,  # type: ignore[arg-type]  # a queryset that has been read
        columns=columns_for(request),
        form=form,
        template="",
    )
    response["Link"] = f'<{shell(request)["licence"]}>; rel="license"'
    return response


@public_data
def export_voices(request: HttpRequest, form: str) -> HttpResponseBase:
    """Give what others say of the published recommendations as CSV or JSON, apart from their status."""
    with as_public():
        rows = Listed(voices_of(voices_of_published()))
    return as_data(request, rows, COLUMNS, form)


@public_data
def export_indicators(request: HttpRequest, form: str) -> HttpResponseBase:
    """Give the values of the indicators that follow published recommendations by themselves."""
    with as_public():
        rows = current_snapshots().filter(content__has_key="indicators").order_by("sort_key", "pk")
        items = [item_of(row) for row in rows]
    values = [LinkedValue(item, value) for item in items for value in values_of(item.indicators)]
    return as_data(request, Listed(values), LINKED_VALUES, form)


@public_page
def detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show what is published of one recommendation."""
    with as_public():
        snapshot = current_snapshots().filter(recommendation_id=pk).first()
        if snapshot is None:
            raise Http404
        item = item_of(snapshot, files_of(snapshot))
        acts = acts_on(pk)
        related = _related(snapshot)
        voices = voices_published(pk)
        measures = measures_of(pk)
    return render(
        request,
        "portal/detail.html",
        {
            **shell(request),
            **reading(item),
            "acts": acts,
            "published_act": PublicationAct.PUBLISH,
            "related": related,
            "voices": voices,
            "measures": measures,
            # Each once, whatever it follows: the recommendation itself, and any number of its measures.
            "indicators": list(
                {
                    one.content["code"]: one
                    for one in (*item.indicators, *(one for row in measures for one in row.indicators))
                }.values()
            ),
            "document_url": reverse("portal:list") + address(q=item.symbol),
        },
    )


def reading(item: PublicItem) -> dict[str, Any]:
    """Return the context of `portal/_published.html`, for a snapshot and for a preview alike."""
    language = get_language() or "en"
    return {
        "item": item,
        "texts": item.texts(language),
        "lead_in": item.lead_in(language),
        "state_names": [text_of(names) for names in item.states],
    }


def _related(snapshot: PublishedItem) -> list[PublicItem]:
    """Return the other published rows of the same paragraph: its lettered parts, or the paragraph."""
    paragraph = snapshot.content["item"]["paragraph"]
    rows = (
        current_snapshots()
        .filter(symbol=snapshot.symbol, content__item__paragraph=paragraph)
        .exclude(pk=snapshot.pk)
    )
    return [item_of(row) for row in rows]


@public_data
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a published file, always as a download that a browser does not run."""
    with as_public():
        found = public_file(pk)
    if found is None:
        raise Http404
    response = FileResponse(
        default_storage.open(found.stored_as),
        as_attachment=True,
        filename=found.file_name,
        content_type=found.media_type,
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def measures_of(recommendation_id: int) -> list[PublicMeasure]:
    """Return the public measures that answer a recommendation."""
    today = timezone.localdate()
    return [
        measure
        for row in programmes_answering(recommendation_id)
        for measure in PublicProgramme(row, today).measures
        if any(one["id"] == recommendation_id for one in measure.content["recommendations"])
    ]
